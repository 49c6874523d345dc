/** The baseline of what a page loads. */
export default function EmptyPage() {
  return <main />;
}
