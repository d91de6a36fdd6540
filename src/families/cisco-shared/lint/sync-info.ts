import { attributeOf, children, type XmlElement } from '../../../codec/config/xml.ts';
import type { LintedContent, SyncEntry } from './facts.ts';
import { applyRules, type Rule } from '../../shared/lint/rule.ts';

const maxSync = 32;

/** The complete IMAGE elements of a syncinfo.xml. */
export function syncEntries(root: XmlElement): readonly SyncEntry[] {
  return imagesOf(root).flatMap((image) => {
    const version = attributeOf(image, 'VERSION')?.value;
    const sync = attributeOf(image, 'SYNC')?.value;
    if (version === undefined || sync === undefined) return [];
    return [{ version, sync, line: image.line, column: image.column }];
  });
}

export function isSyncInfo(root: XmlElement): boolean {
  return /^(syncinfo|image)$/i.test(root.name);
}

function imagesOf(root: XmlElement): readonly XmlElement[] {
  const isImage = ({ name }: XmlElement) => name.toUpperCase() === 'IMAGE';
  return isImage(root) ? [root] : children(root).filter(isImage);
}

const incomplete: Rule<XmlElement> = {
  code: 'sync-info-incomplete',
  severity: 'error',
  title: 'syncinfo.xml without VERSION and SYNC',
  consequence: 'No phone restarts when it is told to check its synchronization.',
  cure: 'Write <IMAGE VERSION="*" SYNC="2"/> into <SYNCINFO>.',
  check(root, report) {
    const images = imagesOf(root);
    if (images.length === 0)
      report({ text: 'no IMAGE element', line: root.line, column: root.column });
    for (const image of images)
      for (const name of ['VERSION', 'SYNC'])
        if (attributeOf(image, name) === undefined)
          report({ text: `IMAGE has no ${name}`, line: image.line, column: image.column });
  },
};

const tooLong: Rule<XmlElement> = {
  code: 'sync-value-length',
  severity: 'error',
  title: `SYNC of more than ${maxSync} characters`,
  consequence: 'No value of the parameter sync can be equal to it: phones restart every time.',
  cure: `Use up to ${maxSync} characters.`,
  check(root, report) {
    for (const { sync, line, column } of syncEntries(root))
      if (sync.length > maxSync)
        report({ text: `SYNC has ${sync.length} characters`, line, column });
  },
};

/** Cisco SIP IP Phone Administrator Guide, "Performing an Image Upgrade and Remote Reboot". */
export const syncInfoRules: readonly Rule<XmlElement>[] = [incomplete, tooLong];

/** `syncinfo.xml` */
export function lintSyncInfo(path: string, root: XmlElement): LintedContent {
  return { findings: applyRules(syncInfoRules, path, root), facts: { sync: syncEntries(root) } };
}
