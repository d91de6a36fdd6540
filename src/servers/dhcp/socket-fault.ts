import { DhcpListenError } from './listen-error.ts';
import { messageOf } from '../message-of.ts';
import type { Fault } from './socket-messages.ts';

const systemFields = ['code', 'errno', 'syscall', 'address', 'port'] as const;

export function faultOf(error: unknown): Fault {
  const message = messageOf(error);
  if (error instanceof DhcpListenError) return { message, listenCode: error.code, system: {} };
  const fields = new Map<string, unknown>(error instanceof Error ? Object.entries(error) : []);
  const system: Record<string, string | number> = {};
  for (const name of systemFields) {
    const value = fields.get(name);
    if (typeof value === 'string' || typeof value === 'number') system[name] = value;
  }
  return { message, system };
}

export function errorOf({ message, listenCode, system }: Fault): Error {
  if (listenCode !== undefined) return new DhcpListenError(listenCode, message);
  return Object.assign(new Error(message), system);
}
