import { snippetKinds } from '../core/dhcp-snippet/snippet-kinds.ts';
import type { SnippetKind } from '../core/dhcp-snippet/snippet.ts';
import { AppError } from '../errors.ts';
import { isIPv4 } from '../wire/ipv4.ts';
import { command, inWorkspace, withWorkspace, type Cli, type MakeCommand } from './command.ts';

type Flags = {
  readonly for: readonly string[];
  readonly address?: readonly string[];
  readonly dir: string;
  readonly json?: boolean;
};

const names = snippetKinds.map(({ name }) => name).join(', ');

export const dhcpSnippet: MakeCommand = (cli) =>
  inWorkspace(command('snippet', 'lines that make another DHCP server name this TFTP server'))
    .requiredOption('--for <SERVER...>', names)
    .option('--address <ADDRESS...>', 'where phones reach it; else the address of the workspace')
    .action((flags: Flags) => snippet(cli, flags));

async function snippet(cli: Cli, flags: Flags): Promise<void> {
  const kinds = wordsOf(flags.for).map(kindNamed);
  const addresses = await addressesOf(cli, flags);
  const vendorClasses = [...new Set(cli.ops.families.flatMap(({ dhcp }) => dhcp.vendorClasses))];
  for (const [index, { name, lines }] of kinds.entries()) {
    const text = lines({ addresses, vendorClasses }).join('\n');
    if (flags.json) cli.io.out(JSON.stringify({ for: name, addresses, text }));
    else cli.io.out(index === 0 ? text : `\n${text}`);
  }
}

/** Both `--for kea isc` and `--for kea,isc`. */
function wordsOf(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => word.split(',')).filter((word) => word !== '');
}

function kindNamed(text: string): SnippetKind {
  const kind = snippetKinds.find(({ name }) => name === text.toLowerCase());
  if (kind !== undefined) return kind;
  throw new AppError('wrong-usage', `there are no lines for "${text}"; there are: ${names}`);
}

type Addresses = readonly [string, ...string[]];

async function addressesOf(cli: Cli, flags: Flags): Promise<Addresses> {
  const said = flags.address ?? [];
  const [first, ...rest] = wordsOf(said.length > 0 ? said : await ofWorkspace(cli, flags.dir));
  const wrong = [first, ...rest].find((text) => text !== undefined && !isIPv4(text));
  if (first !== undefined && wrong === undefined) return [first, ...rest];
  const found = wrong === undefined ? '' : `"${wrong}" is no IPv4 address. `;
  const need = 'say where phones reach this server: --address 192.0.2.10';
  throw new AppError('wrong-usage', `${found}Option 150 takes addresses; ${need}`);
}

/** What stands as `address` in its hookflash.yaml. */
async function ofWorkspace(cli: Cli, dir: string): Promise<readonly string[]> {
  if (!(await cli.ops.isWorkspace(dir))) return [];
  return withWorkspace(cli, dir, ({ config }) => {
    return Promise.resolve(config.address === undefined ? [] : [config.address]);
  });
}
