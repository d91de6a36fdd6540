import type {
  TwinDhcpMessage,
  TwinEnd,
  TwinLine,
  TwinRegistration,
  TwinSipMessage,
  TwinTime,
  TwinUnistim,
} from './twin-events.ts';

const repeatable: readonly string[] = ['request', 'dhcp', 'sip', 'unistim'];

/** What a virtual phone does, for people. A request that it repeats is counted, not repeated. */
export function twinLines(): (line: TwinLine) => readonly string[] {
  let last = '';
  let again = 0;
  return (line) => {
    const text = twinWords(line);
    if (repeatable.includes(line.event) && text === last) {
      again++;
      return [];
    }
    const counted =
      again === 0 ? [] : [`           and ${again} ${again === 1 ? 'time' : 'times'} more`];
    last = text;
    again = 0;
    return [...counted, text];
  };
}

export function twinWords(line: TwinLine): string {
  switch (line.event) {
    case 'request':
      return `  ${line.outcome.padEnd(8)} ${line.path}${wayOf(line.protocol)}`;
    case 'time':
      return timeWords(line);
    case 'dhcp':
      return dhcpWords(line);
    case 'end':
      return endWords(line);
    case 'sip':
      return sipWords(line);
    case 'registration':
      return registrationWords(line);
    case 'unistim':
      return unistimWords(line);
    case 'call':
      return `call: ${line.state} on line ${line.line}, from ${line.caller}${inBrackets(line.because)}`;
    case 'restart':
    case 'display':
    case 'stage':
    case 'flash':
    case 'reboot':
    case 'refused':
      return `${line.event}: ${line.text}`;
  }
}

/** TFTP is not said. */
function wayOf(protocol: string | undefined): string {
  return protocol === undefined ? '' : ` by ${protocol.toUpperCase()}`;
}

function unistimWords({ from, peer, text }: TwinUnistim): string {
  const isPhone = from === 'phone';
  return `  ${(isPhone ? 'says' : 'hears').padEnd(8)} UNIStim: ${text} ${isPhone ? 'to' : 'from'} ${peer}`;
}

function timeWords({ server, outcome, because }: TwinTime): string {
  const why = because === undefined ? '' : `: ${because}`;
  if (outcome === 'set') return `time: set by ${server}`;
  return `time: ${outcome === 'silent' ? `no answer of ${server}` : `refused by ${server}`}${why}`;
}

function dhcpWords(line: TwinDhcpMessage): string {
  const { message, from, server, address, tftp, tftpFrom, because } = line;
  const words = [
    `  ${from === 'phone' ? 'asks' : 'hears'}`.padEnd(10),
    `DHCP ${message}`,
    ...(address === undefined ? [] : [address]),
    ...(server === undefined ? [] : [`${from === 'phone' ? 'of' : 'from'} ${server}`]),
    ...(tftp === undefined ? [] : [`with TFTP server ${tftp} (${tftpFrom ?? ''})`]),
    ...(because === undefined ? [] : [`(${because})`]),
  ];
  return words.join(' ');
}

function inBrackets(text: string | undefined): string {
  return text === undefined ? '' : ` (${text})`;
}

function sipWords({ from, peer, method, status, reason, package: event }: TwinSipMessage): string {
  const what = status === undefined ? method : `${status} ${reason ?? ''} to ${method}`;
  const about = event === undefined ? '' : ` ${event}`;
  const way = from === 'phone' ? `sends`.padEnd(8) : 'hears'.padEnd(8);
  return `  ${way} SIP ${what}${about} ${from === 'phone' ? 'to' : 'from'} ${peer}`;
}

function registrationWords({ line, state, peer, expires, because }: TwinRegistration): string {
  const where = peer === undefined ? '' : ` at ${peer}`;
  const long = expires === undefined ? '' : ` for ${expires} s`;
  return `line ${line}: ${state}${where}${long}${inBrackets(because)}`;
}

function endWords(end: TwinEnd): string {
  const { state, because, display, protocol, image, loader, boots } = end;
  const why = inBrackets(because);
  const runs = image === '' ? 'no application' : `${protocol} ${image}`;
  const with_ = loader === '' ? '' : `, loader ${loader}`;
  const count = `${boots} ${boots === 1 ? 'boot' : 'boots'}`;
  return `${state}${why} with ${runs}${with_}, after ${count}; the display says "${display}"`;
}
