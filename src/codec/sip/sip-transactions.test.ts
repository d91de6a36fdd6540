import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cancelRequest, acknowledgeSuccess } from './client-requests.ts';
import { headerOf, headersOf, withHeader } from './headers-of.ts';
import { parseSip } from './parse-sip.ts';
import type { SipPath } from './runner.ts';
import { serializeSip } from './serialize-sip.ts';
import { createSipTransactions } from './sip-transactions.ts';
import type { ServerTransaction } from './server-transactions.ts';
import type { SipRequest, SipResponse } from './sip-message.ts';
import { createSipNet } from './testing/sip-net.ts';
import { usual, usualBut, wire } from './testing/torture.ts';
import { usualTiming } from './transaction-machine.ts';
import { parseVia } from './via.ts';

function unexpected(): never {
  throw new Error('this must not come');
}

const phonePath: SipPath = { address: '192.0.2.7', port: 5060, transport: 'UDP' };
const serverPath: SipPath = { address: '192.0.2.1', port: 5060, transport: 'UDP' };

function requestOf(method: string, branch: string, others: readonly string[] = []): SipRequest {
  const via = `Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK${branch}`;
  const vias = others.some((each) => each.startsWith('Via')) ? [] : [via];
  const headers = usualBut('x', `7 ${method}`, [...vias, ...others]);
  const message = parseSip(wire([`${method} sip:bert@192.0.2.1 SIP/2.0`, ...headers]));
  assert.ok(message.kind === 'request');
  return message;
}

test('a request whose datagrams are lost is served once', () => {
  const net = createSipNet();
  const finals: number[] = [];
  let served = 0;
  let sent = 0;
  const phone = net.end('phone', phonePath, {}, () => sent++ < 2);
  let answered = 0;
  net.end(
    'server',
    serverPath,
    {
      onRequest({ answer }) {
        served++;
        answer({ status: 200, reason: 'OK' });
      },
    },
    () => answered++ < 2,
  );
  phone.request(requestOf('REGISTER', '1'), serverPath, {
    final: ({ status }) => finals.push(status),
    failed: unexpected,
  });
  net.run();
  assert.deepEqual(finals, [200]);
  assert.equal(served, 1);
  assert.deepEqual(
    net.log.filter((each) => each.includes('server')),
    ['1510 server 200', '3510 server 200', '7510 server 200'],
  );
  assert.equal(phone.size, 0);
  assert.equal(net.tasks(), 0);
});

test('INVITE, 180, 200, ACK; a 2xx whose ACK is lost comes again', () => {
  const net = createSipNet();
  const acks: string[] = [];
  let lostAcks = 0;
  const invite = requestOf('INVITE', '2');
  const phone = net.end('phone', phonePath, {});
  const server = net.end('server', serverPath, {
    onRequest({ answer }) {
      answer({ status: 180, reason: 'Ringing' });
      const contact = { name: 'Contact', value: '<sip:bert@192.0.2.1:5060>' };
      net.after(1000, () => answer({ status: 200, reason: 'OK', headers: [contact] }));
    },
    onAck: (ack) => acks.push(ack.uri),
  });
  const seen: string[] = [];
  phone.request(invite, serverPath, {
    provisional: ({ status }) => seen.push(String(status)),
    final(response) {
      seen.push(`${response.status} ${headerOf(response, 'to')?.split(';')[1]}`);
      const via = `SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKack${seen.length}`;
      const ack = acknowledgeSuccess(invite, response, via);
      if (lostAcks++ === 0) return;
      net.after(10, () => server.receive(parseSip(serializeSip(ack)), phonePath));
    },
    failed: unexpected,
  });
  net.run();
  assert.deepEqual(seen, ['180', '200 tag=server0', '200 tag=server0']);
  assert.deepEqual(acks, ['sip:bert@192.0.2.1:5060']);
  assert.deepEqual([phone.size, server.size, net.tasks()], [0, 0, 0]);
});

