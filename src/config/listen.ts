import { isIPv4 } from 'node:net';
import { AppError } from '../errors.ts';

/** `host` is an IPv4 address or `localhost`; port 0 lets the system choose. */
export type Listen = { readonly host: string; readonly port: number };
export type DhcpListen = Listen | { readonly interface: string };

/** Why a text could not be read. */
export type Problem = { readonly problem: string };

/** Reads `HOST:PORT`; `what` names the flag in the AppError `wrong-usage`. */
export function parseListen(what: string, text: string): Listen {
  return orWrongUsage(what, readListen(text));
}

/** Reads `HOST:PORT` or the name of a network interface; else as `parseListen`. */
export function parseDhcpListen(what: string, text: string): DhcpListen {
  return orWrongUsage(what, readDhcpListen(text));
}

function orWrongUsage<T extends object>(what: string, read: T | Problem): T {
  if ('problem' in read) throw new AppError('wrong-usage', `${what}: ${read.problem}`);
  return read;
}

const form = 'expected HOST:PORT, for example 127.0.0.1:6969 or 0.0.0.0:69';

export function readListen(text: string): Listen | Problem {
  const colon = text.lastIndexOf(':');
  if (colon < 0) return { problem: `"${text}" is not an address with a port: ${form}` };
  const host = text.slice(0, colon);
  const port = text.slice(colon + 1);
  if (host.includes(':'))
    return { problem: `"${text}" has more than one colon (IPv6 is not served): ${form}` };
  if (host !== 'localhost' && !isIPv4(host))
    return { problem: `host "${host}" is neither an IPv4 address nor localhost: ${form}` };
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    return { problem: `port "${port}" is not a number from 0 to 65535: ${form}` };
  return { host, port: Number(port) };
}

/** Linux allows 15 characters in the name of an interface. */
const interfaceName = /^(?=.*[a-z])[a-z0-9_.-]{1,15}$/i;

export function readDhcpListen(text: string): DhcpListen | Problem {
  if (interfaceName.test(text) && text !== 'localhost') return { interface: text };
  const read = readListen(text);
  return 'problem' in read ? { problem: `${read.problem}, or an interface such as eth0` } : read;
}
