import { choice, integer, parameterRows, text } from '../../model/parameter-rows.ts';
import type { ParameterTable } from '../../model/parameter.ts';

const group = { source: 'Manual, table 1', place: 'common', stored: true } as const;

/** A table of keys, one of them with an index, and an item of the menu. */
export const keyTable: ParameterTable = {
  id: 'fake-keys',
  title: 'Fake: keys',
  files: 'FAKE<MAC>.cfg',
  parameters: parameterRows(group, [
    {
      name: 'lineN_secret',
      indexes: [1, 2],
      aliases: ['lineN_pin'],
      type: text(8),
      place: 'phone',
      secret: true,
      help: 'Secret of a line.',
    },
    { name: 'volume', type: integer(0, 9), default: '5', unit: 'steps', help: 'How loud it is.' },
    {
      name: 'ringing',
      type: choice({ on: 'rings', off: 'flashes' }, 'any case'),
      required: 'always',
      menu: 'Settings > Ringing',
      userMayChange: 'by value',
      since: '2.0',
      help: 'See ring_list, and *1 on <MAC>.',
    },
    { name: 'Reset Now', type: choice({ Yes: 'now' }), place: 'menu', help: 'Starts again.' },
  ]),
};

/** A table of paths. */
export const pathTable: ParameterTable = {
  id: 'fake-paths',
  title: 'Fake: paths',
  files: 'fake.xml',
  parameters: parameterRows(group, [
    { name: 'line/name', type: text(), help: 'Name of a line.' },
    { name: 'line/volume', type: integer(0, 3), help: 'How loud a line is.' },
    { name: 'server/name', type: text(), help: 'Name of the server.' },
  ]),
};