test('a refused INVITE is acknowledged within its transaction', () => {
  const net = createSipNet();
  const phone = net.end('phone', phonePath, {});
  const server = net.end('server', serverPath, {
    onRequest: ({ answer }) => answer({ status: 486, reason: 'Busy Here' }),
    onAck: () => assert.fail('this ACK is nobody else’s'),
  });
  phone.request(requestOf('INVITE', '3'), serverPath, {
    final: ({ status }) => assert.equal(status, 486),
    failed: unexpected,
  });
  net.run(2000);
  assert.deepEqual(net.log, ['0 phone INVITE', '10 server 486', '20 phone ACK']);
  net.run();
  assert.deepEqual([phone.size, server.size, net.tasks()], [0, 0, 0]);
});

test('CANCEL finds its INVITE as long as that has no final answer', () => {
  const net = createSipNet();
  const phone = net.end('phone', phonePath, {});
  net.end('server', serverPath, {
    onRequest({ request, cancels, answer }) {
      if (request.method === 'INVITE') return answer({ status: 180, reason: 'Ringing' });
      answer({ status: cancels ? 200 : 481, reason: 'x' });
      cancels?.answer({ status: 487, reason: 'Request Terminated' });
    },
  });
  const invite = requestOf('INVITE', '4');
  const finals: string[] = [];
  const handler = {
    final: (response: SipResponse) =>
      finals.push(`${response.status} ${headerOf(response, 'cseq')}`),
    failed: unexpected,
  };
  phone.request(invite, serverPath, handler);
  net.run(1000);
  phone.request(cancelRequest(invite), serverPath, handler);
  net.run();
  assert.deepEqual(finals.sort(), ['200 7 CANCEL', '487 7 INVITE']);
  phone.request(cancelRequest(invite), serverPath, handler);
  net.run(200_000);
  assert.equal(finals.at(-1), '481 7 CANCEL');
});

test('the same request by two ways is served once: 482', () => {
  const net = createSipNet();
  const served: ServerTransaction[] = [];
  const server = net.end('server', serverPath, { onRequest: (each) => served.push(each) });
  server.receive(requestOf('NOTIFY', 'a'), phonePath);
  server.receive(requestOf('NOTIFY', 'b'), phonePath);
  assert.equal(served.length, 1);
  assert.deepEqual(net.log, ['0 server 482']);
});

test('a request with credentials is served, though CSeq is the old one', () => {
  const net = createSipNet();
  const server = net.end('server', serverPath, {
    onRequest: ({ request, answer }) =>
      answer({ status: headerOf(request, 'authorization') ? 200 : 401, reason: 'x' }),
  });
  server.receive(requestOf('REGISTER', 'a'), phonePath);
  server.receive(requestOf('REGISTER', 'b', ['Authorization: Digest realm="x"']), phonePath);
  assert.deepEqual(net.log, ['0 server 401', '0 server 200']);
});

test('an INVITE whose answer nobody acknowledges is told', () => {
  const net = createSipNet();
  const lost: string[] = [];
  const server = net.end('server', serverPath, {
    onRequest: ({ answer }) => answer({ status: 200, reason: 'OK' }),
    onAnswerLost: ({ method }, because) => lost.push(`${method} ${because}`),
  });
  server.receive(requestOf('INVITE', 'a'), phonePath);
  net.run();
  assert.deepEqual(lost, ['INVITE timeout']);
  assert.equal(server.size, 0);
});

test('answers go where the Via says: its port, the port asked for by rport, never a broadcast', () => {
  const paths: SipPath[] = [];
  const server = createSipTransactions({
    ...{ timing: usualTiming, after: () => () => undefined, newTag: () => 't' },
    send: (_, path) => paths.push(path),
    onRequest: ({ answer }) => answer({ status: 200, reason: 'OK' }),
  });
  const from: SipPath = { address: '192.0.2.99', port: 40_001, transport: 'UDP' };
  const vias = [
    'SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKa',
    'SIP/2.0/UDP 192.0.2.7:5062;branch=z9hG4bKb',
    'SIP/2.0/UDP 192.0.2.7:5062;rport;branch=z9hG4bKc',
    'SIP/2.0/UDP 192.0.2.7;maddr=192.0.2.55;branch=z9hG4bKd',
    'SIP/2.0/UDP 192.0.2.7;maddr=255.255.255.255;branch=z9hG4bKe',
    'SIP/2.0/UDP desk.example.org:0;received=10.0.0.1;branch=z9hG4bKf',
  ];
  for (const [index, value] of vias.entries())
    server.receive(
      withHeader(requestOf('OPTIONS', 'x', [`Call-ID: ${index}`]), { name: 'Via', value }),
      from,
    );
  assert.deepEqual(
    paths.map(({ address, port }) => `${address}:${port}`),
    ['192.0.2.99:5060', '192.0.2.99:5062', '192.0.2.99:40001', '192.0.2.55:5060'].concat(
      ...['192.0.2.99:40001', '192.0.2.99:5060'],
    ),
  );
  const tcp: SipPath = { ...from, transport: 'TCP' };
  server.receive(requestOf('OPTIONS', 'y', ['Call-ID: tcp']), tcp);
  assert.deepEqual(paths.at(-1), tcp);
});

