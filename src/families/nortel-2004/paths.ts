import { nortelImageOfFile } from '../../codec/text/nortel-image-name.ts';

/** What a file is to these phones, by its name alone. */
export type FileKind = 'control' | 'data' | 'language' | 'firmware' | 'ipcm' | 'other';

export const controlFile = '2004tftp.cfg';
export const dataFile = '2004sysConfig.dat';
/** Read by the IP Client Manager; no phone asks for it. */
export const upgradeFile = 'SipUpgradeConfigFile.txt';

export type FileName = {
  readonly kind: FileKind;
  /** Without folders. */
  readonly name: string;
  /** Version id in the name of firmware, where it has one. */
  readonly image?: string;
};

const fixed: ReadonlyMap<string, FileKind> = new Map([
  [controlFile.toLowerCase(), 'control'],
  [dataFile.toLowerCase(), 'data'],
  [upgradeFile.toLowerCase(), 'ipcm'],
]);

/** In any letter case. NN42020-202, sections 1 to 5. */
export function fileName(path: string): FileName {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const known = fixed.get(name.toLowerCase());
  if (known) return { kind: known, name };
  if (/\.lng$/i.test(name)) return { kind: 'language', name };
  const image = nortelImageOfFile(name)?.canonical;
  if (image !== undefined) return { kind: 'firmware', name, image };
  return { kind: /^2004SIP\.img$/i.test(name) ? 'firmware' : 'other', name };
}
