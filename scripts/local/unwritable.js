/** What the system says where this user may not write, or nobody. */
const codes = new Set(['EROFS', 'EACCES', 'EPERM']);

/**
 * What a failure to write means for people: for what runs before and after anything is compiled.
 *
 * @param {unknown} error
 * @returns {string | null} one line; null for other failures
 */
export function explainUnwritable(error) {
  if (!(error instanceof Error && 'code' in error && 'path' in error && 'syscall' in error)) return null;
  // A folder that is made with those above it: where nothing can be written, Node says that they are not there.
  const isFolder = error.code === 'ENOENT' && error.syscall === 'mkdir';
  if (!isFolder && !codes.has(String(error.code))) return null;
  return `${String(error.path)} cannot be written. This command writes into the copy of Roomtone that it is started in. To serve a build from where nothing can be written, see docs/deploy-server.md.`;
}
