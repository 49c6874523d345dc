/** One line of a Dockerfile. */
export interface Instruction {
  readonly keyword: string;
  /** `--name=value` before the arguments. */
  readonly flags: Readonly<Record<string, string>>;
  /** What follows, as it is written. */
  readonly text: string;
}

/** What one `FROM` begins. */
export interface Stage {
  readonly base: string;
  readonly name: string | null;
  readonly instructions: readonly Instruction[];
}

/** The lines of a Dockerfile, those that go on after a backslash joined, without comments. */
function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .filter((line) => !/^\s*#/.test(line))
    .join('\n')
    .replaceAll(/\\\n\s*/g, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function parseLine(line: string): Instruction {
  const [keyword = '', ...words] = line.split(/\s+/);
  const flags: Record<string, string> = {};
  let text = line.slice(keyword.length).trim();
  for (const word of words) {
    const flag = /^--([\w-]+)=(.*)$/.exec(word);
    if (flag?.[1] === undefined) break;
    flags[flag[1]] = flag[2] ?? '';
    text = text.slice(word.length).trim();
  }
  return { keyword: keyword.toUpperCase(), flags, text };
}

/** The stages of a Dockerfile, in their order. */
export function parseDockerfile(text: string): readonly Stage[] {
  const stages: { base: string; name: string | null; instructions: Instruction[] }[] = [];
  for (const instruction of linesOf(text).map(parseLine)) {
    if (instruction.keyword === 'FROM') {
      const [base = '', , name = null] = instruction.text.split(/\s+/);
      stages.push({ base, name, instructions: [] });
    } else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

/** The variables of an `ENV` line. Values here have no spaces. */
export function parseEnvLine(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(text.split(/\s+/).map((word) => [word.replace(/=.*$/, ''), word.replace(/^[^=]*=/, '')]));
}

/** The program and arguments of a `CMD`, which is written as JSON here: a shell would not pass signals on. */
export function parseCommand(text: string): readonly string[] {
  const command: unknown = JSON.parse(text.replace(/^.*?CMD\s+/, ''));
  if (!Array.isArray(command) || !command.every((word) => typeof word === 'string'))
    throw new Error(`${text} is not a list of words.`);
  return command;
}
