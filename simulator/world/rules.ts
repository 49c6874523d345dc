import * as z from 'zod';
import { matchPath } from '@/simulator/http/router';

/** What a rule may change in an answer of the token endpoint. */
const tokenChangesSchema = z.strictObject({
  /** Granted scopes instead of the asked ones. */
  scopes: z.array(z.string()).readonly().optional(),
  refreshToken: z.enum(['omit', 'rotate']).optional(),
  /** Fields put over the answer as they are, such as a wrong `expires_in`. */
  fields: z.record(z.string(), z.unknown()).optional(),
  /** Fields taken out of the answer. */
  without: z.array(z.string()).readonly().optional(),
});

const actionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('answer'),
    status: z.number().int().min(200).max(599),
    headers: z.record(z.string(), z.string()).optional(),
    /** A string is sent as it is; anything else as JSON. Absent: an empty body. */
    body: z.unknown().optional(),
  }),
  /** The ordinary answer with some of its fields changed. */
  z.strictObject({ kind: z.literal('change'), fields: z.record(z.string(), z.unknown()) }),
  z.strictObject({ kind: z.literal('hang') }),
  z.strictObject({ kind: z.literal('reset') }),
  z.strictObject({ kind: z.literal('token'), changes: tokenChangesSchema }),
  /** Only the delay of the rule, then the ordinary answer. */
  z.strictObject({ kind: z.literal('pass') }),
]);

/** A rule as a test writes it. */
export const ruleInputSchema = z.strictObject({
  when: z
    .strictObject({
      method: z.string().optional(),
      /** `/v1/me/player/next`, `/v1/tracks/:id`, `/v1/*`. */
      path: z.string().optional(),
      account: z.string().optional(),
      clientId: z.string().optional(),
      grantType: z.string().optional(),
    })
    .optional(),
  /** Matching calls that pass before the rule begins. */
  skip: z.number().int().min(0).optional(),
  /** Matching calls it acts on; absent means until it is removed. */
  times: z.number().int().min(1).optional(),
  /** Whether the call takes effect all the same: "executed but no answer". */
  executed: z.boolean().optional(),
  delayMs: z.number().int().min(0).optional(),
  action: actionSchema,
});

export type TokenChanges = z.infer<typeof tokenChangesSchema>;
export type RuleAction = z.infer<typeof actionSchema>;
export type RuleInput = z.infer<typeof ruleInputSchema>;

/** A rule in force. */
export interface Rule extends RuleInput {
  readonly id: number;
  /** Matching calls so far. */
  readonly seen: number;
}

/** What a rule matches by. */
export interface CallFacts {
  readonly method: string;
  readonly path: string;
  readonly account: string | null;
  readonly clientId: string | null;
  readonly grantType: string | null;
}

/** The rules in force, oldest first. The first one that matches a call and is not used up acts on it. */
export class RuleStore {
  #rules: Rule[] = [];
  #nextId = 1;

  add(input: RuleInput): Rule {
    const rule: Rule = { ...input, id: this.#nextId, seen: 0 };
    this.#nextId += 1;
    this.#rules.push(rule);
    return rule;
  }

  all(): readonly Rule[] {
    return this.#rules;
  }

  remove(id: number): boolean {
    const before = this.#rules.length;
    this.#rules = this.#rules.filter((rule) => rule.id !== id);
    return this.#rules.length < before;
  }

  clear(): void {
    this.#rules = [];
  }

  /** The rule that acts on a call, which is counted; null where none does. */
  take(facts: CallFacts): Rule | null {
    for (const [index, rule] of this.#rules.entries()) {
      if (!matches(rule, facts)) continue;
      const skip = rule.skip ?? 0;
      if (rule.times !== undefined && rule.seen >= skip + rule.times) continue;
      this.#rules[index] = { ...rule, seen: rule.seen + 1 };
      if (rule.seen >= skip) return rule;
    }
    return null;
  }
}

function matches(rule: RuleInput, facts: CallFacts): boolean {
  const { method, path, account, clientId, grantType } = rule.when ?? {};
  if (method !== undefined && method !== facts.method) return false;
  if (path !== undefined && matchPath(path, facts.path) === null) return false;
  if (account !== undefined && account !== facts.account) return false;
  if (clientId !== undefined && clientId !== facts.clientId) return false;
  return grantType === undefined || grantType === facts.grantType;
}
