import { command, type MakeCommand } from './command.ts';

export const versionCommand: MakeCommand = ({ io, ops }) =>
  command('version', 'say which version this is').action(({ json }: { json?: boolean }) =>
    io.out(json ? JSON.stringify({ version: ops.version }) : `hookflash ${ops.version}`),
  );
