import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { TestContext } from 'node:test';
import { withinDialogs } from './kamailio.ts';

/** Real SIP programs on loopback, each in a folder of its own that goes with the test. */

const modules = ['kex', 'tm', 'tmx', 'sl', 'pv', 'rr', 'usrloc', 'registrar', 'siputils'];

function kamailioConfig(address: string, password: string): string {
  return `#!KAMAILIO
debug=0
log_stderror=yes
children=1
auto_aliases=no
listen=udp:${address}:5060
disable_tcp=yes
mpath="/usr/lib/x86_64-linux-gnu/kamailio/modules/"
${[...modules, 'auth', 'textops'].map((name) => `loadmodule "${name}.so"`).join('\n')}
modparam("registrar", "min_expires", 1)
request_route {
  if (is_method("OPTIONS") && $rU == $null) { sl_send_reply("200", "OK"); exit; }
  if (is_method("REGISTER")) {
    if (!pv_www_authenticate("site", "${password}", "0")) { www_challenge("site", "1"); exit; }
    if (!save("location")) sl_reply_error();
    exit;
  }
${withinDialogs}
  if (is_method("INVITE")) record_route();
  if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
  t_relay();
}
`;
}

/** Kamailio as registrar and proxy at port 5060 of this address, which asks for this password. */
export async function startKamailio(
  t: TestContext,
  program: string,
  address: string,
  password: string,
): Promise<void> {
  const folder = scratch(t);
  const file = join(folder, 'kamailio.cfg');
  writeFileSync(file, kamailioConfig(address, password));
  const words = ['-f', file, '-DD', '-E', '-m', '32', '-M', '4', '-Y', folder];
  const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  const said: string[] = [];
  child.stderr.on('data', (data) => said.push(String(data)));
  const exited = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  const failed = exited.then(() => Promise.reject(new Error(`kamailio: ${said.join('')}`)));
  failed.catch(() => undefined);
  await Promise.race([failed, untilItAnswers(address)]);
}

async function untilItAnswers(address: string): Promise<void> {
  const { createSocket } = await import('node:dgram');
  const socket = createSocket('udp4');
  try {
    socket.bind(0, address);
    await once(socket, 'listening');
    const { port } = socket.address();
    const answered = once(socket, 'message');
    // Whoever does not listen yet makes ICMP errors, which are of no interest.
    socket.on('error', () => undefined);
    for (let number = 1; ; number++) {
      socket.send(optionsText(address, port, number), 5060, address);
      if (await Promise.race([answered.then(() => true), delay(50, false)])) return;
    }
  } finally {
    socket.close();
  }
}

