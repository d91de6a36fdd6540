import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { startTftpServer } from '../src/servers/tftp/server.ts';

/** What a virtual phone of these tests registers as. */
export const desk = { user: '205', password: 'secret' } as const;

/** By name. */
export type Files = Record<string, string>;

/** Serves these files, and what is changed in them later. */
export async function serveFiles(t: TestContext, host: string, files: Files): Promise<string> {
  const server = await startTftpServer({
    ...{ host, port: 0, workers: 1 },
    handler: {
      open({ path }) {
        const text = files[path.replace(/^\.?\//, '')];
        if (text === undefined) return Promise.resolve({ kind: 'missing', ticket: path });
        return Promise.resolve({ kind: 'found', bytes: Buffer.from(text), ticket: path });
      },
      closed: () => undefined,
    },
  });
  t.after(() => server.stop());
  return `${host}:${server.addresses[0]?.port ?? 0}`;
}

/** The files of a 7940 or 7960 with one line at a proxy. */
export function phoneFiles(
  mac: string,
  proxy: string,
  more: Readonly<Record<string, string>> = {},
): Files {
  const settings = {
    ...{ line1_name: desk.user, line1_authname: desk.user, line1_password: desk.password },
    ...{ proxy1_address: proxy, proxy_register: '1', timer_register_expires: '60', ...more },
  };
  const lines = Object.entries(settings).map(([key, value]) => `${key}: "${value}"\n`);
  return { 'SIPDefault.cnf': '', [`SIP${mac}.cnf`]: lines.join('') };
}

/** Until somebody has this port. */
export async function untilBound(address: string, port = 5060): Promise<void> {
  for (;;) {
    const socket = createSocket('udp4');
    try {
      socket.bind({ address, port, exclusive: true });
      await once(socket, 'listening');
      socket.close();
      await delay(30);
    } catch {
      return;
    }
  }
}
