import { accessSync, constants, statSync } from 'node:fs';
import { type ParseArgsConfig, parseArgs } from 'node:util';

// The SDK warns at each start that releases of 2027 will want a newer Node; the versions here are pinned to those that do not.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** The command was called wrongly; the message is the one line that is shown, and the exit code is 2. */
export class WrongUse extends Error {
  override name = 'WrongUse';
}

/** `--help` was asked for; the message is the usage, and the exit code is 0. */
class HelpAsked extends Error {
  override name = 'HelpAsked';
}

type Options = NonNullable<ParseArgsConfig['options']>;

type Wanted<O extends Options> = {
  /** Shown whole for `--help`; its first line is added to the line of a wrong use. */
  usage: string;
  options: O;
  /** `files`: one or more, each of which must exist and be readable; `any`: left to the command; `none`: refused. */
  positionals: 'files' | 'any' | 'none';
  /** Default: those of this process. */
  argv?: readonly string[];
};

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'no such file';
  if (code === 'EACCES') return 'not readable';
  return error instanceof Error ? error.message : String(error);
};

/** Throws WrongUse when the path is not a file that can be read. */
const checkFile = (file: string): void => {
  try {
    if (!statSync(file).isFile()) throw new WrongUse(`${file}: not a file`);
    accessSync(file, constants.R_OK);
  } catch (error) {
    if (error instanceof WrongUse) throw error;
    throw new WrongUse(`${file}: ${reasonOf(error)}`);
  }
};

const firstLine = (text: string) => text.trim().split('\n')[0]!;

/**
 * The options and positionals of a command, `--json` and `--help` known to all. Files are checked before anything is done.
 * Throws WrongUse on an unknown option, a missing value or file, and HelpAsked on `--help`.
 */
export const readArguments = <O extends Options>({ usage, options, positionals, argv }: Wanted<O>) => {
  const config = {
    args: [...(argv ?? process.argv.slice(2))],
    options: { ...options, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
    strict: true,
  } as const;
  const read = () => {
    try {
      return parseArgs(config);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new WrongUse(`${firstLine(reason).split('. ')[0]} (${firstLine(usage)})`);
    }
  };
  const parsed = read();
  if ((parsed.values as { help?: boolean }).help) throw new HelpAsked(usage.trim());
  if (positionals === 'none' && parsed.positionals.length > 0)
    throw new WrongUse(`unexpected argument "${parsed.positionals[0]}" (${firstLine(usage)})`);
  if (positionals === 'files') {
    if (parsed.positionals.length === 0) throw new WrongUse(`no file given (${firstLine(usage)})`);
    parsed.positionals.forEach(checkFile);
  }
  return parsed;
};

/**
 * Runs a command and sets the exit code: what `main` returns or 0, 2 with one line for a wrong use, 1 for a failure.
 * A reader that stops early (`| head`) is no failure.
 */
/** Errors whose message tells the person at the terminal what to do; a stack would only hide it. */
const saysItInOneLine = new Set([
  'FolderInUse',
  'PortInUse',
  'TableDiffers',
  'TemplateRefused',
  'DefinitionRefused',
  'ScheduleRefused',
  'PolicyRejected',
  'SolverFailed',
]);

export const runCommand = async (main: () => Promise<number | undefined>): Promise<void> => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
    throw error;
  });
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (error instanceof HelpAsked) {
      process.stdout.write(`${error.message}\n`);
      process.exitCode = 0;
    } else if (error instanceof WrongUse) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 2;
    } else if (error instanceof Error && saysItInOneLine.has(error.name)) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    } else {
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      process.exitCode = 1;
    }
  }
};
