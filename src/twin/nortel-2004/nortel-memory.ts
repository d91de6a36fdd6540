import {
  type NortelImageKind,
  type NortelImageName,
  parseNortelImageName,
} from '../../codec/text/nortel-image-name.ts';
import { CodecError } from '../../wire/codec-error.ts';
import type { Memory } from '../memory.ts';

/** One of the servers that the phone is provisioned with: S1, S2, … */
export type KeptServer = {
  readonly address: string;
  readonly port: number;
  /** 1 is UNIStim, 7 SIP. */
  readonly action: number;
  /** Attempts before the next server. */
  readonly retries: number;
};

/** By name: S1 and S2 are those that the phone registers with, S3 its TFTP and S4 its DNS server. */
export type KeptServers = Readonly<Record<string, KeptServer>>;

export type KeptLanguage = {
  readonly file: string;
  /** Milliseconds since the epoch; undefined for a file that does not say it. */
  readonly writtenAt?: number | undefined;
  /** SHA-256 of the file, in hex. */
  readonly digest: string;
};

/** What belongs to somebody who logs in. */
export type KeptProfile = { readonly voiceMail: string };

/** What an IP Phone 2004 keeps without power. */
export type NortelMemory = {
  /** Version id: `0604D98`, `CT12D97`, `0692D93c08`; none where the flash holds nothing that runs. */
  readonly image?: string;
  /** The transitional firmware has been there, so that a SIP image can be written safely. */
  readonly isReliable: boolean;
  readonly servers: KeptServers;
  /** Named for the SIP image that is on its way; they count from when it is stored. */
  readonly awaited: KeptServers;
  /** Set at the phone or by the IP Client Manager. */
  readonly network: { readonly tftp?: string; readonly tftpPort?: number };
  /** Versions of what was fetched by TFTP. */
  readonly cached: {
    readonly deviceConfig?: string;
    readonly firmware?: string;
    readonly language?: KeptLanguage;
  };
  /** From `2004sysConfig.dat`, by keyword in upper case. */
  readonly settings: Readonly<Record<string, string>>;
  /** The idle banner, which the user may have changed. */
  readonly banner?: string;
  /** By user id. */
  readonly profiles: Readonly<Record<string, KeptProfile>>;
};

export type NortelFlash = Memory<NortelMemory>;

const empty = {
  servers: {},
  awaited: {},
  network: {},
  cached: {},
  settings: {},
  profiles: {},
} as const;

/**
 * A phone with this image, as if just unpacked. A file's name without its suffix stands for the image.
 * Throws a CodecError for what is no image of the 2004.
 */
export function memoryWithImage(text: string): NortelMemory {
  const name = imageOf2004(text);
  if (name === undefined)
    throw new CodecError({
      field: 'image name',
      offset: 0,
      claimed: 'an image of the 2004, as 0604D98, CT12D97 or 0692D93c08',
      actual: text,
    });
  const isReliable = name.kind !== 'unistim';
  const firmware = name.kind === 'sip' && { firmware: name.canonical };
  return { ...empty, image: name.canonical, isReliable, cached: { ...firmware } };
}

export function imageOf2004(text: string): NortelImageName | undefined {
  const name = parseNortelImageName(text);
  return name?.phones.includes('2004') === true ? name : undefined;
}

/** Undefined where nothing runs. */
export function kindOf({ image }: NortelMemory): NortelImageKind | undefined {
  return image === undefined ? undefined : imageOf2004(image)?.kind;
}

export const unistimAction = 1;
export const sipAction = 7;
export const sipPort = 5060;

/**
 * With another image. A SIP image sets the port of S1 and S2 to 5060 and their action to 7, unless
 * servers were named for it; UNIStim firmware leaves them as they are: NN42020-202, sections 5 and 6.
 * That it needs the transitional firmware again from then on is said there too.
 */
export function withImage(
  memory: NortelMemory,
  name: NortelImageName,
  version: string,
): NortelMemory {
  const cached = { ...memory.cached, firmware: version };
  const stored = { ...memory, image: name.canonical, cached };
  if (name.kind !== 'sip') return { ...stored, isReliable: name.kind === 'transitional' };
  const servers = { ...asSip(memory.servers), ...memory.awaited };
  return { ...stored, isReliable: true, servers, awaited: {} };
}

function asSip(servers: KeptServers): KeptServers {
  const entries = Object.entries(servers).map(([name, server]) =>
    server.action === unistimAction
      ? [name, { ...server, port: sipPort, action: sipAction }]
      : [name, server],
  );
  return Object.fromEntries(entries) as KeptServers;
}

/** A server that an address was given for. */
export function serverNamed({ servers }: NortelMemory, name: string): KeptServer | undefined {
  const server = servers[name];
  return server === undefined || server.address === '0.0.0.0' ? undefined : server;
}
