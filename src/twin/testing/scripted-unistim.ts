import type { Datagram, Endpoint, Network } from '../network.ts';
import type { VirtualClock } from '../virtual-clock.ts';

/**
 * A UNIStim server and its UFTP server, written from the bytes of captures and of Asterisk's channel
 * driver, without the codec that the phone uses: the two share no mistakes.
 */

export type ScriptedOffer = {
  readonly path: string;
  readonly identifier: string;
  /** S1 and others that are named before: hex of `download-server-information`. */
  readonly pointers?: readonly string[];
  /** 0x43 where it is left out: UFTP beside UNIStim, at the port that is named. */
  readonly flags?: number;
  /** Its own address where it is left out. */
  readonly fileServer?: string;
};

export type ScriptedUnistimOptions = {
  readonly network: Network;
  readonly clock: VirtualClock;
  readonly address: string;
  /** Version id that the phone reports, in seven characters, to what is sent at once. */
  readonly offers?: Readonly<Record<string, ScriptedOffer>>;
  /** To what FirmW brings. */
  readonly pressed?: Readonly<Record<string, ScriptedOffer>>;
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** Answers no hello. */
  readonly isLocked?: () => boolean;
  /** Blocks after which UFTP falls silent. */
  readonly silentAfter?: number;
  /** UFTP grants nothing. */
  readonly denies?: boolean;
  /** Commands in hex, sent once the phone has said what it is. */
  readonly greeting?: readonly string[];
};

export type ScriptedUnistim = {
  /** Every datagram of phones at port 5000 in hex. */
  readonly heard: readonly string[];
  /** The same at port 5105. */
  readonly heardByUftp: readonly string[];
  /** Keys that were reported, in hex. */
  readonly keys: readonly string[];
  /** Says this to all phones, commands in hex. */
  say(hex: string): void;
};

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytesOf = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const textHex = (text: string, width: number) => hexOf(Buffer.from(text.padEnd(width), 'latin1'));
const word = (number: number) => number.toString(16).padStart(8, '0');
const byte = (number: number) => number.toString(16).padStart(2, '0');

type Peer = {
  /** Bytes behind the sequence, by sequence. */
  readonly sent: Map<number, string>;
  next: number;
  expected: number;
  firmware: string;
  menu: 'idle' | 'config' | 'version';
};

const againMs = 2000;

/** The server's end of RUDP: answers hellos, acknowledges, sends again what is not acknowledged. */
function reliable(
  endpoint: Endpoint,
  clock: VirtualClock,
  isLocked: () => boolean,
  heard: string[],
  take: (peer: Peer, payload: string, say: (payload: string) => void) => void,
) {
  const peers = new Map<string, { readonly peer: Peer; readonly say: (payload: string) => void }>();

  function start({ address, port }: Datagram) {
    const peer: Peer = { sent: new Map(), next: 1, expected: 0, firmware: '', menu: 'idle' };
    const put = (sequence: number) => {
      const payload = peer.sent.get(sequence);
      if (payload !== undefined) endpoint.send(bytesOf(word(sequence) + payload), address, port);
    };
    const again = (tries: number) => {
      if (tries === 0 || peers.get(`${address}:${port}`)?.peer !== peer) return;
      for (const sequence of peer.sent.keys()) put(sequence);
      if (peer.sent.size > 0) clock.after(againMs, () => again(tries - 1));
    };
    const say = (payload: string) => {
      const isIdle = peer.sent.size === 0;
      peer.sent.set(peer.next, payload);
      put(peer.next++);
      if (isIdle) clock.after(againMs, () => again(30));
    };
    const made = { peer, say, put };
    peers.set(`${address}:${port}`, made);
    return made;
  }

  endpoint.each((datagram) => {
    const hex = hexOf(datagram.bytes);
    heard.push(hex);
    if (isLocked()) return;
    const { address, port } = datagram;
    const key = `${address}:${port}`;
    const control = (payload: string) => endpoint.send(bytesOf(payload), address, port);
    const [sequence, type] = [hex.slice(0, 8), hex.slice(8, 10)];
    if (sequence === 'ffffffff') {
      start(datagram);
      return control('000000000001');
    }
    const known = peers.get(key);
    if (known === undefined) return;
    const { peer, say } = known;
    const number = parseInt(sequence, 16);
    if (type === '01') for (const each of [...peer.sent.keys()]) if (each <= number) peer.sent.delete(each);
    if (type === '00')
      for (const [each, payload] of peer.sent) if (each >= number) control(word(each) + payload);
    if (type !== '02') return;
    if (number > peer.expected) return control(`${word(peer.expected)}0001`);
    control(`${sequence}0101`);
    if (number < peer.expected) return;
    peer.expected++;
    take(peer, hex.slice(10), say);
  });
  return { sayToAll: (payload: string) => peers.forEach(({ say }) => say(payload)) };
}

