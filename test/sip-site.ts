import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { hookflash, startHookflash, temporaryFolder, type Running } from './hookflash-process.ts';

export const deskMac = '020000000081';
export const javaMac = '020000000082';
const image = 'P0S3-8-12-00';

export type SipSite = {
  readonly dir: string;
  readonly server: Running;
  /** Of its registrar. */
  readonly sip: string;
  readonly port: number;
  readonly tftp: string;
  /** Events of a kind, so far. */
  events(kind: string): readonly Readonly<Record<string, unknown>>[];
};

/** A workspace with a 7960 (line 7001) and a 7941 (line 7002), without a server. */
export async function sipWorkspace(
  t: Pick<TestContext, 'after'>,
  more: readonly string[] = [],
): Promise<string> {
  const dir = join(await temporaryFolder(t), 'site');
  const line = (user: string) => [
    `line1_name=${user}`,
    `line1_authname=u${user}`,
    `line1_password=p${user}`,
  ];
  const set = (values: readonly string[]) => values.flatMap((each) => ['--set', each]);
  const shared = ['proxy1_address=127.0.0.1', 'proxy_register=1', ...more];
  for (const words of [
    ['init', dir],
    ['firmware', 'synth', image, '--out', join(dir, 'firmware')],
    [
      'phone',
      'add',
      deskMac,
      '--model',
      '7960',
      '--running',
      image,
      ...set([...line('7001'), ...shared]),
    ],
    [
      'phone',
      'add',
      javaMac,
      '--model',
      '7941',
      '--running',
      'SIP41.9-4-2SR3-1S',
      ...set([...line('7002'), ...shared]),
    ],
  ]) {
    const isPhone = words[0] === 'phone';
    const done = await hookflash(...words, ...(isPhone ? ['--dir', dir] : []));
    assert.equal(done.code, 0, done.err);
  }
  return dir;
}

/** The same with a running `serve --sip --tftp`. */
export async function sipSite(t: TestContext, more: readonly string[] = []): Promise<SipSite> {
  const dir = await sipWorkspace(t, more);
  return serveSip(t, dir);
}

export async function serveSip(t: TestContext, dir: string): Promise<SipSite> {
  const where = ['--sip', '127.0.0.1:0', '--tftp', '127.0.0.1:0'];
  return watchSip(dir, startHookflash(t, 'serve', '--dir', dir, ...where));
}

/** A `serve` that has been started, when it is ready. */
export async function watchSip(dir: string, server: Running): Promise<SipSite> {
  const seen: Readonly<Record<string, unknown>>[] = [];
  server.each((line) => seen.push(line));
  const { listen } = await server.line(({ event }) => event === 'ready');
  const { sip, tftp } = listen as { readonly sip: string; readonly tftp: string };
  const port = Number(sip.split(':')[1]);
  return {
    dir,
    server,
    sip,
    port,
    tftp,
    events: (kind) => seen.filter(({ event }) => event === kind),
  };
}
