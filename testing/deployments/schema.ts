import type { EmptyDatabase } from './empty-database';

/** A column as the catalog has it. */
export interface ColumnRecord {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  /** Whether a row needs a value. */
  readonly required: boolean;
  readonly default: string | null;
}

/** The columns of every table, whatever their order. */
export function readColumns(database: EmptyDatabase): Promise<ColumnRecord[]> {
  return database.query<ColumnRecord & Record<string, unknown>>(
    `SELECT c.relname AS "table", a.attname AS "column", format_type(a.atttypid, a.atttypmod) AS "type",
            a.attnotnull AS "required", pg_get_expr(d.adbin, d.adrelid) AS "default"
     FROM pg_attribute a
     JOIN pg_class c ON c.oid = a.attrelid AND c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
     LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
     WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relname <> '_prisma_migrations'
     ORDER BY 1, 2`,
  );
}

/** Something that rows of a table have to be like besides their columns, or that is made of them. */
export interface RuleRecord {
  readonly table: string;
  readonly rule: string;
}

/** Indexes, keys, conditions, triggers and sequences. */
export function readRules(database: EmptyDatabase): Promise<RuleRecord[]> {
  return database.query<RuleRecord & Record<string, unknown>>(
    `SELECT tablename AS "table", 'index ' || indexdef AS "rule" FROM pg_indexes
     WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
     UNION ALL
     SELECT c.relname, 'constraint ' || conname || ' ' || pg_get_constraintdef(k.oid)
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE connamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations'
     UNION ALL
     SELECT c.relname, 'trigger ' || pg_get_triggerdef(t.oid)
     FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT tgisinternal
     UNION ALL
     SELECT '', 'sequence ' || relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace
     ORDER BY 1, 2`,
  );
}

/** Everything that makes two databases the same for the app, whatever the order of columns. */
export async function describeSchema(database: EmptyDatabase): Promise<object> {
  return { columns: await readColumns(database), rules: await readRules(database) };
}
