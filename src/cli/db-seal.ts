import { command, inWorkspace, withWorkspace, type MakeCommand } from './command.ts';

type Flags = { readonly dir: string; readonly json?: boolean };

export const dbSeal: MakeCommand = (cli) =>
  inWorkspace(command('seal', 'seal the secrets that an older version stored in plain')).action(
    (flags: Flags) =>
      withWorkspace(cli, flags.dir, async ({ store }) => {
        const { io, ops } = cli;
        const phones = await store.phoneList();
        const withSecrets = phones.filter(({ settings }) =>
          Object.entries(settings).some(([name, value]) => value !== '' && ops.isSecret(name)),
        );
        // What is put is sealed.
        await store.phonesPut(withSecrets);
        let files = 0;
        for (const { mac } of phones) {
          const served = await store.servedList(mac);
          await store.servedPut(served);
          files += served.length;
        }
        const count = withSecrets.length;
        if (flags.json) return io.out(JSON.stringify({ phones: count, files }));
        const [phonesWord, filesWord] = [
          count === 1 ? 'phone' : 'phones',
          files === 1 ? 'file' : 'files',
        ];
        io.out(`sealed: ${count} ${phonesWord} with secrets, ${files} served ${filesWord}`);
      }),
  );
