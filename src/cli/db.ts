import { group, type MakeCommand } from './command.ts';
import { dbSeal } from './db-seal.ts';

export const dbCommand: MakeCommand = (cli) =>
  group('db', 'the database of a workspace').addCommand(dbSeal(cli));
