import { randomBytes } from 'node:crypto';
import { link, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../errors.ts';
import type { Store } from '../model/store.ts';
import { createSealer, keyLength, sealKey, type Sealer, type SealKey } from '../store/seal.ts';
import { holdsSealed } from '../store/sealed-store.ts';

export const keyName = 'hookflash.key';
const variable = 'HOOKFLASH_KEY';

/**
 * Seals with the key of the workspace, which lies in `hookflash.key`, or is given in the environment
 * as the same text. The file is made when the first secret is stored, for its owner alone.
 */
export function workspaceSealer(dir: string, inner: Store, fromEnvironment?: string): Sealer {
  const path = join(dir, keyName);
  let known: Promise<SealKey | undefined> | undefined;
  let made: Promise<SealKey> | undefined;

  async function read(): Promise<SealKey | undefined> {
    if (fromEnvironment !== undefined) return keyOf(fromEnvironment, variable);
    return readKey(path);
  }

  function keyToOpen(): Promise<SealKey | undefined> {
    known ??= read().then((key) => {
      // A key that is not there may be put there.
      if (!key) known = undefined;
      return key;
    });
    known.catch(() => (known = undefined));
    return known;
  }

  async function keyOrNew(): Promise<SealKey> {
    const key = await keyToOpen();
    if (key) return key;
    if (await holdsSealed(inner))
      throw unusable(
        `${path} is missing, and the database holds passwords that were sealed with it: put it back, or give it as ${variable}`,
      );
    return makeKey(path);
  }

  function keyToSeal(): Promise<SealKey> {
    made ??= keyOrNew();
    made.catch(() => (made = undefined));
    return made;
  }

  const where = fromEnvironment === undefined ? path : variable;
  return createSealer({ keyToSeal, keyToOpen, random: randomBytes, where });
}

async function readKey(path: string): Promise<SealKey | undefined> {
  const status = await stat(path).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  });
  if (!status) return undefined;
  if ((status.mode & 0o077) !== 0) {
    const mode = (status.mode & 0o777).toString(8);
    throw unusable(
      `other users may read ${path} (mode ${mode}), and with it all passwords: chmod 600 ${path}`,
    );
  }
  return keyOf(await readFile(path, 'utf8'), path);
}

function keyOf(text: string, where: string): SealKey {
  const plain = text.trim();
  const bytes = Buffer.from(plain, 'base64url');
  if (/^[\w-]{43}$/.test(plain) && bytes.length === keyLength) return sealKey(bytes);
  throw unusable(`${where} is not a key: ${keyLength} bytes in base64url, 43 characters`);
}

/** Whole or not at all, on disk when it resolves; of two that are made at once the first counts. */
async function makeKey(path: string): Promise<SealKey> {
  const bytes = randomBytes(keyLength);
  const beside = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(beside, 'wx', 0o600);
    try {
      await file.writeFile(`${bytes.toString('base64url')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(beside, path).catch((error: unknown) => {
      if (!hasCode(error, 'EEXIST')) throw error;
    });
  } finally {
    await rm(beside, { force: true });
  }
  await syncFolder(dirname(path));
  const key = await readKey(path);
  if (!key) throw unusable(`${path} went away while it was made`);
  return key;
}

async function syncFolder(dir: string): Promise<void> {
  const folder = await open(dir, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function unusable(text: string): AppError {
  return new AppError('key-unusable', text);
}
