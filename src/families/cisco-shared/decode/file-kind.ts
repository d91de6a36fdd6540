import { decodeCnf } from '../../../codec/config/cnf.ts';
import { rootNameOf } from '../../../codec/config/xml-root.ts';
import { isSigned } from '../../../codec/image/signed-header.ts';
import { nortelImageOfFile } from '../../../codec/text/nortel-image-name.ts';
import { latin1 } from '../../../wire/reader.ts';

/** A kind of file that Cisco phones ask for. */
export type FileKind =
  | 'OS79XX.TXT'
  | 'cnf'
  | 'SEP'
  | 'XMLDefault'
  | 'dial plan'
  | 'ring list'
  | 'XML ring list'
  | 'syncinfo'
  | 'XML'
  | 'loads'
  | 'load map'
  | 'image'
  | 'trust list'
  | 'signed file';

type Row = readonly [pattern: RegExp, kind: FileKind];

/** Names that phones ask for or packages have; what is inside does not matter. */
const names: readonly Row[] = [
  [/^OS79XX\.TXT$/i, 'OS79XX.TXT'],
  [/\.cnf$/i, 'cnf'],
  [/^SEP[0-9A-F]{12}\.cnf\.xml$/i, 'SEP'],
  [/^XMLDefault\.cnf\.xml$/i, 'XMLDefault'],
  [/^dialplan\.xml$/i, 'dial plan'],
  [/^RINGLIST\.DAT$/i, 'ring list'],
  [/^(Distinctive)?Ringlist(-wb)?\.xml$/i, 'XML ring list'],
  [/^syncinfo\.xml$/i, 'syncinfo'],
  [/\.loads$/i, 'loads'],
  [/^load\d+\.txt$/i, 'load map'],
  [/\.(bin|sbn|sb2|sbin)$/i, 'image'],
  [/\.tlv$/i, 'trust list'],
];

const roots: ReadonlyMap<string, FileKind> = new Map([
  ['device', 'SEP'],
  ['default', 'XMLDefault'],
  ['dialtemplate', 'dial plan'],
  ['ciscoipphoneringlist', 'XML ring list'],
  ['syncinfo', 'syncinfo'],
  ['image', 'syncinfo'],
]);

/** Names with something before or behind what phones ask for, where the root does not tell. */
const likelyNames: readonly Row[] = [
  [/SEP.*\.cnf\.xml/i, 'SEP'],
  [/XMLDefault.*\.cnf\.xml/i, 'XMLDefault'],
  [/dialplan.*\.xml/i, 'dial plan'],
];

/** Keys that nearly every `.cnf` file has one of. */
const likelyKey =
  /^(image_version|(proxy|line)[1-6]_(address|name|authname)|sntp_server|tftp_cfg_dir)$/;
/** Longer texts are no configuration of a phone; such are not looked into. */
const maxText = 2 * 1024 * 1024;

/** What kind of file it is, by its name, or where that says nothing by what is in it. */
export function fileKind(name: string, bytes: Uint8Array): FileKind | undefined {
  const named = kindIn(names, name);
  // Images of Nortel's phones are called .bin too.
  if (named !== undefined && (named !== 'image' || !nortelImageOfFile(name))) return named;
  if (isSigned(bytes)) return 'signed file';
  const text = bytes.length > maxText ? '' : latin1(bytes);
  return xmlKind(name, text) ?? (isCnf(text) ? 'cnf' : undefined);
}

function kindIn(rows: readonly Row[], name: string): FileKind | undefined {
  return rows.find(([pattern]) => pattern.test(name))?.[1];
}

function xmlKind(name: string, text: string): FileKind | undefined {
  const root = rootNameOf(text.replace(/^\u00ef\u00bb\u00bf/, ''));
  const known = roots.get(root?.toLowerCase() ?? '') ?? kindIn(likelyNames, name);
  return known ?? (/\.xml/i.test(name) ? 'XML' : undefined);
}

/** Settings, comments and blanks only, and a key that tells. */
function isCnf(text: string): boolean {
  if (text.includes('\0') || !text.includes(':')) return false;
  const { lines } = decodeCnf(text);
  return (
    lines.every(({ kind }) => kind !== 'unreadable') &&
    lines.some((line) => line.kind === 'entry' && likelyKey.test(line.key))
  );
}
