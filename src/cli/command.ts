import { Command } from 'commander';
import { AppError } from '../errors.ts';
import { CodecError } from '../wire/codec-error.ts';
import type { Phone } from '../model/phone.ts';
import { formatMac, parseMac, type Mac } from '../wire/mac.ts';
import type { ExitCode, Io } from './io.ts';
import type { Operations, Workspace } from './operations.ts';

/** What every command gets. */
export type Cli = {
  readonly io: Io;
  readonly ops: Operations;
  /** Set by the command that ran. */
  exit(code: ExitCode): void;
};

/** Makes a command of a name and its arguments, e.g. `init DIR`. */
export type MakeCommand = (cli: Cli) => Command;

export function command(usage: string, description: string): Command {
  return new Command(usage).description(description).option('--json', 'JSON on standard output');
}

/** A command that only has commands of its own. */
export function group(name: string, description: string): Command {
  return new Command(name).description(description);
}

/** Adds `--dir`: the workspace. */
export function inWorkspace(made: Command): Command {
  return made.option('--dir <DIR>', 'the workspace', '.');
}

/** A command about one phone of a workspace. */
export function phoneWord(word: string, description: string): Command {
  return inWorkspace(command(word, description)).argument('<MAC>', 'its MAC address', macArgument);
}

/** Runs a task with the workspace open and closes it whatever happens. */
export async function withWorkspace<T>(
  { ops }: Cli,
  dir: string,
  task: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  const workspace = await ops.openWorkspace(dir);
  try {
    return await task(workspace);
  } finally {
    await workspace.close();
  }
}

/** A MAC as people write it; wrong usage otherwise. */
export function macArgument(text: string): Mac {
  try {
    return parseMac(text);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
    const example = 'write 12 hexadecimal digits, e.g. 00:11:22:33:44:55';
    throw new AppError('wrong-usage', `"${text}" is not a MAC address: ${example}`);
  }
}

/** Collects `--set a=b --set c=d` and the like. */
export function keyValue(
  text: string,
  before: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const equals = text.indexOf('=');
  if (equals < 1) throw new AppError('wrong-usage', `"${text}": write it as NAME=VALUE`);
  return { ...before, [text.slice(0, equals)]: text.slice(equals + 1) };
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new AppError('wrong-usage', `"${text}" is not a whole number`);
}

export function numberBetween(first: number, last: number): (text: string) => number {
  return (text) => {
    const value = wholeNumber(text);
    if (value >= first && value <= last) return value;
    throw new AppError('wrong-usage', `"${text}" is not a number from ${first} to ${last}`);
  };
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value;
  throw new AppError('wrong-usage', `"${text}" is not a number from 0 up`);
}

/** The phone, or a problem that says how to add it. */
export async function phoneOf({ store }: Workspace, mac: Mac): Promise<Phone> {
  const phone = await store.phoneGet(mac);
  if (!phone) throw unknownPhone(mac);
  return phone;
}

export function unknownPhone(mac: Mac): AppError {
  const cure = `hookflash phone add ${formatMac(mac)} --model …`;
  return new AppError('not-found', `${formatMac(mac)} is not in this workspace: ${cure}`);
}
