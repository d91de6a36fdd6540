import type { XmlElement } from '../../../codec/config/xml.ts';
import type { TreeFile } from '../../../model/lint.ts';
import { CodecError } from '../../../wire/codec-error.ts';
import { lintMgcp, lintSip } from './cnf/lint-cnf.ts';
import { lintDialPlan } from './dial-plan/lint-dial-plan.ts';
import type { LintedContent } from './facts.ts';
import { contentRules, isPhoneXml, mostBytes, readXml } from './file-content.ts';
import type { FileRole } from './file-role.ts';
import { lintBootText, lintFirmware } from './firmware/lint-firmware.ts';
import { lintRingList } from './ring-list/lint-ring-list.ts';
import { ringsOfText, ringsOfXml } from './ring-list/ring-list-subject.ts';
import { applyRules } from '../../shared/lint/rule.ts';
import { lintSep } from './sep/lint-sep.ts';
import { isSyncInfo, lintSyncInfo } from './sync-info.ts';
import { lintXmlDefault } from './xml-default/lint-xml-default.ts';

type Read = { readonly path: string; readonly name: string; readonly size: number };

/** No phone reads so much; what comes behind it is not looked at. */
const mostText = 2 * 1024 * 1024;

/** What the inside of a file gives, by what the file is to phones. */
export function lintContent(
  file: TreeFile,
  name: string,
  role: FileRole,
): LintedContent | undefined {
  const { path } = file;
  switch (role) {
    case 'boot-text':
      return lintBootText(path, textOf(file));
    case 'sip-default':
    case 'sip-phone':
      return lintSip(path, textOf(file), role === 'sip-default');
    case 'mgcp-default':
    case 'mgcp-phone':
      return lintMgcp(path, textOf(file));
    case 'ring-list':
      return lintRingList(path, ringsOfText(textOf(file)));
    case 'ring':
      return { findings: [], facts: { size: file.size } };
    case 'loads':
    case 'image':
      return lintFirmware(file, name);
    case 'sep':
    case 'xml-default':
    case 'xml':
      return lintXml(file, name, role);
    case 'trust-list':
    case 'other':
      return undefined;
  }
}

function textOf(file: TreeFile): string {
  const bytes = file.read(mostText);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
}

function lintXml(file: TreeFile, name: string, role: FileRole): LintedContent {
  const { path } = file;
  if (role === 'xml' && file.size > mostBytes) return { findings: [] };
  const bytes = file.read();
  const size = bytes.length;
  const tooLarge = applyRules(contentRules, path, { size, fault: undefined });
  if (tooLarge.length > 0) return { findings: tooLarge };
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, size).toString('utf8');
  const root = readXml(text);
  if (!(root instanceof CodecError)) return lintRoot({ path, name, size }, role, text, root);
  if (role === 'xml' && !isPhoneXml(name, text)) return { findings: [] };
  return { findings: applyRules(contentRules, path, { size, fault: root }) };
}

function lintRoot(
  { path, name, size }: Read,
  role: FileRole,
  text: string,
  root: XmlElement,
): LintedContent {
  if (role === 'sep') return lintSep(path, text, root);
  if (role === 'xml-default') return lintXmlDefault(path, text, root);
  if (isSyncInfo(root)) return lintSyncInfo(path, root);
  if (root.name === 'CiscoIPPhoneRingList') return lintRingList(path, ringsOfXml(root));
  if (root.name.toLowerCase() === 'dialtemplate' || /^dialplan.*\.xml$/i.test(name))
    return lintDialPlan(path, root, size);
  return { findings: [] };
}
