import {
  choice,
  integer,
  parameterRows,
  rowsInside,
  text,
  word,
} from '../../../model/parameter-rows.ts';
import { element, field, usecallmanager } from './sources.ts';

/** Languages and tones. */
export const localeParameters = parameterRows(element(usecallmanager), [
  ...rowsInside('userLocale', [
    {
      name: 'name',
      type: word(),
      help: 'Folder of the language files, e.g. German_Germany; English_United_States needs none.',
    },
    { name: 'uid', type: integer(0), help: 'Number of the language.' },
    { name: 'langCode', type: word(), help: 'Code of the language, e.g. de_DE.' },
    {
      name: 'version',
      type: text(),
      help: 'Version of the language files; another one makes the phone load them again.',
    },
    {
      name: 'winCharSet',
      type: choice({ 'utf-8': 'UTF-8', 'iso-8859-1': 'Latin 1' }, 'any case'),
      help: 'Character set of the language files.',
    },
  ]),
  {
    name: 'networkLocale',
    type: word(),
    help: 'Folder of the tones file, e.g. Germany; United_States needs none.',
  },
  ...rowsInside('networkLocaleInfo', [
    { name: 'name', type: word(), help: 'The same as networkLocale.' },
    { name: 'uid', type: integer(0), help: 'Number of the country.', source: field },
    { name: 'langCode', type: word(), help: 'Code of the language.', source: field },
    {
      name: 'version',
      type: text(),
      help: 'Version of the tones file; another one makes the phone load it again.',
    },
  ]),
]);
