import pg from 'pg';

/** Names of columns as a list of SQL. */
export const quoted = (names: readonly string[]): string => names.map((name) => pg.escapeIdentifier(name)).join(', ');

/** A table's name in SQL. */
export const tableName = ({ name }: { readonly name: string }): string => pg.escapeIdentifier(name);
