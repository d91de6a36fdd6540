import { type ParameterRow, parameterRows, text, word } from '../../../model/parameter-rows.ts';
import type { ParameterTable } from '../../../model/parameter.ts';
import { labNote } from './sources.ts';

const rows: readonly ParameterRow[] = [
  {
    name: 'LOGIN_USER',
    type: word(),
    help: 'User ID that somebody logs in with; the registrar of this server takes it.',
  },
  {
    name: 'LOGIN_PASSWORD',
    type: text(),
    secret: true,
    help: 'Password of that user. It stands in no file: the user types it.',
  },
];

/** For the registrar alone: at the login screen the user says who they are. NN42020-202, section 4. */
export const loginTable: ParameterTable = {
  id: 'nortel-login',
  title: 'Nortel IP Phone 2004: who logs in',
  files: 'no file: what the registrar of this server takes from the login screen',
  parameters: parameterRows(
    { source: labNote('4'), place: 'phone', stored: false, confidence: 'high' },
    rows,
  ),
};
