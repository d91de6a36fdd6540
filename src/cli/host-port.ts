import { AppError } from '../errors.ts';

export type HostPort = { readonly address: string; readonly port: number };

/** Reads the `HOST:PORT` of a flag. */
export function hostPort(flag: string, text: string): HostPort {
  const match = /^(?<address>[^:]+):(?<port>\d{1,5})$/.exec(text);
  const port = Number(match?.groups?.port);
  if (match?.groups?.address !== undefined && port > 0 && port <= 65_535)
    return { address: match.groups.address, port };
  throw new AppError(
    'wrong-usage',
    `${flag} "${text}": write it as HOST:PORT, e.g. 127.0.0.1:6969`,
  );
}
