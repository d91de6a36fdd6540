import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryFolder } from './hookflash-process.ts';

export const proxyUser = 'operator';
export const proxyPassword = 'let me "in"';

/** A proxy that registers everybody, and lets one user alone send NOTIFY. */
const configuration = (port: number) => `#!KAMAILIO
debug=1
log_stderror=yes
children=2
disable_tcp=yes
auto_aliases=no
listen=udp:127.0.0.1:${port}
alias="127.0.0.1:${port}"
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "maxfwd.so"
loadmodule "textops.so"
loadmodule "usrloc.so"
loadmodule "registrar.so"
loadmodule "auth.so"
modparam("usrloc", "db_mode", 0)
request_route {
  if (!mf_process_maxfwd_header("10")) { sl_send_reply("483", "Too Many Hops"); exit; }
  if (is_method("REGISTER")) { save("location"); exit; }
  if (is_method("NOTIFY")) {
    if (!pv_proxy_authenticate("kamailio", "${proxyPassword.replaceAll('"', '\\"')}", "0")) {
      proxy_challenge("kamailio", "1");
      exit;
    }
    consume_credentials();
    if (!lookup("location")) { sl_send_reply("404", "Not Found"); exit; }
    t_relay();
    exit;
  }
  sl_send_reply("405", "Method Not Allowed");
}
`;

export type Kamailio = { readonly port: number };

/** Starts it; it ends with the test. */
export async function startKamailio(t: TestContext, program: string): Promise<Kamailio> {
  const folder = await temporaryFolder(t);
  const port = await freePort();
  const file = join(folder, 'kamailio.cfg');
  await writeFile(file, configuration(port));
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
    if (await answers(port)) return { port };
    await delay(50);
  }
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

async function answers(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const own = socket.address().port;
  const lines = [
    `OPTIONS sip:127.0.0.1:${port} SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:${own};branch=z9hG4bKready${own};rport`,
    'Max-Forwards: 5',
    `From: <sip:a@127.0.0.1>;tag=1`,
    `To: <sip:127.0.0.1>`,
    `Call-ID: ready${own}@127.0.0.1`,
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '',
    '',
  ];
  try {
    socket.send(lines.join('\r\n'), port, '127.0.0.1');
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