/** Rows 5 to 14 of the registration, then a menu. */
export async function scriptedUnistim(options: ScriptedUnistimOptions): Promise<ScriptedUnistim> {
  const { network, clock, address, offers = {}, pressed = {}, greeting = [] } = options;
  const heard: string[] = [];
  const heardByUftp: string[] = [];
  const keys: string[] = [];
  const isLocked = options.isLocked ?? (() => false);
  const server = (hex: string) => `0201${hex.replaceAll(' ', '')}`;

  function offer(found: ScriptedOffer | undefined, say: (payload: string) => void): void {
    if (found === undefined) return;
    for (const pointer of found.pointers ?? []) say(server(pointer));
    const names = `${hexOf(Buffer.from(found.path))}00${hexOf(Buffer.from(found.identifier))}00`;
    const ip = (found.fileServer ?? address).split('.').map(Number).map(byte).join('');
    const data = `${byte(found.flags ?? 0x43)}00${names}13f10000${ip}`;
    say(server(`1e${byte(data.length / 2 + 3)}0e${data}`));
  }

  function draw(say: (payload: string) => void, title: string, labels: readonly string[]): void {
    say(server(`17 10 19 02 ${textHex(title, 12)}`));
    for (const at of [0, 1, 2, 3])
      say(server(`17 0b 19 ${byte(0x08 | (at << 5))} ${textHex(labels[at] ?? '', 7)}`));
  }

  const signalling = reliable(
    await network.bind(5000),
    clock,
    isLocked,
    heard,
    (peer, payload, say) => {
      const [type, command] = [payload.slice(0, 2), payload.slice(10)];
      if (type !== '02') return;
      if (command === '9e0308') return say(server('1a 04 01 08'));
      if (command.startsWith('9a0d07')) {
        say(server('1a 07 07 00 00 00 13'));
        say(server('1a 04 01 04'));
        say(server('1a 04 01 10'));
        return say(
          server(
            '11 09 02 0a 09 12 0e 1e 32 17 04 24 07 19 04 07 00 19 05 09 3e 0f 16 05 00 80 00 1e 05 12 00 78',
          ),
        );
      }
      if (command.startsWith('9a0a02')) peer.firmware = bytesOf(command.slice(6)).toString('latin1');
      if (command === '9a040302') {
        draw(say, 'IPCM', ['', 'Config']);
        for (const each of greeting) say(server(each));
        return offer(offers[peer.firmware], say);
      }
      if (!command.startsWith('990400')) return;
      keys.push(command.slice(6));
      if (peer.menu === 'idle' && command === '99040055') {
        peer.menu = 'config';
        return draw(say, 'Config', ['Time', '', 'Version']);
      }
      if (peer.menu === 'config' && command === '99040056') {
        peer.menu = 'version';
        return draw(say, 'Version', ['FirmW', '', '', 'Quit']);
      }
      if (peer.menu === 'version' && command === '99040054') offer(pressed[peer.firmware], say);
    },
  );

  const transfers = new Map<Peer, { blocks: string[]; limit: number; sent: number }>();
  reliable(await network.bind(5105), clock, () => false, heardByUftp, (peer, payload, say) => {
    if (payload.startsWith('0380')) return say(options.denies === true ? '020301' : '020300');
    if (payload.startsWith('0381')) {
      const [size, limit] = [parseInt(payload.slice(4, 8), 16), parseInt(payload.slice(8, 10), 16)];
      const path = bytesOf(payload.slice(10)).toString('latin1').replace(/\0.*$/s, '');
      const file = options.files?.[path];
      if (file === undefined) return say('020301');
      const blocks = Array.from({ length: Math.floor(file.length / size) + 1 }, (_, at) =>
        hexOf(file.subarray(at * size, (at + 1) * size)),
      );
      transfers.set(peer, { blocks, limit, sent: 0 });
    }
    const transfer = transfers.get(peer);
    if (transfer === undefined) return;
    const { blocks, limit } = transfer;
    for (let count = 0; count < limit && transfer.sent < blocks.length; count++) {
      if (transfer.sent >= (options.silentAfter ?? Infinity)) return;
      say(`020302${blocks[transfer.sent++] ?? ''}`);
    }
  });

  return { heard, heardByUftp, keys, say: (hex) => signalling.sayToAll(server(hex)) };
}
