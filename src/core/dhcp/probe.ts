import type { DhcpMessage } from '../../codec/dhcp/dhcp-message.ts';
import { chaddrOf } from '../../codec/dhcp/dhcp-fields.ts';
import type { Mac } from '../../wire/mac.ts';
import { code, probeWanted } from './option-codes.ts';
import { textOption } from './option-values.ts';

/**
 * A question to all DHCP servers of a wire, to learn who else answers phones. It goes out as of a
 * relay agent with this server's address, so that offers come back to it; none is ever taken. The MAC
 * is locally administered and always the same, so that no server spends more than one address on it.
 */
export function probeMessage(
  serverAddress: number,
  transactionId: number,
  vendorClass: string | undefined,
): DhcpMessage {
  const mac = probeMac(serverAddress);
  return {
    ...{ op: 'request', hardwareType: 1, hardwareLength: 6, hops: 1, transactionId, seconds: 0 },
    ...{ flags: 0x8000, ciaddr: 0, yiaddr: 0, siaddr: 0, giaddr: serverAddress },
    ...{ chaddr: chaddrOf(mac), serverName: '', bootFile: '' },
    options: [
      { code: code.messageType, bytes: Uint8Array.of(1) },
      { code: code.clientIdentifier, bytes: Uint8Array.of(1, ...Buffer.from(mac, 'hex')) },
      ...(vendorClass === undefined ? [] : [textOption(code.vendorClass, `${vendorClass}\0`)]),
      { code: code.parameterRequestList, bytes: Uint8Array.from(probeWanted) },
    ],
  };
}

/** Of the form 02-48-xx-xx-xx-xx: two octets of our own, then the server's address. */
export function probeMac(serverAddress: number): Mac {
  return `0248${serverAddress.toString(16).padStart(8, '0')}`.toUpperCase() as Mac;
}
