import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { buildUdpPcap } from '../src/codec/pcap/testing/build-capture.ts';
import { authenticationText } from '../src/codec/sip/authentication.ts';
import {
  acknowledgement,
  acknowledgeSuccess,
  cancelRequest,
} from '../src/codec/sip/client-requests.ts';
import { digestChallenge } from '../src/codec/sip/digest-server.ts';
import { answerChallenge } from '../src/codec/sip/digest.ts';
import { withHeader } from '../src/codec/sip/headers-of.ts';
import { receiveSip } from '../src/codec/sip/receive-sip.ts';
import { respond } from '../src/codec/sip/respond.ts';
import { withReceived } from '../src/codec/sip/response-route.ts';
import type { SipPath } from '../src/codec/sip/runner.ts';
import { audioOf, audioSdp, type AudioSession } from '../src/codec/sip/sdp-audio.ts';
import { parseSdp, sdpText } from '../src/codec/sip/sdp.ts';
import { serializeSip } from '../src/codec/sip/serialize-sip.ts';
import type { ServerTransaction } from '../src/codec/sip/server-transactions.ts';
import { createSipFramer } from '../src/codec/sip/sip-framer.ts';
import type {
  SipHeader,
  SipMessage,
  SipRequest,
  SipResponse,
} from '../src/codec/sip/sip-message.ts';
import {
  createSipTransactions,
  type SipTransactions,
  type SipTransactionsOptions,
} from '../src/codec/sip/sip-transactions.ts';
import { usualTiming } from '../src/codec/sip/transaction-machine.ts';
import { requirePeer } from './peers.ts';

const session: AudioSession = {
  ...{ user: 'desk', sessionId: 1, version: 1, address: '192.0.2.7', port: 16_384 },
  ...{ packetMs: 20, direction: 'sendrecv' },
  formats: [
    { payload: 0, name: 'PCMU', rate: 8000 },
    { payload: 101, name: 'telephone-event', rate: 8000, parameters: '0-15' },
  ],
};

function requestOf(
  method: string,
  others: readonly SipHeader[] = [],
  body = new Uint8Array(),
): SipRequest {
  const headers = [
    { name: 'Via', value: `SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bK${method};rport` },
    { name: 'Max-Forwards', value: '70' },
    { name: 'From', value: '"Anna \\"A\\"" <sip:7001@192.0.2.1>;tag=f1' },
    { name: 'To', value: '<sip:7002@192.0.2.1>' },
    { name: 'Call-ID', value: `${method}-1@192.0.2.7` },
    { name: 'CSeq', value: `101 ${method}` },
    { name: 'Contact', value: '<sip:7001@192.0.2.7:5060>' },
    ...others,
  ];
  const uri = 'sip:7002@192.0.2.1';
  return { kind: 'request', method, uri, version: 'SIP/2.0', headers, body };
}

/** All that phones, registrar and restart requests write. */
function allMessages(): readonly SipMessage[] {
  const challenges = ['MD5', 'SHA-256', 'SHA-512-256'].map((algorithm) =>
    digestChallenge({ realm: 'desk', nonce: '1-2-3', algorithm, qop: ['auth', 'auth-int'] }),
  );
  const answers = challenges.flatMap(
    (challenge) =>
      answerChallenge(challenge, {
        credentials: { username: '7001', password: 'x' },
        request: { method: 'REGISTER', uri: 'sip:192.0.2.1', body: new Uint8Array() },
        ...{ nonceCount: 1, cnonce: 'c' },
      }) ?? [],
  );
  const sdp = Buffer.from(sdpText(audioSdp(session)));
  const type = { name: 'Content-Type', value: 'application/sdp' };
  const invite = requestOf('INVITE', [type], sdp);
  const busy = respond(invite, { status: 486, reason: 'Busy Here', tag: 't' });
  const ok = respond(invite, { status: 200, reason: 'OK', tag: 't', headers: [type], body: sdp });
  const register = requestOf('REGISTER');
  return [
    ...[register, invite, busy, ok, acknowledgement(invite, busy), cancelRequest(invite)],
    ...answers.map((answer) => {
      const value = authenticationText(answer, { isAnswer: true });
      return requestOf('REGISTER', [{ name: 'Authorization', value }]);
    }),
    ...challenges.map((challenge) => {
      const value = authenticationText(challenge);
      const headers = [{ name: 'WWW-Authenticate', value }];
      const seen = withReceived(register, { address: '192.0.2.99', port: 4711 });
      return respond(seen, { status: 401, reason: 'Unauthorized', tag: 't', headers });
    }),
    requestOf('NOTIFY', [
      { name: 'Event', value: 'check-sync' },
      { name: 'Subscription-State', value: 'terminated;reason=timeout' },
    ]),
    requestOf('OPTIONS', [{ name: 'User-Agent', value: 'Cisco-CP7960G/8.0 (spare)' }]),
  ];
}