test('received and rport are written for the server, and come back to the phone', () => {
  const net = createSipNet();
  const phone = net.end('phone', { ...phonePath, port: 5060 }, {});
  net.end('server', serverPath, {
    onRequest: ({ request, answer }) => {
      assert.deepEqual(
        [...parseVia(headersOf(request, 'via')[0] ?? '').parameters],
        [
          ['rport', '5060'],
          ['branch', 'z9hG4bK9'],
          ['received', '192.0.2.7'],
        ],
      );
      answer({ status: 200, reason: 'OK' });
    },
  });
  const request = requestOf('OPTIONS', '9', [
    'Via: SIP/2.0/UDP 10.0.0.1:5099;rport;branch=z9hG4bK9',
  ]);
  let final = '';
  phone.request(request, serverPath, {
    final: (response) => (final = headersOf(response, 'via')[0] ?? ''),
    failed: unexpected,
  });
  net.run();
  assert.equal(final, 'SIP/2.0/UDP 10.0.0.1:5099;rport=5060;branch=z9hG4bK9;received=192.0.2.7');
});

test('too many requests at once are refused without being kept', () => {
  const net = createSipNet();
  const server = net.end('server', serverPath, { mostServed: 1 });
  server.receive(requestOf('OPTIONS', 'a', ['Call-ID: a']), phonePath);
  server.receive(requestOf('OPTIONS', 'b', ['Call-ID: b']), phonePath);
  assert.deepEqual(net.log, ['0 server 503']);
  assert.equal(server.size, 1);
});

test('a path that is gone fails its requests only; closing leaves no timer', () => {
  const net = createSipNet();
  const phone = net.end('phone', phonePath, {});
  const failures: string[] = [];
  const handler = (name: string) => ({
    final: unexpected,
    failed: (because: string) => failures.push(`${name} ${because}`),
  });
  phone.request(requestOf('OPTIONS', 'a'), serverPath, handler('a'));
  phone.request(requestOf('OPTIONS', 'b'), { ...serverPath, port: 5070 }, handler('b'));
  assert.throws(() => phone.request(requestOf('OPTIONS', 'b'), serverPath, handler('c')), /in use/);
  phone.sendFailed(serverPath);
  assert.deepEqual(failures, ['a transport']);
  phone.close();
  net.run(5);
  assert.equal(phone.size, 0);
  net.run();
  assert.deepEqual(failures, ['a transport']);
  assert.equal(net.tasks(), 0);
});

test('a handler may close everything while it is told an answer', () => {
  const net = createSipNet();
  const phone = net.end('phone', phonePath, {});
  net.end('server', serverPath, {
    onRequest: ({ answer }) => answer({ status: 486, reason: 'Busy Here' }),
  });
  phone.request(requestOf('INVITE', 'a'), serverPath, {
    final: () => phone.close(),
    failed: unexpected,
  });
  net.run(20);
  assert.equal(phone.size, 0);
  net.run(30);
  // Timer I of the server is all that is left.
  assert.equal(net.tasks(), 1);
});

test('stray responses are told', () => {
  const strays: number[] = [];
  const phone = createSipTransactions({
    ...{ timing: usualTiming, after: () => () => undefined, newTag: () => 't' },
    ...{ send: () => undefined, onRequest: () => undefined },
    onStrayResponse: ({ status }) => strays.push(status),
  });
  const bytes = wire(['SIP/2.0 200 OK', ...usual('stray', '1 OPTIONS')]);
  phone.receive(parseSip(bytes), serverPath);
  assert.deepEqual(strays, [200]);
});
