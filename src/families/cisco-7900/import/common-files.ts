import type { ReadFile } from '../../../model/import.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import { readFile, unreadable } from '../../cisco-shared/import/read-file.ts';
import { tableLookup } from '../../shared/render/known-settings.ts';
import { mgcpTable } from '../parameters/mgcp.ts';
import { sipLookup } from '../render/lookups.ts';
import { readCnf, type CnfSettings } from './cnf-settings.ts';
import type { TreeFiles } from './tree-files.ts';

/** What the files for all phones say. */
export type CommonFiles = {
  readonly sip?: CnfSettings;
  readonly mgcp?: CnfSettings;
  /** `tftp_cfg_dir` with its slash, '' for the root. */
  readonly folder: string;
  readonly files: readonly ReadFile[];
};

export const mgcpLookup = tableLookup(mgcpTable);

export function readCommonFiles(tree: TreeFiles): CommonFiles {
  const sip = readOne(tree, 'sip-default');
  const mgcp = readOne(tree, 'mgcp-default');
  return {
    folder: folderOf(sip?.cnf?.settings['tftp_cfg_dir']),
    files: [sip, mgcp].flatMap((each) => each?.file ?? []),
    ...(sip?.cnf && { sip: sip.cnf }),
    ...(mgcp?.cnf && { mgcp: mgcp.cnf }),
  };
}

function readOne(
  tree: TreeFiles,
  kind: 'sip-default' | 'mgcp-default',
): { readonly file: ReadFile; readonly cnf?: CnfSettings } | undefined {
  const file = tree.common(kind);
  if (!file) return undefined;
  const cnf = readCnf(file, kind === 'sip-default' ? sipLookup : mgcpLookup);
  if (cnf instanceof CodecError) return { file: unreadable(file.path, cnf) };
  return { file: readFile(file.path, 'common', words(cnf), cnf.notes), cnf };
}

function words({ settings, image }: CnfSettings): string {
  const count = `${Object.keys(settings).length} settings`;
  return image === undefined ? count : `${count}, image ${image.name}`;
}

/** `./phones` and `/phones/` are `phones/`. */
function folderOf(value: string | undefined): string {
  const plain = (value ?? '').replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
  return plain === '' || plain === '.' ? '' : `${plain}/`;
}
