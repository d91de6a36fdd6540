import type { XmlElement } from '../../../../codec/config/xml.ts';
import type { LintedContent, Named, PlacedValue } from '../facts.ts';
import { readLoadName } from '../firmware/load-name.ts';
import { isPlaceholder } from '../../../shared/lint/placeholder.ts';
import { applyRules } from '../../../shared/lint/rule.ts';
import { lintImage, placedText } from '../sep/lint-sep.ts';
import { xmlDefaultOf, xmlDefaultRules } from './xml-default-rules.ts';

/** `XMLDefault.cnf.xml` */
export function lintXmlDefault(path: string, text: string, root: XmlElement): LintedContent {
  const file = xmlDefaultOf(root);
  const defaultLoads: Record<string, PlacedValue> = {};
  const names: Named[] = [];
  for (const { number, element, image } of file.loads) {
    if (image === '' || isPlaceholder(image)) continue;
    const placed = placedText(element);
    names.push(['image', ...placed]);
    if (number !== undefined && !(number in defaultLoads)) defaultLoads[number] = placed;
  }
  const findings = [
    ...applyRules(xmlDefaultRules, path, file),
    ...file.loads.flatMap(({ element, image }) =>
      lintImage(path, text, element, readLoadName(image)),
    ),
  ];
  return { findings, facts: { defaultLoads, names } };
}
