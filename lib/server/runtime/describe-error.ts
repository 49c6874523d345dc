import 'server-only';
import { errorKind, type LogFields } from './log';

/** Frames of a stack that a line carries; in a build those of libraries are among them. */
const framesShown = 12;

/** How deep causes are followed. */
const causesShown = 3;

/** A line of a stack; V8's own form, with or without the function's name. */
const frameLine =
  /^\s*at (?:(?:async )?(?<name>[\w$.<># []+?(?:\])?) \()?(?:file:\/\/)?(?<file>[^()\s]+):(?<line>\d+):(?<column>\d+)\)?$/;

/** Files of the app, as sources or as a build has them. */
const ownFile = /^(?:(?:app|lib|server)\/|(?:instrumentation|proxy)\.|\.next\/(?:dev\/)?server\/)/;

function ownFrame(line: string): string | null {
  const { name, file, line: row, column } = frameLine.exec(line)?.groups ?? {};
  if (file === undefined) return null;
  const path = file.replace(`${process.cwd()}/`, '').replace(/^.*\/(?=\.next\/)/, '');
  if (!ownFile.test(path) || path.includes('node_modules')) return null;
  return `${name === undefined ? '' : `${name} `}${path}:${row}:${column}`;
}

/** The frames of ours in an error's stack, innermost first. Its message, which a stack begins with, is not looked at: it may quote data. */
function ownFrames({ stack = '', message }: Error): string {
  const begin = stack.indexOf(message);
  const frames = begin === -1 ? stack : stack.slice(begin + message.length);
  return frames
    .split('\n')
    .flatMap((line) => ownFrame(line) ?? [])
    .slice(0, framesShown)
    .join(' < ');
}

function causesOf(error: unknown): readonly string[] {
  const causes: string[] = [];
  for (let at = error; at instanceof Error && at.cause !== undefined && causes.length < causesShown; at = at.cause) {
    causes.push(errorKind(at.cause));
  }
  return causes;
}

/**
 * An unknown error as fields of a line: its kind, the kinds of what caused it, and where in the app it came from. Never a message: it may
 * quote what somebody typed, or what somebody else's server said.
 */
export function describeError(error: unknown): LogFields {
  const stack = error instanceof Error ? ownFrames(error) : '';
  const causes = causesOf(error);
  return {
    error: errorKind(error),
    ...(causes.length > 0 && { cause: causes.join(' < ') }),
    ...(stack !== '' && { stack }),
  };
}
