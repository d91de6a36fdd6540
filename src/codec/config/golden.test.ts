import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { CodecError } from '../../wire/codec-error.ts';
import { decodeCnf } from './cnf.ts';
import type { TextLines } from '../text/lines.ts';
import { decodeDialplan } from './dialplan-xml.ts';
import { decodeLoadMap } from './load-map.ts';
import { decodeLoads } from './loads.ts';
import { decodeOs79xx } from './os79xx.ts';
import { decodeXmlRingList } from './ring-list-xml.ts';
import { decodeRingList } from './ring-list.ts';
import { decodeSectionFile } from './section-file.ts';
import { decodeSep } from './sep-xml.ts';
import { decodeSipUpgradeConfig } from './sip-upgrade-config.ts';
import { decodeSyncinfo } from './syncinfo.ts';
import { decodeSysConfig } from './sys-config.ts';
import { decodeXmlDefault } from './xml-default.ts';

const folder = new URL('testdata/', import.meta.url);

const decoders: readonly (readonly [RegExp, (text: string) => unknown])[] = [
  [/\.cnf$/, decodeCnf],
  [/^OS79XX/, (text) => withoutLines(decodeOs79xx(text))],
  [/^SEP/, decodeSep],
  [/^XMLDefault/, decodeXmlDefault],
  [/\.loads\.txt$/, (text) => withoutLines(decodeLoads(text))],
  [/^load\d+\.txt$/, (text) => withoutLines(decodeLoadMap(text))],
  [/^dialplan/, decodeDialplan],
  [/^RINGLIST/, (text) => withoutLines(decodeRingList(text))],
  [/^Ringlist/, decodeXmlRingList],
  [/^syncinfo/, decodeSyncinfo],
  [/^2004tftp/, (text) => decodeSectionFile(text)],
  [/^1140eSIP/, (text) => decodeSectionFile(text, '11xx')],
  [/^2004sysConfig/, (text) => decodeSysConfig(text)],
  [/^SipUpgrade/, decodeSipUpgradeConfig],
];

function withoutLines({ bom: _, lines: __, ...rest }: TextLines): object {
  return rest;
}

function decodedOf(name: string): unknown {
  const decode = decoders.find(([pattern]) => pattern.test(name))?.[1];
  assert.ok(decode, `no decoder for ${name}`);
  try {
    return decode(readFileSync(new URL(name, folder), 'utf8'));
  } catch (error) {
    assert.ok(error instanceof CodecError);
    return { error: error.message, offset: error.fault.offset };
  }
}

function plain(_: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value;
}

// UPDATE=1 writes the expectations anew, to be read over before they are kept.
for (const name of readdirSync(folder).filter((each) => !each.endsWith('.json')))
  test(`${name} reads as written down`, () => {
    const expectation = new URL(`${name}.json`, folder);
    const decoded = `${JSON.stringify(decodedOf(name), plain, 2)}\n`;
    if (process.env['UPDATE'] === '1') writeFileSync(expectation, decoded);
    assert.equal(decoded, readFileSync(expectation, 'utf8'));
  });
