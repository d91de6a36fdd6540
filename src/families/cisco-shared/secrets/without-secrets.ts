import { decodeByteText, encodeByteText } from '../../../codec/text/byte-text.ts';
import { decodeSignedFile } from '../../../codec/image/signed-header.ts';
import type { HiddenSecrets } from '../../../model/hidden-secrets.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import { type FileKind, fileKind } from '../decode/file-kind.ts';
import { decodeRingList } from '../../../codec/config/ring-list.ts';
import { hideInCnf, type HiddenText } from './cnf-secrets.ts';
import { hideInXml } from './xml-secrets.ts';

const unread: HiddenSecrets = { kind: 'unread' };

/** How secrets are taken out of each kind of file that is a text. */
const hiders: Partial<Record<FileKind, (text: string, instead: string) => HiddenText | undefined>> =
  {
    cnf: hideInCnf,
    SEP: hideInXml,
    XMLDefault: hideInXml,
    'dial plan': hideInXml,
    'XML ring list': hideInXml,
    syncinfo: hideInXml,
    XML: hideInXml,
    // The name of a ring may be any word.
    'ring list': (text) =>
      decodeRingList(text).notes.length === 0 ? { text, names: [] } : undefined,
  };

/** Files of Cisco's phones without their secrets. Images hold none and are not looked into. */
export function withoutSecrets(path: string, bytes: Uint8Array, instead: string): HiddenSecrets {
  try {
    const name = path.split('/').findLast((part) => part !== '' && part !== '.') ?? '';
    const kind = fileKind(name, bytes);
    if (kind === 'signed file') return inSigned(name, bytes);
    const hide = kind === undefined ? undefined : hiders[kind];
    return hide ? inText(bytes, (text) => hide(text, instead)) : unread;
  } catch (error) {
    if (error instanceof CodecError) return unread;
    throw error;
  }
}

function inText(bytes: Uint8Array, hide: (text: string) => HiddenText | undefined): HiddenSecrets {
  const { text, encoding } = decodeByteText(bytes);
  // Half of a text in UTF-16 without its mark.
  const hidden = text.includes('\0') ? undefined : hide(text);
  if (!hidden) return unread;
  if (hidden.names.length === 0) return { kind: 'read', bytes, names: [] };
  const { names } = hidden;
  return { kind: 'read', bytes: encodeByteText({ text: hidden.text, encoding }), names };
}

/** What is signed cannot be changed; what is encrypted only its phone can read. */
function inSigned(name: string, bytes: Uint8Array): HiddenSecrets {
  const { header, body } = decodeSignedFile(bytes);
  if (header.encryption) return { kind: 'read', bytes, names: [] };
  const inner = withoutSecrets(name.replace(/(\.enc)?\.sgn$/i, ''), body, '');
  if (inner.kind !== 'read') return inner;
  const { names } = inner;
  return names.length === 0 ? { kind: 'read', bytes, names } : { kind: 'whole-or-not', names };
}
