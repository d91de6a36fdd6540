import type { HandedSocket } from './handed-sockets.ts';
import { interfaceAddress, interfaceOf } from './interface-address.ts';
import type { Interfaces } from './interface-address.ts';
import { DhcpListenError } from './listen-error.ts';

/** An interface, port 67; or an address and a port, 0 for any that is free. */
export type DhcpListen =
  { readonly interface: string } | { readonly host: string; readonly port: number };

/** Which sockets serve. */
export type Place = {
  /** The server's address there. */
  readonly address: string;
  readonly port: number;
  readonly interfaceName?: string;
  /**
   * `handed`: one that systemd bound to the interface. `pair`: one at the address, and one that hears
   * broadcasts, of whatever interface. `single`: one at the address, which hears no broadcast.
   */
  readonly sockets:
    { readonly kind: 'handed'; readonly fd: number } | { readonly kind: 'pair' | 'single' };
};

/** RFC 2131 section 4.1 */
const serverPort = 67;

/** Throws DhcpListenError. */
export function placeOf(
  listen: DhcpListen,
  handed: readonly HandedSocket[],
  interfaces: Interfaces,
): Place {
  if ('interface' in listen) return atInterface(listen.interface, handed, interfaces);
  const { host, port } = listen;
  if (host === '0.0.0.0') return atOnlyInterface(port, interfaces);
  const address = host === 'localhost' ? '127.0.0.1' : host;
  const interfaceName = interfaceOf(address, interfaces);
  const named = interfaceName === undefined ? {} : { interfaceName };
  return { address, port, ...named, sockets: { kind: 'single' } };
}

function atInterface(name: string, handed: readonly HandedSocket[], interfaces: Interfaces): Place {
  const address = interfaceAddress(name, interfaces);
  if (address === undefined) throw noAddress(name, interfaces);
  const place = { address, port: serverPort, interfaceName: name };
  if (handed.length === 0) return { ...place, sockets: { kind: 'pair' } };
  const socket = handed.find((each) => each.name === name);
  if (socket) return { ...place, sockets: { kind: 'handed', fd: socket.fd } };
  const names = handed.map((each) => `"${each.name}"`).join(', ');
  const text = `systemd handed over ${names}, but no socket for ${name}: its .socket unit needs BindToDevice=${name} and FileDescriptorName=${name}`;
  throw new DhcpListenError('no-socket', text);
}

function noAddress(name: string, interfaces: Interfaces): DhcpListenError {
  const known = Object.keys(interfaces).filter((each) => interfaceAddress(each, interfaces));
  const others = known.length > 0 ? `; those with one are ${known.join(', ')}` : '';
  if (interfaces[name])
    return new DhcpListenError(
      'no-address',
      `interface ${name} has no IPv4 address, and a DHCP server needs one${others}`,
    );
  return new DhcpListenError(
    'no-interface',
    `there is no interface ${name} that is up and has an address${others}`,
  );
}

function atOnlyInterface(port: number, interfaces: Interfaces): Place {
  const names = Object.keys(interfaces).filter((name) =>
    interfaces[name]?.some(({ family, internal }) => family === 'IPv4' && !internal),
  );
  const [name, ...more] = names;
  if (name !== undefined && more.length === 0) {
    const address = interfaceAddress(name, interfaces) ?? '';
    return { address, port, interfaceName: name, sockets: { kind: 'pair' } };
  }
  const found = name === undefined ? 'none that has an address' : names.join(', ');
  throw new DhcpListenError(
    'no-single-interface',
    `DHCP is served on one interface, and 0.0.0.0 does not say which: name it, there is ${found}`,
  );
}
