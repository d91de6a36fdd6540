// The thread that has the sockets: it hears and sends, and does nothing that takes time.
import { parentPort, workerData } from 'node:worker_threads';
import { formatIPv4, ipv4Number } from '../../wire/ipv4.ts';
import { AnswerPace } from './answer-pace.ts';
import { DatagramRing, type Datagram } from './datagram-ring.ts';
import { messageOf } from './problem.ts';
import { RingPutter, RingTaker } from './ring-ends.ts';
import { faultOf } from './socket-fault.ts';
import type { FromSockets, SocketWorkerData, ToSockets } from './socket-messages.ts';
import { DhcpSockets } from './sockets.ts';

function post(message: FromSockets): void {
  parentPort?.postMessage(message);
}

async function serve({ place, received, sending }: SocketWorkerData): Promise<void> {
  const putter = new RingPutter(new DatagramRing(received), () => post({ kind: 'wake' }));
  const sockets = await DhcpSockets.open(place, {
    // What finds no room is lost as in a full socket: its client asks again.
    onDatagram: (bytes, { address, port }) => void putter.put(bytes, ipv4Number(address), port),
    onError: (error) => post({ kind: 'error', text: messageOf(error) }),
  });
  const send = ({ bytes, address, port }: Datagram) => {
    const to = { address: formatIPv4(address), port };
    sockets.send(bytes, port, to.address, (error) =>
      post({ kind: 'not-sent', to, text: messageOf(error) }),
    );
  };
  // All answers of a transaction at once would overrun the buffers of a relay agent.
  const pace = new AnswerPace(() => performance.now());
  const taker = new RingTaker(new DatagramRing(sending), send, pace);
  parentPort?.on('message', ({ kind }: ToSockets) => {
    if (kind === 'wake') return taker.woken();
    taker.takeAll();
    void sockets.close().then(() => parentPort?.close());
  });
  taker.woken();
  post({ kind: 'listening', port: sockets.port });
}

serve(workerData as SocketWorkerData).catch((error: unknown) => {
  post({ kind: 'not-listening', fault: faultOf(error) });
});
