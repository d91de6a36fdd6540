import { child, textOf, type XmlElement } from '../../../../codec/config/xml.ts';
import type { Finding } from '../../../../model/finding.ts';
import { offsetAt } from '../../../shared/lint/fix.ts';
import type { LintedContent, Named, PlacedValue } from '../facts.ts';
import type { LoadName } from '../firmware/load-name.ts';
import { imageNameRules } from '../firmware/image-names.ts';
import { applyRules } from '../../../shared/lint/rule.ts';
import { sepElementRules } from './element-rules.ts';
import { sepLineRules } from './line-rules.ts';
import { sepLoadRules } from './load-rules.ts';
import { type SepFile, sepFileOf } from './sep-subject.ts';
import { sepZoneRules } from './zone-rules.ts';

/** `SEP<MAC>.cnf.xml` */
export function lintSep(path: string, text: string, root: XmlElement): LintedContent {
  const file = sepFileOf(root);
  const findings = [
    ...applyRules(sepElementRules, path, file),
    ...applyRules(sepLoadRules, path, file),
    ...applyRules(sepLineRules, path, file),
    ...applyRules(sepZoneRules, path, file),
    ...lintImage(path, text, file.load, file.loadName),
  ];
  return { findings, facts: factsOf(file) };
}

/** The name in a `loadInformation`. */
export function lintImage(
  path: string,
  text: string,
  element: XmlElement | undefined,
  load: LoadName | undefined,
): readonly Finding[] {
  const content = element?.children[0];
  if (content?.kind !== 'text' || load === undefined) return [];
  const { line, column } = content;
  const name = content.text.trim();
  const offset = () => offsetAt(text, line, column);
  return applyRules(imageNameRules, path, { name, load, line, column, offset, only7900: false });
}

function factsOf(file: SepFile): LintedContent['facts'] {
  const { load, image } = file;
  const named: PlacedValue | undefined =
    load === undefined || image === '' ? undefined : placedText(load);
  const names: Named[] = [];
  if (named) names.push(['image', ...named]);
  addName(names, 'dial-template', file.sipProfile, 'dialTemplate');
  addName(names, 'soft-keys', file.sipProfile, 'softKeyFile');
  return { ...(named && { sepImage: named }), ...(names.length > 0 && { names }) };
}

function addName(
  names: Named[],
  what: Named[0],
  parent: XmlElement | undefined,
  name: string,
): void {
  const element = parent && child(parent, name);
  if (element && textOf(element) !== '') names.push([what, ...placedText(element)]);
}

/** The text of an element and where it stands. */
export function placedText(element: XmlElement): PlacedValue {
  const [content] = element.children;
  const { line, column } = content ?? element;
  return [textOf(element), line, column];
}
