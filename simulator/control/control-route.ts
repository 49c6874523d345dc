import * as z from 'zod';
import { type Answer, type Call, json } from '@/simulator/http/call';
import { type PathParams, route, type Route } from '@/simulator/http/router';

/** A refusal of the control endpoint, worded for the author of the test. */
export function problem(status: number, detail: string): Answer {
  return json(status, { detail });
}

/**
 * Declares a control route whose JSON body is read by a schema before the handler sees it. An empty body counts as `{}`;
 * without a schema the body is not looked at.
 */
export function controlRoute<T>(
  declaration: string,
  schema: z.ZodType<T> | null,
  handler: (input: NoInfer<T>, params: PathParams, call: Call) => Answer | Promise<Answer>,
): Route {
  return route(declaration, (call, params) => {
    const parsed = (schema ?? z.custom<T>()).safeParse(schema === null ? undefined : parseBody(call.body));
    return parsed.success ? handler(parsed.data, params, call) : problem(400, z.prettifyError(parsed.error));
  });
}

function parseBody(body: string): unknown {
  if (body === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