function captureOf(datagrams: readonly Uint8Array[]): Uint8Array {
  const [from, to] = [['192.0.2.7', 5060] as const, ['192.0.2.1', 5060] as const];
  return buildUdpPcap(datagrams.map((payload) => ({ from, to, payload })));
}

test('tshark reads what we write, and has nothing to say against it', (t) => {
  const program = requirePeer(t, 'tshark');
  if (!program) return;
  const messages = allMessages();
  const folder = mkdtempSync(join(tmpdir(), 'hookflash-sip-'));
  try {
    const capture = join(folder, 'sip.pcap');
    writeFileSync(capture, captureOf(messages.map(serializeSip)));
    const columns = ['sip.Method', 'sip.Status-Code', 'sip.CSeq.seq', 'sip.Call-ID', 'sip.to.tag'];
    const faults = ['_ws.expert.message', '_ws.malformed', 'sdp.media'];
    const fields = [...columns, ...faults].flatMap((field) => ['-e', field]);
    const output = execFileSync(
      program,
      ['-n', '-r', capture, '-d', 'udp.port==5060,sip', '-T', 'fields', ...fields],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const rows = output
      .replace(/\n$/, '')
      .split('\n')
      .map((line) => line.split('\t'));
    assert.deepEqual(rows, messages.map(expectedRow));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

function expectedRow(message: SipMessage): readonly string[] {
  const { method } = message.kind === 'request' ? message : { method: '' };
  const status = message.kind === 'response' ? String(message.status) : '';
  const headerText = (name: string) =>
    message.headers.find((header) => header.name === name)?.value ?? '';
  const tag = /tag=(\w+)/.exec(headerText('To'))?.[1] ?? '';
  const isSdp = message.body.length > 0;
  return [
    ...[method, status, '101', headerText('Call-ID'), tag],
    ...['', '', isSdp ? 'audio 16384 RTP/AVP 0 101' : ''],
  ];
}

type Peer = {
  readonly port: number;
  readonly transactions: SipTransactions;
  close(): void;
};

function laterBy(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

/** Transactions on a socket of their own; every message that comes in has to be a good one. */
async function openPeer(
  options: Partial<SipTransactionsOptions>,
  isLost = () => false,
): Promise<Peer> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  let tags = 0;
  const transactions = createSipTransactions({
    timing: usualTiming,
    after: laterBy,
    newTag: () => `t${tags++}`,
    send: (message, to) => socket.send(serializeSip(message), to.port, to.address),
    onRequest: () => undefined,
    ...options,
  });
  socket.on('message', (bytes, from) => {
    if (isLost()) return;
    const received = receiveSip(bytes);
    assert.ok(received.kind === 'good', bytes.toString());
    transactions.receive(received.message, { ...from, transport: 'UDP' });
  });
  const close = () => {
    transactions.close();
    socket.close();
  };
  return { port: socket.address().port, transactions, close };
}

async function runSipp(program: string, args: readonly string[]): Promise<number | null> {
  const folder = mkdtempSync(join(tmpdir(), 'hookflash-sipp-'));
  const always = ['-nostdin', '-i', '127.0.0.1', '-timeout', '20', '-timeout_error'];
  try {
    const sipp = spawn(program, [...args, ...always], { cwd: folder, stdio: 'ignore' });
    const [code] = (await once(sipp, 'exit')) as [number | null];
    return code;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a phone that is called does. */
function answerCall({ request, answer }: ServerTransaction, port: number): void {
  if (request.method !== 'INVITE') {
    answer({ status: 200, reason: 'OK' });
    return;
  }
  const contact = { name: 'Contact', value: `<sip:desk@127.0.0.1:${port}>` };
  const type = { name: 'Content-Type', value: 'application/sdp' };
  const offer = audioOf(parseSdp(Buffer.from(request.body).toString()));
  assert.equal(offer?.formats[0]?.name, 'PCMU');
  answer({ status: 180, reason: 'Ringing', headers: [contact] });
  const body = Buffer.from(sdpText(audioSdp(session)));
  answer({ status: 200, reason: 'OK', headers: [contact, type], body });
}

test('SIPp calls us, and loses the first INVITE: 180, 200, ACK, BYE', async (t) => {
  const program = requirePeer(t, 'sipp');
  if (!program) return;
  const seen: string[] = [];
  let came = 0;
  const peer = await openPeer(
    {
      onAck: () => seen.push('ACK'),
      onRequest(transaction) {
        seen.push(transaction.request.method);
        answerCall(transaction, peer.port);
      },
    },
    () => came++ === 0,
  );
  try {
    const code = await runSipp(program, ['-sn', 'uac', '-m', '3', `127.0.0.1:${peer.port}`]);
    assert.equal(code, 0);
    const calls = ['ACK', 'ACK', 'ACK', 'BYE', 'BYE', 'BYE', 'INVITE', 'INVITE', 'INVITE'];
    assert.deepEqual(seen.toSorted(), calls);
  } finally {
    peer.close();
  }
});

test('SIPp calls us by TCP', async (t) => {
  const program = requirePeer(t, 'sipp');
  if (!program) return;
  const seen: string[] = [];
  const server = createServer((socket) => {
    const framer = createSipFramer({ mostBytes: 65_535 });
    const path: SipPath = { address: '127.0.0.1', port: socket.remotePort ?? 0, transport: 'TCP' };
    const transactions = createSipTransactions({
      timing: usualTiming,
      after: laterBy,
      newTag: () => `t${seen.length}`,
      send: (message) => socket.write(serializeSip(message)),
      onAck: () => seen.push('ACK'),
      onRequest(transaction) {
        seen.push(transaction.request.method);
        answerCall(transaction, 5060);
      },
    });
    socket.on('data', (bytes) => {
      for (const frame of framer.push(bytes))
        if (frame.kind === 'message') transactions.receive(frame.message, path);
    });
    socket.on('close', transactions.close);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  try {
    const args = ['-sn', 'uac', '-m', '3', '-t', 't1', `127.0.0.1:${address.port}`];
    assert.equal(await runSipp(program, args), 0);
    const calls = ['ACK', 'ACK', 'ACK', 'BYE', 'BYE', 'BYE', 'INVITE', 'INVITE', 'INVITE'];
    assert.deepEqual(seen.toSorted(), calls);
  } finally {
    server.close();
  }
});

test('we call SIPp: 180, 200, ACK, BYE', async (t) => {
  const program = requirePeer(t, 'sipp');
  if (!program) return;
  const reserved = await openPeer({});
  const { port } = reserved;
  reserved.close();
  const peer = await openPeer({});
  const path: SipPath = { address: '127.0.0.1', port, transport: 'UDP' };
  const via = (branch: string) => `SIP/2.0/UDP 127.0.0.1:${peer.port};branch=z9hG4bK${branch}`;
  const type = { name: 'Content-Type', value: 'application/sdp' };
  const offer = Buffer.from(sdpText(audioSdp(session)));
  const called = requestOf('INVITE', [type], offer);
  const invite = withHeader(called, { name: 'Via', value: via('invite') });
  const seen: number[] = [];
  try {
    const sipp = runSipp(program, ['-sn', 'uas', '-m', '1', '-p', `${port}`]);
    const ok = await new Promise<SipResponse>((resolve, reject) => {
      peer.transactions.request(invite, path, {
        provisional: ({ status }) => seen.push(status),
        final: resolve,
        failed: reject,
      });
    });
    assert.ok(audioOf(parseSdp(Buffer.from(ok.body).toString())));
    peer.transactions.sendAlone(acknowledgeSuccess(invite, ok, via('ack')), path);
    const ended = await new Promise<SipResponse>((resolve, reject) => {
      const bye = { ...acknowledgeSuccess(invite, ok, via('bye')), method: 'BYE' };
      const numbered = withHeader(bye, { name: 'CSeq', value: '102 BYE' });
      peer.transactions.request(numbered, path, { final: resolve, failed: reject });
    });
    assert.deepEqual([...seen, ok.status, ended.status], [180, 200, 200]);
    assert.equal(await sipp, 0);
  } finally {
    peer.close();
  }
});
