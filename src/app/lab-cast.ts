import type { PhoneFamily } from '../model/family.ts';
import type { Mac } from '../wire/mac.ts';

/** A virtual phone of the lab: what it starts on and what it should end on. */
export type LabPhone = {
  readonly mac: Mac;
  readonly model: string;
  /** Where it has no DHCP server, its own loopback address: phones on one computer stay apart. */
  readonly address: string;
  /** Where it speaks to a DHCP server from. */
  readonly relay: string;
  readonly starts: string;
  readonly wanted: string;
  readonly story: string;
  /** Speaks UNIStim at first: somebody presses FirmW, and then logs in. */
  readonly unistim?: true;
};

type Role = Pick<LabPhone, 'model' | 'starts' | 'wanted' | 'story' | 'unistim'>;

/** One of each kind of journey; more phones repeat them. */
const roles: readonly Role[] = [
  {
    model: '7960',
    starts: 'P00303020600',
    wanted: 'P0S3-08-12-00',
    story: 'an old call-manager phone becomes a SIP phone',
  },
  {
    model: '7940',
    starts: 'P0S3-04-4-00',
    wanted: 'P0S3-08-12-00',
    story: 'SIP 4.4 reaches 8.12 by way of 6.3',
  },
  {
    model: '7960',
    starts: 'P0S30200',
    wanted: 'P0S3-08-12-00',
    story: 'SIP 2.0 learns long file names first, then 6.3, then 8.12',
  },
  {
    model: '7940',
    starts: 'P0S3-07-5-00',
    wanted: 'P00308000900',
    story: 'a SIP phone goes back to the call manager',
  },
  {
    model: '2004',
    starts: '0604D98',
    wanted: '0692D93c08',
    story: 'a UNIStim phone becomes a SIP phone once somebody has pressed FirmW',
    unistim: true,
  },
];

const mostPhones = 250;

export function labCast(count: number): readonly LabPhone[] {
  return Array.from({ length: Math.min(count, mostPhones) }, (_, index) => {
    const role = roles[index % roles.length] as Role;
    const mac = `0200000000${(index + 1).toString(16).padStart(2, '0').toUpperCase()}` as Mac;
    return { ...role, mac, address: `127.7.9.${index + 1}`, relay: `127.7.10.${index + 1}` };
  });
}

export function familyOf(families: readonly PhoneFamily[], { model }: LabPhone): PhoneFamily {
  const family = families.find(({ models }) => models.some(({ name }) => name === model));
  if (!family) throw new TypeError(`no family has model ${model}`);
  return family;
}
