import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import * as z from 'zod';

const folder = join(process.cwd(), '..', 'shared', 'spotify');

/** Whether the published schema lies beside this checkout. It is not part of the repository. */
export const isSchemaHere = existsSync(join(folder, 'openapi.yaml'));

type Json = Record<string, unknown>;
const record = z.record(z.string(), z.unknown());
const asRecord = (value: unknown): Json => record.safeParse(value).data ?? {};

/** Reads one of the recorded answers. */
export function readRecorded(name: string): unknown {
  return JSON.parse(readFileSync(join(folder, 'recorded', name), 'utf8'));
}

/** Validates answers against the published schema. @returns the errors; none where it is valid */
export type SchemaJudge = (operation: string, status: number, body: unknown) => readonly string[];

/**
 * Reads the published schema and puts right what is known to differ from the service: fields that are only marked as
 * deprecated are not required, words of the description say what may be null, and `actions` has one level more.
 */
export function openSchema(): SchemaJudge {
  const document = asRecord(parse(readFileSync(join(folder, 'openapi.yaml'), 'utf8')));
  const corrected = asRecord(correct(document));
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(corrected, 'spotify');
  const compiled = new Map<string, ValidateFunction | null>();

  const compile = (operation: string, status: number): ValidateFunction | null => {
    const [method = '', path = ''] = operation.split(' ');
    const operations = asRecord(asRecord(corrected['paths'])[path]);
    const response = asRecord(asRecord(asRecord(operations[method.toLowerCase()])['responses'])[String(status)]);
    const inline = asRecord(asRecord(asRecord(response['content'])['application/json'])['schema']);
    const reference = response['$ref'];
    if (typeof reference === 'string') {
      return ajv.compile({ $ref: `spotify${reference}/content/application~1json/schema` });
    }
    return Object.keys(inline).length === 0 ? null : ajv.compile(inline);
  };

  return (operation, status, body) => {
    const key = `${operation} ${status}`;
    const known = compiled.get(key);
    const validate = known === undefined ? compile(operation, status) : known;
    compiled.set(key, validate);
    if (validate === null) return [`the schema says nothing about ${key}`];
    if (validate(body)) return [];
    return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
  };
}

function correct(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((entry) => correct(entry));
  if (typeof value !== 'object' || value === null) return value;
  const schema = Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, correct(entry, key)]));
  if (name === 'DisallowsObject') return { type: 'object', required: ['disallows'], properties: { disallows: schema } };
  const properties = asRecord(schema['properties']);
  const isDeprecated = (field: unknown): boolean =>
    typeof field === 'string' && asRecord(properties[field])['deprecated'] === true;
  const required = schema['required'];
  if (Array.isArray(required)) schema['required'] = required.filter((field) => !isDeprecated(field));
  const description = schema['description'];
  const mayBeNull = typeof description === 'string' && /\bnull\b/.test(description) && schema['nullable'] !== true;
  // `nullable` counts only beside `type`; a reference needs the choice spelled out.
  return mayBeNull && name !== 'schema' ? { anyOf: [{ type: 'null' }, schema] } : schema;
}
