import { group, type MakeCommand } from './command.ts';
import { phoneAdd, phoneRemove, phoneSet } from './phone-change.ts';
import { phoneExport } from './phone-export.ts';
import { phoneImport } from './phone-import.ts';
import { phoneList } from './phone-list.ts';
import { phoneShow } from './phone-show.ts';

export const phoneCommand: MakeCommand = (cli) =>
  group('phone', 'the inventory: phones and what they should run')
    .addCommand(phoneAdd(cli))
    .addCommand(phoneList(cli))
    .addCommand(phoneShow(cli))
    .addCommand(phoneSet(cli))
    .addCommand(phoneRemove(cli))
    .addCommand(phoneImport(cli))
    .addCommand(phoneExport(cli));
