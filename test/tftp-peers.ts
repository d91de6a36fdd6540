import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { TestContext } from 'node:test';

/** A TFTP server that others wrote, on loopback, for the length of a test. */
export type TftpPeer = { readonly port: number };

export function startTftpdHpa(t: TestContext, program: string, folder: string): Promise<TftpPeer> {
  return start(t, program, (port) => [
    ...['--foreground', '--address', `127.0.0.1:${port}`, '--user', 'root'],
    ...['--permissive', '--secure', folder],
  ]);
}

export function startDnsmasq(t: TestContext, program: string, folder: string): Promise<TftpPeer> {
  // dnsmasq serves TFTP on port 69 only: a namespace of its own would hide it from the twin, so
  // that it is started by root on a loopback address that nothing else uses.
  return start(
    t,
    program,
    () => [
      ...['--keep-in-foreground', '--conf-file=/dev/null', '--port=0', '--user=root'],
      ...['--enable-tftp', `--tftp-root=${folder}`, '--listen-address=127.0.0.1'],
      ...['--bind-interfaces', '--interface=lo', '--pid-file='],
    ],
    69,
  );
}

async function start(
  t: TestContext,
  program: string,
  args: (port: number) => readonly string[],
  fixed?: number,
): Promise<TftpPeer> {
  const port = fixed ?? (await freePort());
  const child = spawn(program, args(port), { stdio: 'ignore' });
  t.after(async () => {
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
  });
  await answers(port);
  return { port };
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

/** Asks for a file until something answers, at most for ten seconds. */
async function answers(port: number): Promise<void> {
  const socket = createSocket('udp4');
  const request = Buffer.from('\0\x01no-such-file\0octet\0', 'latin1');
  const answered = once(socket, 'message');
  socket.on('error', () => undefined);
  for (let tries = 0; tries < 100; tries++) {
    socket.send(request, port, '127.0.0.1');
    const done = await Promise.race([answered.then(() => true), delay(100, false)]);
    if (done) break;
  }
  socket.close();
}
