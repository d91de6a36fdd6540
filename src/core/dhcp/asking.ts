import type { DhcpMessage, DhcpMessageType } from '../../codec/dhcp/dhcp-message.ts';
import type { Mac } from '../../wire/mac.ts';
import { numberOf, textOf } from './option-values.ts';
import { hexOf } from '../../codec/dhcp/scalar-kinds.ts';
import { maximumSizeOf, messageTypeOf } from '../../codec/dhcp/dhcp-fields.ts';
import { code, relayCode } from './option-codes.ts';

/** What a message of a client says, read once. Addresses are 0 where there is none. */
export type DhcpAsking = {
  readonly type: DhcpMessageType;
  readonly message: DhcpMessage;
  /** Option 61 in hex, or hardware type and address: names the client. RFC 2131 section 4.2. */
  readonly clientId: string;
  readonly mac?: Mac;
  readonly vendorClass?: string;
  readonly hostName?: string;
  readonly requested: number;
  readonly server: number;
  readonly leaseSeconds?: number;
  /** Option 55. */
  readonly wanted?: Uint8Array;
  /** Option 57; 576 where the client does not say. */
  readonly maximumSize: number;
  /** Option 82 as the relay sent it. */
  readonly relayInformation?: Uint8Array;
  readonly linkSelection: number;
  readonly serverOverride: number;
  /** The relay wants the answer at the port that it sent from. */
  readonly toSourcePort: boolean;
};

type Draft = { -readonly [Key in keyof DhcpAsking]?: DhcpAsking[Key] };

/** Undefined for what has no message type that is known: BOOTP, and what RFC 2132 does not have. */
export function readAsking(message: DhcpMessage): DhcpAsking | undefined {
  const type = messageTypeOf(message);
  if (!type) return undefined;
  const draft: Draft = {};
  let clientId = '';
  for (const option of message.options) {
    const { bytes } = option;
    if (option.code === code.clientIdentifier) clientId ||= hexOf(bytes);
    else if (option.code === code.relayAgentInformation) readRelay(draft, bytes);
    else readOption(draft, option.code, bytes);
  }
  const hardware = hardwareOf(message);
  const isEthernet = message.hardwareType === 1 && message.hardwareLength === 6;
  return {
    requested: 0,
    server: 0,
    maximumSize: maximumSizeOf(message) ?? 576,
    linkSelection: 0,
    serverOverride: 0,
    toSourcePort: false,
    ...draft,
    type,
    message,
    clientId: clientId === '' ? hexByte(message.hardwareType) + hardware : clientId,
    ...(isEthernet && { mac: hardware.toUpperCase() as Mac }),
  };
}

function readOption(draft: Draft, option: number, bytes: Uint8Array): void {
  switch (option) {
    case code.requestedAddress:
      draft.requested = numberOf(bytes) ?? 0;
      break;
    case code.serverIdentifier:
      draft.server = numberOf(bytes) ?? 0;
      break;
    case code.leaseTime:
      draft.leaseSeconds = numberOf(bytes);
      break;
    case code.parameterRequestList:
      draft.wanted = bytes;
      break;
    case code.vendorClass:
      draft.vendorClass = textOf(bytes);
      break;
    case code.hostName:
      draft.hostName = textOf(bytes);
      break;
  }
}

/** RFC 3046 section 2. Suboptions after a broken one are not read. */
function readRelay(draft: Draft, bytes: Uint8Array): void {
  draft.relayInformation = bytes;
  for (let at = 0; at + 2 <= bytes.length;) {
    const length = bytes[at + 1] ?? 0;
    const value = bytes.subarray(at + 2, at + 2 + length);
    if (value.length < length) return;
    if (bytes[at] === relayCode.linkSelection) draft.linkSelection = numberOf(value) ?? 0;
    if (bytes[at] === relayCode.serverIdentifierOverride)
      draft.serverOverride = numberOf(value) ?? 0;
    if (bytes[at] === relayCode.sourcePort) draft.toSourcePort = true;
    at += 2 + length;
  }
}

function hardwareOf({ chaddr, hardwareLength }: DhcpMessage): string {
  return hexOf(chaddr.subarray(0, Math.min(hardwareLength, chaddr.length)));
}

function hexByte(value: number): string {
  return value.toString(16).padStart(2, '0');
}
