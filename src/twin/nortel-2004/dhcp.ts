import { numberOption, textOption } from '../../codec/dhcp/dhcp-fields.ts';
import { dhcpOption, type DhcpMessage } from '../../codec/dhcp/dhcp-message.ts';
import { parseNortelServers } from '../../codec/dhcp/nortel-servers.ts';
import { parseSuboptions } from '../../codec/dhcp/suboptions.ts';
import { CodecError } from '../../wire/codec-error.ts';
import { latin1 } from '../../wire/reader.ts';
import type { DhcpSpeech } from '../dhcp/dhcp-speech.ts';
import type { KeptServer, KeptServers, NortelMemory } from './nortel-memory.ts';
import { kindOf } from './nortel-memory.ts';
import { usualRetries } from './timing.ts';

/** Where a site may have the string beside option 43: IP Phones Fundamentals, DHCP configuration. */
const siteOptions = [
  128, 131, 144, 157, 188, 191, 205, 219, 223, 224, 227, 230, 232, 235, 238, 241, 244, 247, 249,
  251, 254,
] as const;

/** Inside option 43. */
const suboptions: readonly number[] = [0x80, 0x90, 0x9d, 0xbf, 0xfb];

const asksFor = [1, 3, 6, 15, 51, 58, 59, 66, 43, ...siteOptions] as const;
/** Our assumption, as how it waits. */
const messageLength = 548;
const waits = [4_000, 8_000, 16_000] as const;
const rounds = 3;

/**
 * How the phone speaks DHCP. UNIStim firmware takes no offer without router, mask and the Nortel
 * string: IP Phones Fundamentals. What a SIP load of the 2004 sends as option 60 is our assumption:
 * that of the 1100 series. `setByHand`: S1 was entered at the phone, which needs no string then.
 */
export function dhcpSpeech(memory: NortelMemory, setByHand: boolean): DhcpSpeech {
  const common = { asksFor, messageLength, waits, rounds };
  const sources = { tftpFrom: ['option-66', 'siaddr'] as const };
  if (kindOf(memory) === 'sip') return { ...common, ...sources, vendorClass: 'Nortel-SIP-Phone-A' };
  return {
    ...{ ...common, ...sources, vendorClass: 'Nortel-i2004-A' },
    objection: (offer) => objectionTo(offer, setByHand),
  };
}

function objectionTo(offer: DhcpMessage, setByHand: boolean): string | undefined {
  if (numberOption(offer, 1) === undefined) return 'it has no subnet mask (option 1)';
  if (dhcpOption(offer, 3) === undefined) return 'it has no router (option 3)';
  if (setByHand || serversIn(offer) !== undefined) return undefined;
  return 'it has no Nortel-i2004-A string in option 43 or a site option';
}

/** The last readable string counts; undefined where there is none. */
export function serversIn(message: DhcpMessage): KeptServers | undefined {
  const texts = [
    ...vendorTexts(message),
    ...siteOptions.flatMap((code) => textOption(message, code) ?? []),
  ];
  return texts.map(readServers).findLast((found) => found !== undefined);
}

function vendorTexts(message: DhcpMessage): readonly string[] {
  const bytes = dhcpOption(message, 43);
  if (bytes === undefined) return [];
  return (
    orUndefined(() =>
      parseSuboptions(bytes, 'option 43', true)
        .filter(({ code }) => suboptions.includes(code))
        .map((each) => latin1(each.bytes)),
    ) ?? []
  );
}

function readServers(text: string): KeptServers | undefined {
  const parsed = orUndefined(() => parseNortelServers(text));
  if (parsed?.prefix !== 'Nortel-i2004-A') return undefined;
  const [s1, s2] = parsed.servers;
  const kept = (server: typeof s1): KeptServer | undefined =>
    server && {
      address: server.address,
      port: server.port,
      action: server.action ?? 1,
      retries: server.retries ?? usualRetries,
    };
  const [first, second] = [kept(s1), kept(s2)];
  return { ...(first && { S1: first }), ...(second && { S2: second }) };
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}
