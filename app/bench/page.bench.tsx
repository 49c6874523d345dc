/** The baseline of what a page loads. Only in the build that `npm run bench` makes. */
export default function EmptyPage() {
  return <main />;
}
