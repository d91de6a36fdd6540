import { accessSync, constants } from 'node:fs';
import type { TestContext } from 'node:test';

const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];

/** The path of a real program to test against; undefined if it is not installed. */
export function findProgram(name: string): string | undefined {
  return folders.map((folder) => `${folder}/${name}`).find(isExecutable);
}

/**
 * As findProgram, but a test without its program is skipped and says so. Throws instead where
 * HOOKFLASH_REQUIRE_PEERS=1 says that every program has to be there.
 */
export function requirePeer(t: Pick<TestContext, 'skip'>, program: string): string | undefined {
  const path = findProgram(program);
  if (path !== undefined) return path;
  if (process.env.HOOKFLASH_REQUIRE_PEERS === '1')
    throw new Error(`${program} is not installed, and HOOKFLASH_REQUIRE_PEERS=1 wants it`);
  t.skip(`SKIPPED: ${program} is not installed`);
  return undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