function optionsText(address: string, port: number, number: number): string {
  return [
    `OPTIONS sip:${address} SIP/2.0`,
    `Via: SIP/2.0/UDP ${address}:${port};branch=z9hG4bKup${number}`,
    `From: <sip:test@${address}>;tag=${number}`,
    `To: <sip:${address}>`,
    `Call-ID: up${number}`,
    'CSeq: 1 OPTIONS',
    'Max-Forwards: 10',
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

export type SippRun = {
  /** From where, and of what port. */
  readonly from: string;
  readonly port?: number;
  readonly to?: string;
  /** The called user. */
  readonly user?: string;
  readonly scenario: string;
  readonly words?: readonly string[];
};

/** Plays one call of a scenario; exit code 0 where it went as written. */
export async function runSipp(
  t: TestContext,
  program: string,
  { from, port = 5060, to, user = '205', scenario, words = [] }: SippRun,
): Promise<{ readonly code: number; readonly text: string }> {
  const folder = scratch(t);
  const file = join(folder, 'scenario.xml');
  writeFileSync(file, scenario);
  const all = [
    ...['-sf', file, '-i', from, '-p', String(port), '-m', '1', '-nostdin', '-timeout', '20s'],
    ...['-s', user, '-timeout_error', '-trace_err', '-error_file', join(folder, 'errors')],
    ...words,
    ...(to === undefined ? [] : [to]),
  ];
  const child = spawn(program, all, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (data) => said.push(String(data)));
  const exited = once(child, 'exit') as Promise<[number | null]>;
  t.after(async () => {
    child.kill('SIGKILL');
    await exited;
  });
  const [code] = await exited;
  return { code: code ?? -1, text: said.join('').slice(-2000) };
}

function scratch(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'hookflash-sip-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A scenario of SIPp. */
export function scenario(...steps: readonly string[]): string {
  return `<?xml version="1.0" encoding="ISO-8859-1" ?>
<!DOCTYPE scenario SYSTEM "sipp.dtd">
<scenario name="hookflash">
${steps.join('\n')}
</scenario>
`;
}

type Sent = {
  readonly method: string;
  readonly sequence?: number;
  readonly more?: readonly string[];
  readonly body?: readonly string[];
  /** Within the dialog that an answer began. */
  readonly inDialog?: boolean;
  readonly branch?: string;
  readonly version?: string;
  readonly uri?: string;
  /** User part of From and To. */
  readonly own?: string;
  /** Names of headers that are left out. */
  readonly without?: readonly string[];
  readonly length?: string;
};

/** A REGISTER of a line, with what else it has. */
export function registers(sent: Omit<Sent, 'method'> = {}): string {
  return sends({
    method: 'REGISTER',
    uri: 'sip:[remote_ip]:[remote_port]',
    own: '[service]',
    ...sent,
  });
}

/** A request of SIPp to the called user. */
export function sends(sent: Sent): string {
  const { method, sequence = 1, more = [], body, inDialog = false, branch = '[branch]' } = sent;
  const { uri = 'sip:[service]@[remote_ip]:[remote_port]', version = 'SIP/2.0' } = sent;
  const { own = 'sipp', without = [], length = '[len]' } = sent;
  const contact = method === 'REGISTER' ? [] : ['Contact: <sip:sipp@[local_ip]:[local_port]>'];
  const lines = [
    `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=${branch}`,
    `From: <sip:${own}@[local_ip]>;tag=[call_number]`,
    `To: <sip:[service]@[remote_ip]>${inDialog ? '[peer_tag_param]' : ''}`,
    'Call-ID: [call_id]',
    `CSeq: ${sequence} ${method}`,
    ...contact,
    'Max-Forwards: 70',
  ].filter((line) => !without.includes(line.split(':')[0] ?? ''));
  const rest = [
    ...more,
    ...(body && !more.some((line) => line.startsWith('Content-Type:'))
      ? ['Content-Type: application/sdp']
      : []),
    `Content-Length: ${length}`,
    '',
    ...(body ?? []),
  ];
  const all = [`${method} ${uri} ${version}`, ...lines, ...rest];
  return `<send><![CDATA[\n\n${all.map((line) => `      ${line}`).join('\n')}\n\n]]></send>`;
}

export const sdp = [
  ...['v=0', 'o=sipp 1 1 IN IP4 [local_ip]', 's=-', 'c=IN IP4 [local_ip]', 't=0 0'],
  ...['m=audio 6000 RTP/AVP 0', 'a=rtpmap:0 PCMU/8000'],
];

export function hears(status: number, isOptional = false): string {
  return `<recv response="${status}"${isOptional ? ' optional="true"' : ''}/>`;
}

/** The same, and the header, with its colon, must fit. */
export function hearsWith(status: number, header: string, pattern: string): string {
  const words = `regexp="${pattern}" search_in="hdr" header="${header}"`;
  return `<recv response="${status}"><action><ereg ${words} check_it="true" assign_to="1"/><log message="[$1]"/></action></recv>`;
}

/** Within the dialog, along its route; the answer before it was heard with `rrs`. */
export function inDialog(method: string, sequence = 1): string {
  return sends({
    ...{ method, sequence, uri: '[next_url]', inDialog: true, more: ['[routes]'] },
  });
}

/** What challenges; SIPp answers it with `[authentication …]`. */
export const isAsked = '<recv response="401" auth="true"/>';

/** An answer to the request that came last. */
export function answers(status: string, more: readonly string[] = [], tag = 'sipp'): string {
  const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) =>
    name === 'To' ? `[last_To:];tag=${tag}` : `[last_${name}:]`,
  );
  const lines = [`SIP/2.0 ${status}`, ...copied, ...more, 'Content-Length: 0'];
  return `<send><![CDATA[\n\n${lines.map((line) => `      ${line}`).join('\n')}\n\n]]></send>`;
}
