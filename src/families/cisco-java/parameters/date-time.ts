import { choice, parameterRows, rowsInside, text } from '../../../model/parameter-rows.ts';
import type { ValueType } from '../../../model/parameter.ts';
import { javaZoneTable } from '../../cisco-shared/time/java-zone-table.ts';
import { gmt } from '../../cisco-shared/time/offset-text.ts';
import { element, field, usecallmanager } from './sources.ts';
import { host50 } from './values.ts';

const dateTemplate: ValueType = {
  kind: 'form',
  pattern: /^(D([-/.])M|M([-/.])D)(\2|\3)YY?A?$/i,
  form: 'D and M in either order and Y or YY with -, / or . between, then A for 12 hours: D/M/YA',
};

const zone: ValueType = {
  kind: 'choice',
  values: javaZoneTable.map(({ name, offset }) => [name, gmt(offset)]),
};

export const dateTimeParameters = parameterRows(
  element(usecallmanager),
  rowsInside('devicePool/dateTimeSetting', [
    {
      name: 'dateTemplate',
      type: dateTemplate,
      help: 'How date and time are shown: Y has two digits, YY four, A is 12 hours.',
    },
    { name: 'timeZone', type: zone, help: 'Time zone, by a name that Windows knows.' },
    {
      name: 'ntps/ntp/name',
      type: host50,
      help: 'NTP server, for unicast.',
    },
    {
      name: 'ntps/ntp/ntpMode',
      type: choice(
        {
          unicast: 'asks the server',
          directedbroadcast: 'listens to broadcasts',
          'Directed Broadcast': 'listens to broadcasts',
        },
        'any case',
      ),
      help: 'How the phone gets the time.',
    },
    { name: 'name', type: text(), help: 'Name of the group of settings.', source: field },
    {
      name: 'olsonTimeZone',
      type: text(),
      help: 'Time zone by its IANA name. Newer models.',
      source: field,
    },
  ]),
);
