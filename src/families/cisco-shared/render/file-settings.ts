import type { Parameter, ParameterTable } from '../../../model/parameter.ts';
import { tableLookup } from '../../shared/render/known-settings.ts';

const ours = { place: 'common', stored: false, source: 'Hookflash' } as const;

const parameters: readonly Parameter[] = [
  {
    ...ours,
    name: 'dial_plan',
    type: { kind: 'text' },
    default: '* 5',
    help: 'Templates of the dial plan, a line (or ;) each: MATCH SECONDS [USER=… REWRITE="…" …]; dial_template names the file.',
  },
  {
    ...ours,
    name: 'ring_list',
    type: { kind: 'text' },
    help: 'Ringing tones to choose from, a line (or ;) each: NAME=FILE, e.g. Old bell=Bell.raw.',
  },
];

/** Settings that are whole files. */
export const fileSettingsTable: ParameterTable = {
  id: 'cisco-files',
  title: 'Cisco phones: settings that make files',
  files: 'the dial plan; RINGLIST.DAT or Ringlist.xml',
  parameters,
};

export const fileSettings = tableLookup(fileSettingsTable);
