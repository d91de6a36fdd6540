import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryFolder } from './hookflash-process.ts';

export const proxyUser = 'operator';
export const proxyPassword = 'let me "in"';

/** Users and their passwords. */
export type ProxyUsers = Readonly<Record<string, string>>;

/** Whom it knows where a test does not say. */
const usualUsers: ProxyUsers = { [proxyUser]: proxyPassword, u7001: 'p7001', u7002: 'p7002' };

/** The lines that the documentation gives to whoever has a Kamailio. */
async function documented(): Promise<string> {
  const page = await readFile(new URL('../docs/sip.md', import.meta.url), 'utf8');
  const [, snippet] = /^## Kamailio$.*?^```text\n(.*?)^```$/ms.exec(page) ?? [];
  if (snippet === undefined) throw new Error('docs/sip.md has no lines for Kamailio');
  return snippet;
}

const modules = ['tm', 'tmx', 'sl', 'pv', 'rr', 'maxfwd', 'textops', 'siputils', 'usrloc'];

/** For a request_route: what belongs to a dialog or a transaction that is there goes its way. */
export const withinDialogs = `  if (has_totag()) {
    if (loose_route()) { t_relay(); exit; }
    if (is_method("ACK")) { if (t_check_trans()) t_relay(); exit; }
    sl_send_reply("404", "Not here");
    exit;
  }
  if (is_method("CANCEL")) { if (t_check_trans()) t_relay(); exit; }`;

/** Asks everybody who registers, and whoever sends NOTIFY, for a password; calls are free. */
const configuration = (own: string, tables: string, snippet: string) => `#!KAMAILIO
debug=1
log_stderror=yes
children=2
disable_tcp=yes
auto_aliases=no
listen=udp:${own}
alias="${own}"
${[...modules, 'registrar', 'db_text', 'auth', 'auth_db'].map((name) => `loadmodule "${name}.so"`).join('\n')}
modparam("usrloc", "db_mode", 0)
modparam("registrar", "min_expires", 1)
modparam("auth_db", "db_url", "text://${tables}")
modparam("auth_db", "calculate_ha1", 1)
modparam("auth_db", "password_column", "password")
modparam("auth_db", "version_table", 0)
request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("OPTIONS") && $rU == $null) { sl_send_reply("200", "OK"); exit; }
  if (is_method("REGISTER")) {
    if (!auth_check("$fd", "subscriber", "0")) { auth_challenge("$fd", "1"); exit; }
    save("location");
    exit;
  }
${withinDialogs}
${snippet}
  if (is_method("INVITE")) {
    record_route();
    if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
    t_relay();
    exit;
  }
  sl_send_reply("405", "Method Not Allowed");
}
`;

/** Tables of db_text: a line of columns, then rows; a backslash before what is not meant. */
function subscribers(users: ProxyUsers): string {
  const plain = (text: string) => text.replace(/[\\:]/g, '\\$&');
  const rows = Object.entries(users).map(
    ([name, password], at) => `${at + 1}:${plain(name)}:any:${plain(password)}\n`,
  );
  return `id(int,auto) username(string) domain(string) password(string) \n${rows.join('')}`;
}

export type Kamailio = { readonly address: string; readonly port: number };

export type KamailioOptions = {
  readonly address?: string;
  /** A free one when left out. */
  readonly port?: number;
  readonly users?: ProxyUsers;
};

/** Starts it; it ends with the test. */
export async function startKamailio(
  t: TestContext,
  program: string,
  { address = '127.0.0.1', port: asked, users = usualUsers }: KamailioOptions = {},
): Promise<Kamailio> {
  const folder = await temporaryFolder(t);
  const port = asked ?? (await freePort(address));
  const file = join(folder, 'kamailio.cfg');
  const tables = join(folder, 'tables');
  await mkdir(tables);
  await writeFile(join(tables, 'subscriber'), subscribers(users));
  const own = `${address}:${port}`;
  await writeFile(file, configuration(own, tables, await documented()));
  const words = [
    '-f',
    file,
    '-DD',
    '-E',
    '-Y',
    folder,
    '-P',
    join(folder, 'pid'),
    '-m',
    '16',
    '-M',
    '4',
  ];
  const child = spawn(program, words, { stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  child.stderr.on('data', (bytes) => (told += String(bytes)));
  const exited = once(child, 'exit');
  t.after(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`kamailio ended: ${told}`);
    if (await answers(address, port)) return { address, port };
    await delay(50);
  }
}

async function freePort(address: string): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, address);
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

async function answers(address: string, port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  socket.bind(0, address);
  await once(socket, 'listening');
  const own = socket.address().port;
  const lines = [
    `OPTIONS sip:${address}:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP ${address}:${own};branch=z9hG4bKready${own};rport`,
    'Max-Forwards: 5',
    `From: <sip:a@${address}>;tag=1`,
    `To: <sip:${address}>`,
    `Call-ID: ready${own}@${address}`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '',
    '',
  ];
  try {
    socket.send(lines.join('\r\n'), port, address);
    const waiting = new AbortController();
    const answer = once(socket, 'message', { signal: waiting.signal }).then(() => true);
    const late = delay(300).then(() => false);
    const result = await Promise.race([answer.catch(() => false), late]);
    waiting.abort();
    return result;
  } finally {
    socket.close();
  }
}
