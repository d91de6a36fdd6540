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
  /** The same outside of the order, with sequence 0xffffffff. */
  failOver(hex: string): void;
};

const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const bytesOf = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');
const textHex = (text: string, width: number) => hexOf(Buffer.from(text.padEnd(width), 'latin1'));
const word = (number: number) => number.toString(16).padStart(8, '0');
const byte = (number: number) => number.toString(16).padStart(2, '0');

type Say = (payload: string) => void;

type Peer = {
  /** Bytes behind the sequence, by sequence. */
  readonly sent: Map<number, string>;
  next: number;
  expected: number;
  firmware: string;
  menu: 'idle' | 'config' | 'version';
};

const againMs = 2000;

type Known = { readonly peer: Peer; readonly say: Say };

/** What is said to one phone, again and again until it is acknowledged. */
function speaker(endpoint: Endpoint, clock: VirtualClock, { address, port }: Datagram): Known {
  const peer: Peer = { sent: new Map(), next: 1, expected: 0, firmware: '', menu: 'idle' };
  const put = (sequence: number) => {
    const payload = peer.sent.get(sequence);
    if (payload !== undefined) endpoint.send(bytesOf(word(sequence) + payload), address, port);
  };
  const again = (tries: number) => {
    for (const sequence of peer.sent.keys()) put(sequence);
    if (peer.sent.size > 0 && tries > 0) clock.after(againMs, () => again(tries - 1));
  };
  const say = (payload: string) => {
    const isIdle = peer.sent.size === 0;
    peer.sent.set(peer.next, payload);
    put(peer.next++);
    if (isIdle) clock.after(againMs, () => again(30));
  };
  return { peer, say };
}

/** The server's end of RUDP: answers hellos, acknowledges, sends again what is not acknowledged. */
function reliable(
  endpoint: Endpoint,
  clock: VirtualClock,
  isLocked: () => boolean,
  heard: string[],
  take: (peer: Peer, payload: string, say: Say) => void,
) {
  const peers = new Map<string, Known>();

  endpoint.each((datagram) => {
    const hex = hexOf(datagram.bytes);
    heard.push(hex);
    if (isLocked()) return;
    const { address, port } = datagram;
    const key = `${address}:${port}`;
    const control = (payload: string) => endpoint.send(bytesOf(payload), address, port);
    const [sequence, type] = [hex.slice(0, 8), hex.slice(8, 10)];
    if (sequence === 'ffffffff') {
      peers.get(key)?.peer.sent.clear();
      peers.set(key, speaker(endpoint, clock, datagram));
      return control('000000000001');
    }
    const known = peers.get(key);
    if (known === undefined) return;
    const { peer, say } = known;
    const number = parseInt(sequence, 16);
    if (type === '01')
      for (const each of [...peer.sent.keys()]) if (each <= number) peer.sent.delete(each);
    if (type === '00')
      for (const [each, payload] of peer.sent) if (each >= number) control(word(each) + payload);
    if (type !== '02') return;
    if (number > peer.expected) return control(`${word(peer.expected)}0001`);
    control(`${sequence}0101`);
    if (number < peer.expected) return;
    peer.expected++;
    take(peer, hex.slice(10), say);
  });
  return {
    sayToAll: (payload: string) => peers.forEach(({ say }) => say(payload)),
    resetAll(payload: string) {
      for (const key of peers.keys()) {
        const [address = '', port = ''] = key.split(':');
        endpoint.send(bytesOf(`ffffffff${payload}`), address, Number(port));
      }
    },
  };
}

const fromServer = (hex: string) => `0201${hex.replaceAll(' ', '')}`;

/** Download Software Upgrade, and the servers before it. */
function offering(address: string, found: ScriptedOffer | undefined, say: Say): void {
  if (found === undefined) return;
  for (const pointer of found.pointers ?? []) say(fromServer(pointer));
  const names = `${hexOf(Buffer.from(found.path))}00${hexOf(Buffer.from(found.identifier))}00`;
  const ip = (found.fileServer ?? address).split('.').map(Number).map(byte).join('');
  const data = `${byte(found.flags ?? 0x43)}00${names}13f10000${ip}`;
  say(fromServer(`1e${byte(data.length / 2 + 3)}0e${data}`));
}

