import {
  integer,
  type ParameterRow,
  parameterRows,
  rowsInside,
  text,
} from '../../../model/parameter-rows.ts';
import { element, field, usecallmanager } from './sources.ts';
import { cordlessRows, portRows } from './vendor-cordless.ts';
import { accessRows, ethernetRows } from './vendor-network.ts';
import { callRows, displayRows, soundRows } from './vendor-phone.ts';

const rows = [
  ...soundRows,
  ...displayRows,
  ...callRows,
  ...accessRows,
  ...ethernetRows,
  ...portRows,
  ...cordlessRows,
];

/** Elements of the enterprise and common levels that vendorConfig does not have. */
const levelRows: readonly ParameterRow[] = [
  { name: 'RingLocale', type: integer(0), help: 'Country of the ring; files have 0.' },
  { name: 'companyPhotoDir', type: text(255), help: 'Where pictures of people are.' },
  { name: 'desktopClient', type: text(), help: 'No document describes it; empty in files.' },
  { name: 'ice', type: text(), help: 'No document describes it; empty in files.' },
  { name: 'instantMessaging', type: text(), help: 'No document describes it; empty in files.' },
  { name: 'energyWiseDomain', type: text(), help: 'EnergyWise domain.' },
  { name: 'energyWiseSecret', type: text(), secret: true, help: 'Password of that domain.' },
];

/** What Cisco's servers know for all phones or for a profile, not for one phone alone. */
const levels = {
  commonConfig: [
    ...['RingLocale', 'companyPhotoDir', 'desktopClient', 'ice', 'instantMessaging'],
    ...['bluetooth', 'bluetoothProfile', 'ciscoCamera', 'g722CodecSupport'],
    ...['joinAndDirectTransferPolicy', 'sdio', 'sshAccess', 'usbN', 'usbClasses', 'wifi'],
  ],
  enterpriseConfig: [
    ...['companyPhotoDir', 'desktopClient', 'energyWiseDomain', 'energyWiseSecret', 'ice'],
    ...['instantMessaging', 'bluetooth', 'bluetoothProfile', 'ciscoCamera', 'eapAuthentication'],
    ...['g722CodecSupport', 'joinAndDirectTransferPolicy', 'sdio', 'usbN', 'usbClasses'],
    ...['videoCapability', 'webAccess', 'webProtocol', 'wifi'],
  ],
};

function rowsOfLevel(level: keyof typeof levels) {
  const wanted = new Set(levels[level]);
  const known = [...levelRows, ...rows].filter(({ name }) => wanted.has(name));
  return rowsInside(
    level,
    known.map((row) => ({ ...row, source: field })),
  );
}

/** Settings of the phone as a device. */
export const vendorConfigParameters = [
  ...parameterRows(element(usecallmanager), rowsInside('vendorConfig', rows)),
  ...parameterRows(element(field), [
    ...rowsOfLevel('commonConfig'),
    ...rowsOfLevel('enterpriseConfig'),
  ]),
];
