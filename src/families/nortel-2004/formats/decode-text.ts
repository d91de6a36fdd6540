import type { KeywordFile } from '../../../codec/config/keyword-file.ts';
import { decodeSectionFile } from '../../../codec/config/section-file.ts';
import { decodeSipUpgradeConfig } from '../../../codec/config/sip-upgrade-config.ts';
import { decodeSysConfig } from '../../../codec/config/sys-config.ts';
import type { NortelFile } from './file-role.ts';

/** Undefined for what is no text of lines. */
export function decodeText({ role, dialect }: NortelFile, text: string): KeywordFile | undefined {
  if (role === 'control') return decodeSectionFile(text, dialect);
  if (role === 'data') return decodeSysConfig(text, dialect);
  return role === 'pointers' ? decodeSipUpgradeConfig(text) : undefined;
}
