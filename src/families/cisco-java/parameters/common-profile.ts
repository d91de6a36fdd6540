import { parameterRows, rowsInside, text } from '../../../model/parameter-rows.ts';
import { element, field, usecallmanager } from './sources.ts';
import { boolean, userSwitch } from './values.ts';

export const commonProfileParameters = parameterRows(
  element(usecallmanager),
  rowsInside('commonProfile', [
    {
      name: 'phonePassword',
      type: text(),
      secret: true,
      help: 'Unlocks the settings menus.',
    },
    {
      name: 'backgroundImageAccess',
      type: boolean,
      help: 'Lets the user change the background.',
    },
    {
      name: 'callLogBlfEnabled',
      type: userSwitch,
      userMayChange: 'by value',
      help: 'Shows in call lists who is busy. 6900, 8900, 9900: 2 and 3 are on; 7800, 8800: 0, 1.',
    },
    {
      name: 'defaultBackground',
      type: text(255),
      help: 'Background picture.',
      source: field,
    },
  ]),
);
