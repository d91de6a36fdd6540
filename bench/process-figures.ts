import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

export type ProcessFigures = {
  /** With those of children that have ended. */
  readonly cpuSeconds: number;
  /** The most that it ever had in memory. */
  readonly mostBytes: number;
};

/** What the kernel counts in the network namespace of a process. */
export type UdpFigures = {
  readonly received: number;
  /** Datagrams for which a socket had no room. */
  readonly overflows: number;
};

/** Of the kernel's clock in a second; undefined where there is no /proc. */
export function clockTicks(): number | undefined {
  if (!existsSync('/proc/self/stat')) return undefined;
  return Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
}

/** Linux only: proc_pid_stat(5), proc_pid_status(5). */
export function processFigures(pid: number): ProcessFigures {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The name, which may hold anything, ends with the last bracket; user time is field 14.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0);
  const status = readFileSync(`/proc/${pid}/status`, 'latin1');
  const [, kilobytes = '0'] = /^VmHWM:\s+(\d+) kB/m.exec(status) ?? [];
  return { cpuSeconds: ticks / (clockTicks() ?? 100), mostBytes: Number(kilobytes) * 1024 };
}

export function udpFigures(pid: number): UdpFigures {
  const rows = readFileSync(`/proc/${pid}/net/snmp`, 'latin1').split('\n');
  const [names = [], values = []] = rows
    .filter((row) => row.startsWith('Udp:'))
    .map((row) => row.split(' '));
  const of = (name: string) => Number(values[names.indexOf(name)] ?? 0);
  return { received: of('InDatagrams'), overflows: of('RcvbufErrors') };
}
