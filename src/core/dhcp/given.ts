import type { DhcpOption } from '../../codec/dhcp/dhcp-message.ts';
import type { DhcpGiven, DhcpNetwork } from '../../model/dhcp-settings.ts';
import { formatIPv4, ipv4Number, isIPv4 } from '../../wire/ipv4.ts';
import { maskOf } from '../../wire/ipv4-network.ts';
import { code } from './option-codes.ts';
import { numberOption, numbersOf, numbersOption, textOf, textOption } from './option-values.ts';

/** What a client gets besides its address, all layers joined. */
export type Resolved = {
  readonly options: ReadonlyMap<number, Uint8Array>;
  /** Codes that it gets even if it does not ask for them. */
  readonly regardless: readonly number[];
  /** siaddr; 0 for none. */
  readonly nextServer: number;
  readonly bootFile: string;
};

/**
 * Joins what is given, from the least specific layer to the most specific one. The subnet mask is
 * that of the network; `targeted` layers are for clients like this one and are sent regardless.
 */
export function resolveGiven(
  { subnet }: DhcpNetwork,
  layers: readonly DhcpGiven[],
  targeted: readonly DhcpGiven[],
  isPhone: boolean,
): Resolved {
  const options = new Map<number, Uint8Array>();
  put(options, numberOption(code.subnetMask, maskOf(subnet.prefix)));
  let nextServer: number | undefined;
  for (const layer of [...layers, ...targeted]) {
    for (const option of optionsOf(layer)) put(options, option);
    // A layer's own TFTP server is more specific than the next server of those before it.
    if (layer.tftp) nextServer = undefined;
    nextServer = layer.nextServer ?? nextServer;
  }
  const [firstTftp = 0] = numbersOf(options.get(code.tftpServers) ?? new Uint8Array());
  return {
    options,
    regardless: [
      code.subnetMask,
      ...(isPhone ? forPhones : []),
      ...targeted.flatMap((layer) => optionsOf(layer).map((option) => option.code)),
    ],
    nextServer: nextServer ?? firstTftp,
    bootFile: textOf(options.get(code.bootFile) ?? new Uint8Array()),
  };
}

/** Some firmware takes them without asking, and some does not boot without them. */
const forPhones = [code.router, code.tftpServers, code.tftpServerName];

function put(options: Map<number, Uint8Array>, option: DhcpOption): void {
  if (option.bytes.length === 0) options.delete(option.code);
  else options.set(option.code, option.bytes);
}

/** An option without octets takes away what a layer before this gave. */
function optionsOf({ options, tftp, bootFile }: DhcpGiven): readonly DhcpOption[] {
  const made: DhcpOption[] = [];
  if (tftp) made.push(...tftpOptions(tftp));
  if (bootFile !== undefined) made.push(textOption(code.bootFile, bootFile));
  const own = options.find((option) => option.code === code.tftpServers);
  const [first] = own ? numbersOf(own.bytes) : [];
  if (first !== undefined) made.push(textOption(code.tftpServerName, formatIPv4(first)));
  return [...made, ...options];
}

/** A name has no place in option 150, which holds addresses (RFC 5859). */
function tftpOptions(tftp: readonly string[]): readonly DhcpOption[] {
  const addresses = tftp.filter(isIPv4).map(ipv4Number);
  return [
    numbersOption(code.tftpServers, addresses),
    textOption(code.tftpServerName, tftp[0] ?? ''),
  ];
}
