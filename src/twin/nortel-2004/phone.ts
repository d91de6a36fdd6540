import type { NortelImageKind } from '../../codec/text/nortel-image-name.ts';
import type { Clock } from '../clock.ts';
import { tftpPort } from '../known-server.ts';
import type { Network } from '../network.ts';
import { type CommonParts, phoneInBoot, type PhoneInBoot } from '../phone-in-boot.ts';
import type { Server } from '../tftp-client.ts';
import type { NortelFaults } from './nortel-faults.ts';
import { kindOf, type NortelMemory } from './nortel-memory.ts';
import { portRange } from './timing.ts';

/** Who sits at the phone. */
export type PhoneUser = {
  /** Presses Config, Display Version and FirmW, as the display shows them, once. */
  readonly press?: 'FirmW';
  /** Logs in to the SIP firmware. */
  readonly login?: { readonly user: string; readonly password: string };
};

/** What outlives a boot, as long as a virtual phone runs. */
export type NortelSession = {
  /** The keys that are still to be pressed, by their labels. */
  wanted: readonly string[];
  /** What ran when the last of them was pressed: the same again, and they are pressed again. */
  pressedWith: string | undefined;
  /** A transfer was broken off by a fault. */
  hasBrokenOff: boolean;
};

export type NortelPhoneParts = CommonParts<NortelMemory> & {
  /** What DHCP would name as TFTP server; undefined when it names none. */
  readonly tftp: Server | undefined;
  readonly network: Network;
  /** From 0 up to 1, as Math.random. */
  readonly random: () => number;
  /** Takes images of unknown layout by their name. */
  readonly trusting: boolean;
  readonly user: PhoneUser;
  readonly session: NortelSession;
};

/** A phone during one boot. */
export type NortelPhone = PhoneInBoot<NortelMemory> & {
  /** Of what runs. */
  readonly running: NortelImageKind;
  readonly around: {
    readonly network: Network;
    readonly clock: Clock;
    readonly random: () => number;
    readonly signal: AbortSignal | undefined;
  };
  readonly parts: NortelPhoneParts;
  readonly faults: NortelFaults;
  /** The TFTP server that it knows now: one that the IP Client Manager named goes before DHCP's. */
  tftp(): Server | undefined;
  /** A source port. */
  newPort(): number;
  /** Whether a fault ends a transfer after so many blocks. */
  breaksOffAfter(blocks: number): boolean;
};

/** The keys that lead to a download: NN42020-202, section 5, step 4. */
export const firmwareKeys = ['Config', 'Display Version', 'FirmW'] as const;

export function newNortelSession(user: PhoneUser, faults: NortelFaults): NortelSession {
  return { wanted: keysOf(user, faults), pressedWith: undefined, hasBrokenOff: false };
}

function keysOf({ press }: PhoneUser, { isNeverPressed }: NortelFaults): readonly string[] {
  return press !== undefined && isNeverPressed !== true ? firmwareKeys : [];
}

export function startPhone(parts: NortelPhoneParts, boot: number): NortelPhone {
  const { network, clock, random, signal, session, hooks } = parts;
  const running = kindOf(parts.memory.read()) ?? 'unistim';
  const faults = hooks.nortel ?? {};
  const { image } = parts.memory.read();
  if (image !== undefined && image === session.pressedWith)
    session.wanted = keysOf(parts.user, faults);
  return {
    ...phoneInBoot(parts, boot, running === 'sip' ? 'SIP' : 'UNIStim'),
    ...{ running, parts, faults },
    around: { network, clock, random, signal },
    tftp: () => knownTftp(parts),
    newPort: () => portRange.first + Math.floor(random() * portRange.count),
    breaksOffAfter(blocks) {
      if (session.hasBrokenOff || blocks !== faults.breaksOffAfter) return false;
      session.hasBrokenOff = true;
      return true;
    },
  };
}

/** A port other than 69 that was named with the address counts; else that of whom DHCP names. */
function knownTftp({ memory, tftp, dhcp }: NortelPhoneParts): Server | undefined {
  const given = dhcp === undefined ? tftp : dhcp.tftp;
  const { tftp: address, tftpPort: port = tftpPort } = memory.read().network;
  if (address === undefined) return given;
  if (port !== tftpPort) return { address, port };
  return { address, port: given?.port ?? dhcp?.tftpPort ?? port };
}
