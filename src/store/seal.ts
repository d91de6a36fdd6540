import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import { StoreError } from './store-error.ts';

/** 256 bits that nobody but this workspace knows. */
export type SealKey = { readonly id: string; readonly bytes: Uint8Array };

/** Bytes that nobody can guess. */
export type RandomBytes = (count: number) => Uint8Array;

export type Sealer = {
  /** `place`: where the value stands. It can be opened there and nowhere else. */
  seal(value: string, place: string): Promise<string>;
  /** What was not sealed comes back as it is. Throws a StoreError `sealed` that says why. */
  open(value: string, place: string): Promise<string>;
};

export type SealerParts = {
  /** The key, made where there is none yet. Asked for when the first value is sealed. */
  readonly keyToSeal: () => Promise<SealKey>;
  /** Undefined where there is none. */
  readonly keyToOpen: () => Promise<SealKey | undefined>;
  readonly random: RandomBytes;
  /** Where the key should be, for people. */
  readonly where: string;
};

export const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;
const mark = 'sealed:1:';
const form = /^sealed:1:([0-9a-f]{16}):([\w-]+)$/;

export function sealKey(bytes: Uint8Array): SealKey {
  const digest = createHash('sha256').update('hookflash key id\0').update(bytes).digest('hex');
  return { id: digest.slice(0, 16), bytes };
}

export function isSealed(value: string): boolean {
  return value.startsWith(mark);
}

/** AES-256-GCM with a new nonce for each value. NIST SP 800-38D. */
export function createSealer({ keyToSeal, keyToOpen, random, where }: SealerParts): Sealer {
  return {
    async seal(value, place) {
      const { id, bytes } = await keyToSeal();
      const nonce = random(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', bytes, nonce, { authTagLength: tagLength });
      cipher.setAAD(Buffer.from(`${id} ${place}`));
      const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
      const whole = Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
      return `${mark}${id}:${whole.toString('base64url')}`;
    },
    async open(value, place) {
      if (!isSealed(value)) return value;
      const [, id = '', text = ''] = form.exec(value) ?? [];
      const key = await keyToOpen();
      if (!key) throw locked(place, `its key is missing: put back ${where}`);
      if (id !== '' && key.id !== id)
        throw locked(place, `it was sealed with key ${id}, and ${where} is key ${key.id}`);
      return unsealed(key, Buffer.from(text, 'base64url'), place);
    },
  };
}

function unsealed({ id, bytes }: SealKey, whole: Buffer, place: string): string {
  try {
    const nonce = whole.subarray(0, nonceLength);
    const decipher = createDecipheriv('aes-256-gcm', bytes, nonce, { authTagLength: tagLength });
    decipher.setAAD(Buffer.from(`${id} ${place}`));
    decipher.setAuthTag(whole.subarray(-tagLength));
    const sealed = whole.subarray(nonceLength, -tagLength);
    return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw locked(place, 'it was changed, or moved here from another place', cause);
  }
}

function locked(place: string, why: string, cause?: unknown): StoreError {
  return new StoreError('sealed', `${place} cannot be read: ${why}`, cause);
}
