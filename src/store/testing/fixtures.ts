import assert from 'node:assert/strict';
import type { BootRequest } from '../../model/boot.ts';
import type { PhoneFinding } from '../../model/finding.ts';
import type { Phone } from '../../model/phone.ts';
import type { Progress } from '../../model/progress.ts';
import type { Mac } from '../../wire/mac.ts';
import { parseMac } from '../../wire/mac.ts';
import { StoreError } from '../store-error.ts';

export const macOf = (number: number): Mac => parseMac(number.toString(16).padStart(12, '0'));

export function phone(number: number, parts: Partial<Phone> = {}): Phone {
  const mac = macOf(number);
  return { mac, family: 'cisco-7900', model: '7960', labels: {}, settings: {}, ...parts };
}

export function request(path: string, at = 1_700_000_000_000): BootRequest {
  return {
    at,
    protocol: 'tftp',
    address: '127.0.7.1',
    port: 49_152,
    path,
    outcome: 'sent',
    bytes: 512,
    retries: 0,
    tie: 'the path names its MAC',
  };
}

export function progress(number: number, parts: Partial<Progress> = {}): Progress {
  return {
    mac: macOf(number),
    from: 'P003-00-1-00',
    because: 'the operator said so',
    target: 'P0S3-8-12-00',
    steps: [
      {
        image: 'P0S3-06-3-00',
        procedure: 'B',
        order: { 'OS79XX.TXT': 'P0S3-06-3-00' },
        absent: ['SEP<MAC>.cnf.xml'],
        firmware: ['P0S3-06-3-00.bin'],
        why: [{ rule: 'unsigned loads first', source: 'a document, table 2', confidence: 'high' }],
      },
    ],
    step: 0,
    state: 'under-way',
    attempts: 0,
    reason: '',
    updatedAt: 1_700_000_000_000,
    ...parts,
  };
}

export function finding(number: number, parts: Partial<PhoneFinding> = {}): PhoneFinding {
  const mac = macOf(number);
  return { mac, code: 'in-loader', severity: 'error', text: 'it waits', at: 5, ...parts };
}

/** For assert.rejects: a StoreError of this code whose message has this text. */
export function storeError(code: StoreError['code'], text: string): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof StoreError, `a StoreError, not ${String(error)}`);
    assert.equal(error.code, code);
    assert.ok(error.message.includes(text), `"${error.message}" has "${text}"`);
    return true;
  };
}
