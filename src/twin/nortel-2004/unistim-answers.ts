import type { UnistimCommand } from '../../codec/unistim/unistim-command.ts';
import type { Mac } from '../../wire/mac.ts';
import type { KeptServers, NortelMemory } from './nortel-memory.ts';

/** Of the IP Phone 2004: Wireshark's dissector of UNIStim. */
const itType2004 = 0x02;

/** Bits of `query-basic-manager`. */
const basic = { attributes: 0x01, options: 0x02, firmware: 0x04, hardware: 0x08, type: 0x10 };
/** Bits of `query-network-manager`. */
const network = { diagnostic: 0x01, servers: 0x08, options: 0x10, sanity: 0x80 };
const reliableUdp = 0x02;

/** What surrounds the MAC in a hardware id: our assumption. */
const hardwareBefore = Uint8Array.of(0x00, 0x18);
const hardwareAfter = Uint8Array.of(0x66, 0x00);

/** A version id is reported with seven characters: Asterisk's channel driver expects that. */
const versionLength = 7;

/** What the phone answers to a question of the server: each answer in a packet of its own. */
export function answersTo(
  command: UnistimCommand,
  mac: Mac,
  memory: NortelMemory,
): readonly UnistimCommand[] {
  if (command.kind === 'query-basic-manager') return basicAnswers(command.query, mac, memory);
  if (command.kind === 'query-network-manager') return networkAnswers(command.query, memory);
  return command.kind === 'query-hookswitch' ? [{ kind: 'hookswitch-on' }] : [];
}

function basicAnswers(query: number, mac: Mac, memory: NortelMemory): readonly UnistimCommand[] {
  const { image = '' } = memory;
  const rows: readonly (readonly [number, UnistimCommand])[] = [
    [
      basic.attributes,
      { kind: 'basic-attributes', eepromStatic: 0, eepromDynamic: 0, netConfig: 0 },
    ],
    [basic.options, { kind: 'basic-options-report', options: 0 }],
    [basic.firmware, { kind: 'firmware-version', version: image.slice(0, versionLength) }],
    [basic.hardware, { kind: 'hardware-id', before: hardwareBefore, mac, after: hardwareAfter }],
    [basic.type, { kind: 'it-type', type: itType2004 }],
  ];
  return rows.filter(([bit]) => (query & bit) !== 0).map(([, answer]) => answer);
}

function networkAnswers(query: number, { servers }: NortelMemory): readonly UnistimCommand[] {
  const rows: readonly (readonly [number, UnistimCommand])[] = [
    [network.diagnostic, { kind: 'network-diagnostic', diagnostic: 0 }],
    [network.servers, { kind: 'server-information', primary: 0, servers: serverRecords(servers) }],
    [network.options, { kind: 'network-options-report', options: reliableUdp }],
    [network.sanity, { kind: 'sanity-ok' }],
  ];
  return rows.filter(([bit]) => (query & bit) !== 0).map(([, answer]) => answer);
}

const none = { address: '0.0.0.0', port: 0, action: 0, retries: 0 };

/** S1 and S2, each with the other one as the server that takes over. */
function serverRecords({ S1 = none, S2 = none }: KeptServers) {
  return [S1, S2].map(({ address, port, action, retries: retry }, at) => ({
    ...{ address, port, action, retry },
    failover: 1 - at,
  }));
}
