import {
  choice,
  integer,
  type ParameterRow,
  parameterRows,
} from '../../../model/parameter-rows.ts';
import type { ParameterTable, ValueType } from '../../../model/parameter.ts';
import { guide1100, ipv4, labNote, noted } from './sources.ts';

const mode = choice({ AUTO: 'only where there is something newer', FORCED: 'always' }, 'any case');

const fileName: ValueType = { kind: 'text', blanks: false };

/** The IP Phone 2004 wants six, NN42020-202, section 3. */
const sixAlphanumerics: ValueType = {
  kind: 'form',
  pattern: /^[0-9A-Za-z]{6}$/,
  form: 'six letters or digits',
};

const versionId: ValueType = {
  kind: 'form',
  pattern: /^[0-9A-Za-z._]{1,19}$/,
  form: 'version id of the firmware, such as 0692D93c08',
};

type Section = {
  readonly name: string;
  readonly what: string;
  readonly version: Pick<ParameterRow, 'type' | 'help'>;
  readonly file: string;
};

const sections: readonly Section[] = [
  {
    name: 'DEVICE_CONFIG',
    what: 'the data file',
    version: {
      type: sixAlphanumerics,
      help: 'Raise it with every change of the data file: with AUTO the phone fetches it only where this is greater than what it has.',
    },
    file: '2004sysConfig.dat',
  },
  {
    name: 'LANGUAGE',
    what: 'the language file',
    version: {
      type: { kind: 'text', blanks: false },
      help: 'Ignored: the time of the file says whether it is newer.',
    },
    file: 'francais.lng',
  },
  {
    name: 'FW',
    what: 'the firmware',
    version: {
      type: versionId,
      help: 'Version id of the firmware file; with AUTO the phone fetches it only where this is alphanumerically greater than what it runs.',
    },
    file: '2004SIP.img',
  },
];

function rowsOf({ name, what, version, file }: Section): readonly ParameterRow[] {
  return [
    {
      name: `${name}/DOWNLOAD_MODE`,
      type: mode,
      default: 'AUTO',
      help: `When the phone fetches ${what}. FORCED fetches it at every start, whatever VERSION says.`,
      source: `${labNote('3')}; the default: ${guide1100}, page 39`,
    },
    { name: `${name}/VERSION`, ...version },
    { name: `${name}/FILENAME`, type: fileName, help: `Name of ${what}, e.g. ${file}.` },
    {
      name: `${name}/SERVER_IP`,
      type: ipv4,
      default: 'the server that gave this file',
      help: `TFTP server that has ${what}; comment it out where one server has all files.`,
    },
    {
      name: `${name}/SERVER_PORT`,
      type: integer(1, 65535),
      default: '69',
      help: 'UDP port of that server; comment it out with SERVER_IP.',
    },
  ];
}

/** `2004tftp.cfg`, by section and keyword: NN42020-202, section 3. */
export const sectionTable: ParameterTable = {
  id: 'nortel-2004-tftp',
  title: 'Nortel IP Phone 2004: 2004tftp.cfg',
  files:
    '2004tftp.cfg, which a phone with a SIP load asks for first; names are section and keyword',
  parameters: parameterRows(noted('3'), sections.flatMap(rowsOf)),
};
