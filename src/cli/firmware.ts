import { group, type MakeCommand } from './command.ts';
import { firmwareImport } from './firmware-import.ts';
import { firmwareList } from './firmware-list.ts';
import { firmwareRemove } from './firmware-remove.ts';
import { firmwareShow } from './firmware-show.ts';
import { firmwareSynth } from './firmware-synth.ts';
import { firmwareVerify } from './firmware-verify.ts';

export const firmwareCommand: MakeCommand = (cli) => {
  const made = group('firmware', 'the library of images');
  const parts = [
    ...[firmwareImport, firmwareList, firmwareShow, firmwareVerify, firmwareRemove],
    firmwareSynth,
  ];
  for (const part of parts) made.addCommand(part(cli));
  return made;
};
