import 'server-only';

const pattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** False for text that PostgreSQL would refuse as a UUID: nothing has such an id. */
export function isUuid(text: string): boolean {
  return pattern.test(text);
}
