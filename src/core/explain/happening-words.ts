import type { DhcpFacts, FileEnd, Happening } from '../../model/observation.ts';

/** A thing that happened, in one line: what first, then the rest. */
export function happeningWords(happening: Happening): string {
  switch (happening.kind) {
    case 'dhcp':
      return dhcpWords(happening.dhcp);
    case 'file-asked':
      return `asks for ${happening.path}`;
    case 'file-ended':
      return `${endWords(happening.end)} ${happening.path ?? ''}`.trim();
    case 'sip': {
      const { method, status, from, user } = happening;
      const who = user === undefined ? '' : ` of ${user}`;
      return status === undefined
        ? `SIP ${method}${who}${from === 'server' ? ' by the server' : ''}`
        : `SIP ${status} to ${method}${who}`;
    }
    case 'sntp': {
      const { from, server = 'a server' } = happening;
      return from === 'phone' ? `asks ${server} for the time` : 'is told the time';
    }
    case 'unistim':
      return `UNIStim ${happening.from === 'phone' ? '' : 'from the server: '}${happening.text}`;
    case 'address-conflict':
      return `somebody else answers for ${happening.address}`;
    case 'unreachable':
      return `${happening.server}: ${happening.text}`;
    case 'server-note':
      return happening.text;
  }
}

/** The message and what a phone goes by in it. */
function dhcpWords(dhcp: DhcpFacts): string {
  const options = [
    ['by', dhcp.server],
    ['option 150', dhcp.tftpServers?.join(' ')],
    ['option 66', dhcp.tftpServerName],
    ['next-server', dhcp.nextServer],
    ['boot file', dhcp.bootFile],
    ['NTP', dhcp.ntpServers?.join(' ')],
    ['calls itself', dhcp.vendorClass],
  ]
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${name ?? ''} ${value ?? ''}`);
  const first = `DHCP ${dhcp.message}${dhcp.address === undefined ? '' : ` ${dhcp.address}`}`;
  return [first, ...options].join(', ');
}

export function endWords(end: FileEnd): string {
  switch (end.kind) {
    case 'sent':
      return 'sent';
    case 'error':
      return end.code === 1 || end.code === 404 ? 'missing' : `error ${end.code}`;
    case 'timed-out':
    case 'aborted':
      return end.kind;
  }
}
