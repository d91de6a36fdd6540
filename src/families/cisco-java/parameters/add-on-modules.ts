import { choice, integer, parameterRows, rowsInside } from '../../../model/parameter-rows.ts';
import { element, usecallmanager } from './sources.ts';
import { image } from './values.ts';

/** Modules with more keys. */
export const addOnModuleParameters = parameterRows(
  element(usecallmanager),
  rowsInside('addOnModules/addOnModule', [
    { name: '@idx', type: integer(1, 3), help: 'Which module, from the left.' },
    {
      name: 'deviceType',
      type: choice({
        7914: '14 keys, series 7900',
        7915: '24 keys, series 7900',
        7916: '24 keys, series 7900',
        BEKEM: '36 keys, series 8800',
        'CP-8800-Audio': '28 keys, 8861',
        'CP-8800-Video': '28 keys, 8865',
        CKEM: '36 keys, series 9900',
      }),
      help: 'Model of the module; on series 8800 all are alike.',
    },
    { name: 'deviceLine', type: integer(1, 36), help: 'Keys of the module.' },
    {
      name: 'loadInformation',
      type: image,
      help: 'Firmware of the module, without .loads. 7914, 7915 and 7916 only.',
    },
  ]),
);
