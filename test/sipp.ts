import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type SippEnd = { readonly code: number | null; readonly messages: string };

/** Runs a scenario of SIPp against a server; `messages` is all that went over the wire. */
export async function runSipp(
  sipp: string,
  folder: string,
  scenario: string,
  args: readonly string[],
): Promise<SippEnd> {
  const file = join(folder, 'scenario.xml');
  await writeFile(file, scenario);
  const log = join(folder, 'messages.log');
  const child = spawn(
    sipp,
    [
      '-sf',
      file,
      '-i',
      '127.0.0.1',
      '-m',
      '1',
      '-trace_msg',
      '-message_file',
      log,
      '-nostdin',
      '-timeout',
      '60s',
      '-timeout_error',
      ...args,
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let errors = '';
  child.stderr.on('data', (bytes) => (errors += String(bytes)));
  const [code] = (await once(child, 'exit')) as [number | null];
  const there = (await readdir(folder)).includes('messages.log');
  const messages = there ? await readFile(log, 'latin1') : errors;
  return { code, messages: `${messages}\n${errors}` };
}

type SendParts = {
  readonly method?: string;
  readonly uri?: string;
  readonly sequence?: number;
  readonly headers?: readonly string[];
  readonly user?: string;
  readonly branch?: string;
};

/** A `<send>` of a REGISTER, or of another method. */
export function sends({
  method = 'REGISTER',
  uri = 'sip:[remote_ip]:[remote_port]',
  sequence = 1,
  headers = [],
  user = '7001',
  branch = '[branch]',
}: SendParts = {}): string {
  const lines = [
    `${method} ${uri} SIP/2.0`,
    `Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=${branch}`,
    'Max-Forwards: 70',
    `From: <sip:${user}@[remote_ip]>;tag=[call_number]`,
    `To: <sip:${user}@[remote_ip]>`,
    'Call-ID: [call_id]',
    `CSeq: ${sequence} ${method}`,
    'User-Agent: Cisco-CP7960G/8.0',
    ...headers,
    'Content-Length: 0',
  ];
  return `<send><![CDATA[\n${lines.map((line) => `      ${line}`).join('\n')}\n\n]]></send>`;
}

export function scenario(...steps: readonly string[]): string {
  return `<?xml version="1.0" encoding="ISO-8859-1" ?>\n<!DOCTYPE scenario SYSTEM "sipp.dtd">\n<scenario name="one">\n${steps.join('\n')}\n</scenario>\n`;
}
