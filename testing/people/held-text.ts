/**
 * Watches a page for text that React holds on to by itself, and that it changes, takes out, or puts something before: after somebody else
 * has moved that text, as browsers do that translate a page, such a change is lost, or fails (SC6). Text that is alone in its element
 * React finds by the element. Runs inside the page, and so stands on nothing outside itself.
 *
 * @param report takes each finding
 * @returns reports what has not been yet
 */
export function watchHeldText(report: (words: string) => void): () => void {
  const isHeld = (node: Node | null): node is Text =>
    node !== null && node.nodeType === 3 && Object.keys(node).some((key) => key.startsWith('__reactFiber$'));
  const told = new Set<string>();
  const tell = (what: string, text: Text, where: Node): void => {
    const words = `Text ${what} beside other nodes: “${text.data}” in ${where.textContent?.slice(0, 80)}`;
    if (!told.has(words)) report(words);
    told.add(words);
  };
  const read = (changes: readonly MutationRecord[]): void => {
    for (const { type, target, addedNodes, removedNodes, nextSibling } of changes) {
      if (type === 'characterData' && isHeld(target)) tell('changed', target, target.parentNode ?? target);
      for (const node of [...addedNodes, ...removedNodes]) if (isHeld(node)) tell('came or went', node, target);
      if (addedNodes.length > 0 && isHeld(nextSibling)) tell('was what something came before', nextSibling, target);
    }
  };
  const observer = new MutationObserver(read);
  observer.observe(document, { subtree: true, childList: true, characterData: true });
  return () => read(observer.takeRecords());
}
