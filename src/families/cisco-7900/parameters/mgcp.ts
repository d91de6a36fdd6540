import { parameterRows } from '../../../model/parameter-rows.ts';
import type { ParameterTable } from '../../../model/parameter.ts';
import { common } from './sources.ts';

/** Nobody has published the keys of these files. */
export const mgcpTable: ParameterTable = {
  id: 'cisco-7900-mgcp',
  title: 'Cisco 7940/7960: MGCP files',
  files: 'MGCDefault.cnf for all phones, MGC<MAC>.cnf for one; only this key of theirs is known',
  parameters: parameterRows(
    common('Cisco IP Phone 7960 and 7940 Firmware Upgrade Matrix, Procedures C and E'),
    [
      {
        name: 'image_version',
        type: { kind: 'image' },
        required: "in the default file or in the phone's",
        help: 'Image to run, as its file is called, without extension.',
      },
    ],
  ),
};