function draw(say: Say, title: string, labels: readonly string[]): void {
  say(fromServer(`17 10 19 02 ${textHex(title, 12)}`));
  for (const at of [0, 1, 2, 3])
    say(fromServer(`17 0b 19 ${byte(0x08 | (at << 5))} ${textHex(labels[at] ?? '', 7)}`));
}

/** Rows 9 to 12 of the registration. */
const whoAreYou = [
  ...['1a 07 07 00 00 00 13', '1a 04 01 04', '1a 04 01 10'],
  '11 09 02 0a 09 12 0e 1e 32 17 04 24 07 19 04 07 00 19 05 09 3e 0f 16 05 00 80 00 1e 05 12 00 78',
];

/** Rows 5 to 14 of the registration, then a menu. */
function signalling(options: ScriptedUnistimOptions, keys: string[]) {
  const { address, offers = {}, pressed = {}, greeting = [] } = options;
  return (peer: Peer, payload: string, say: Say): void => {
    const [type, command] = [payload.slice(0, 2), payload.slice(10)];
    if (type !== '02') return;
    if (command === '9e0308') say(fromServer('1a 04 01 08'));
    else if (command.startsWith('9a0d07')) for (const each of whoAreYou) say(fromServer(each));
    else if (command.startsWith('9a0a02'))
      peer.firmware = bytesOf(command.slice(6)).toString('latin1');
    else if (command === '9a040302') {
      draw(say, 'IPCM', ['', 'Config']);
      for (const each of greeting) say(fromServer(each));
      offering(address, offers[peer.firmware], say);
    } else if (command.startsWith('990400')) {
      keys.push(command.slice(6));
      const next = menus[peer.menu + command.slice(6)];
      if (next === 'offer') return offering(address, pressed[peer.firmware], say);
      if (next === undefined) return;
      peer.menu = next.menu;
      draw(say, next.menu, next.labels);
    }
  };
}

type Screen = { readonly menu: Peer['menu']; readonly labels: readonly string[] };

/** What a key comes to, by the menu that it was pressed in. */
const menus: Readonly<Record<string, Screen | 'offer'>> = {
  idle55: { menu: 'config', labels: ['Time', '', 'Version'] },
  config56: { menu: 'version', labels: ['FirmW', '', '', 'Quit'] },
  version54: 'offer',
};

type Transfer = { readonly blocks: readonly string[]; readonly limit: number; sent: number };

/** Grants, then sends as many blocks as the phone wants at a time; the last one is shorter. */
function transferring({
  files = {},
  denies = false,
  silentAfter = Infinity,
}: ScriptedUnistimOptions) {
  const transfers = new Map<Peer, Transfer>();

  function started(payload: string): Transfer | undefined {
    const [size, limit] = [parseInt(payload.slice(4, 8), 16), parseInt(payload.slice(8, 10), 16)];
    const path = bytesOf(payload.slice(10)).toString('latin1').replace(/\0.*$/s, '');
    const file = files[path];
    if (file === undefined) return undefined;
    const blocks = Array.from({ length: Math.floor(file.length / size) + 1 }, (_, at) =>
      hexOf(file.subarray(at * size, (at + 1) * size)),
    );
    return { blocks, limit, sent: 0 };
  }

  return (peer: Peer, payload: string, say: Say): void => {
    if (payload.startsWith('0380')) return say(denies ? '020301' : '020300');
    const transfer = payload.startsWith('0381') ? started(payload) : transfers.get(peer);
    if (transfer === undefined) return say('020301');
    transfers.set(peer, transfer);
    const until = Math.min(transfer.sent + transfer.limit, transfer.blocks.length, silentAfter);
    while (transfer.sent < until) say(`020302${transfer.blocks[transfer.sent++] ?? ''}`);
  };
}

export async function scriptedUnistim(options: ScriptedUnistimOptions): Promise<ScriptedUnistim> {
  const { network, clock, isLocked = () => false } = options;
  const heard: string[] = [];
  const heardByUftp: string[] = [];
  const keys: string[] = [];
  const [one, other] = [await network.bind(5000), await network.bind(5105)];
  const { sayToAll, resetAll } = reliable(one, clock, isLocked, heard, signalling(options, keys));
  reliable(other, clock, () => false, heardByUftp, transferring(options));
  return {
    heard,
    heardByUftp,
    keys,
    say: (hex) => sayToAll(fromServer(hex)),
    failOver: (hex) => resetAll(fromServer(hex)),
  };
}
