import type { SepFile } from '../../../codec/config/sep-xml.ts';
import type { ReadFile } from '../../../model/import.ts';
import type { TreeFile } from '../../../model/lint.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import type { Mac } from '../../../wire/mac.ts';
import { unreadable } from '../../cisco-shared/import/read-file.ts';
import { readSep } from '../../cisco-shared/import/sep-import.ts';
import { isSepOf7900 } from '../../cisco-shared/import/sep-owner.ts';
import { sipLookup } from '../render/lookups.ts';
import { readCnf, type CnfSettings } from './cnf-settings.ts';
import { mgcpLookup } from './common-files.ts';
import type { TreeFiles } from './tree-files.ts';

/** The files of one 7940/7960, by the protocol whose load reads them. */
export type OwnFiles = {
  readonly SCCP?: { readonly path: string; readonly sep: SepFile };
  readonly SIP?: CnfSettings;
  readonly MGCP?: CnfSettings;
  /** Those that cannot be read. */
  readonly failed: readonly ReadFile[];
};

/** Undefined where it has none, or is no 7940/7960. */
export function ownFiles(
  mac: Mac,
  tree: TreeFiles,
  folder: string,
  models: readonly string[],
): OwnFiles | undefined {
  const sip = read(tree.ofPhone('sip-phone', mac, [folder, '']), (file) =>
    readCnf(file, sipLookup),
  );
  const mgcp = read(tree.ofPhone('mgcp-phone', mac, [folder, '']), (file) =>
    readCnf(file, mgcpLookup),
  );
  const hasCnf = sip !== undefined || mgcp !== undefined;
  const sep = read(tree.ofPhone('sccp-phone', mac, ['']), readSep);
  const isOurs = sep?.content ? isSepOf7900(sep.content, { hasCnf, models }) : hasCnf;
  if (!isOurs && !hasCnf) return undefined;
  const failed = [sip, mgcp, isOurs ? sep : undefined].flatMap((each) => each?.failed ?? []);
  return {
    failed,
    ...(isOurs && sep?.content && { SCCP: { path: sep.path, sep: sep.content } }),
    ...(sip?.content && { SIP: sip.content }),
    ...(mgcp?.content && { MGCP: mgcp.content }),
  };
}

function read<Content>(
  file: TreeFile | undefined,
  decode: (file: TreeFile) => Content | CodecError,
): { readonly path: string; readonly content?: Content; readonly failed?: ReadFile } | undefined {
  if (!file) return undefined;
  const { path } = file;
  const content = decode(file);
  return content instanceof CodecError
    ? { path, failed: unreadable(path, content) }
    : { path, content };
}
