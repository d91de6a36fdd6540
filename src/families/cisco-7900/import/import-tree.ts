import type { ImportedTree, ImportOptions, ReadFile, ReadPhone } from '../../../model/import.ts';
import type { TreeFile } from '../../../model/lint.ts';
import type { SettingValues } from '../../../model/settings.ts';
import { misnamedFile } from '../../cisco-shared/import/misnamed.ts';
import { readFile } from '../../cisco-shared/import/read-file.ts';
import type { FileRole } from '../../cisco-shared/lint/file-role.ts';
import { fileName } from '../paths.ts';
import { readCommonFiles, type CommonFiles } from './common-files.ts';
import { importPhone, type ReadOwn } from './import-phone.ts';
import { treeFiles } from './tree-files.ts';

/** Reads phones, their settings and images, and the common settings out of a folder. */
export function importTree(files: readonly TreeFile[], options: ImportOptions): ImportedTree {
  const misnamed = files.flatMap(({ path }) => misnamedFile(path, isOurs) ?? []);
  const tree = treeFiles(files.filter(({ path }) => misnamed.every((each) => each.path !== path)));
  const common = readCommonFiles(tree);
  const macs = tree.macs(['sip-phone', 'mgcp-phone', 'sccp-phone']);
  const imported = macs.map((mac) => importPhone(mac, tree, common, options));
  const read = [...common.files, ...imported.flatMap((each) => each.files), ...misnamed];
  const isRead = (path: string) => read.some((each) => each.path === path);
  const others = files
    .filter(({ path }) => !isRead(path))
    .flatMap(({ path }) => otherFile(path, common) ?? []);
  const settings = common.sip?.settings ?? {};
  // An XML file has elements for many of these settings, and these phones had none of them.
  const isMixed = imported.some(({ protocol }) => protocol === 'SCCP');
  return {
    phones: imported.flatMap((each) => (isMixed ? withCommon(each, settings) : (each.phone ?? []))),
    settings: isMixed ? {} : settings,
    files: [...read, ...others],
  };
}

/** What is for all SIP phones, as the phone's own. */
function withCommon({ phone, protocol }: ReadOwn, common: SettingValues): readonly ReadPhone[] {
  if (!phone) return [];
  return protocol === 'SIP' ? [{ ...phone, settings: { ...common, ...phone.settings } }] : [phone];
}

function isOurs(role: FileRole | undefined): boolean {
  return role === undefined || /^(sip|mgcp)-(default|phone)$|^boot-text$/.test(role);
}

/** Files that Hookflash makes itself, and those that phones do not find where they are. */
function otherFile(path: string, { sip, folder }: CommonFiles): ReadFile | undefined {
  const { kind, name } = fileName(path);
  if (kind === 'boot-text' || kind === 'sccp-default')
    return readFile(path, 'generated', 'each phone gets its own');
  if (/^syncinfo\.xml$/i.test(name)) {
    const isSet = (sip?.settings['sync'] ?? '') !== '';
    return isSet
      ? readFile(path, 'generated', 'from the setting sync')
      : readFile(path, 'left-out', 'it is made of the setting sync, and there is none');
  }
  if (kind === 'sip-default' || kind === 'mgcp-default')
    return readFile(path, 'left-out', 'phones look for it in the root and under one name');
  if (kind !== 'sip-phone' && kind !== 'mgcp-phone') return undefined;
  const where = folder === '' ? 'in the root' : `in ${folder}`;
  return readFile(path, 'left-out', `phones look for it ${where}, under one name`);
}
