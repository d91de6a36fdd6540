import type { LabRun } from './lab-run.ts';

/** `TFTP on 127.0.0.1:6969, DHCP on 127.0.0.1:40123` */
export function serversOf({ listen }: LabRun): string {
  const names = {
    tftp: 'TFTP',
    dhcp: 'DHCP',
    sntp: 'SNTP',
    sip: 'SIP',
    unistim: 'UNIStim',
    files: 'HTTP',
  };
  return Object.entries(names)
    .flatMap(([name, shown]) => (listen[name] === undefined ? [] : `${shown} on ${listen[name]}`))
    .join(', ');
}
