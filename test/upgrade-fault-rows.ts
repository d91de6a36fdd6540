import {
  far,
  fileFaults,
  original,
  over,
  sccp3,
  sccp8,
  sip63,
  sip75,
  sip812,
  text,
  up,
  type FaultRow,
} from './upgrade-file-faults.ts';
import { firmwareOf } from './virtual-site.ts';

/** What is wrong with the phone, the network, the disk or the operator. */
export const faultRows: readonly FaultRow[] = [
  ...fileFaults,
  {
    name: 'the plug is pulled while the image between is sent',
    ...far,
    fault: (site) => void (site.cuts = [3]),
    boots: 1,
    named: 'late-transfer',
    cure: /plug/,
  },
  {
    name: 'the plug is pulled while the loader is sent',
    ...over,
    fault: (site) => void (site.cuts = [4]),
    boots: 1,
    named: 'late-transfer',
    cure: /option 150/,
  },
  {
    name: 'the plug is pulled while the application is sent, three times',
    ...up,
    fault: (site) => void (site.cuts = [10, 8, 8]),
    named: 'late-transfer',
    cure: /plug/,
  },
  {
    name: 'the power fails while the loader is written',
    ...over,
    fault: (site) => void (site.faults = ['power-cut-while-flashing=100']),
    boots: 1,
    named: undefined,
  },
  {
    name: 'the power fails while the application is written',
    ...up,
    fault: (site) => void (site.faults = ['power-cut-while-flashing=2500']),
    boots: 1,
    named: undefined,
  },
  {
    name: 'firmware cannot be written',
    ...far,
    fault: (site) => void (site.faults = ['flash-write-fails']),
    named: 'old-application-came-back',
    mend: (site) => void (site.faults = []),
  },
  {
    name: 'firmware cannot be written by the loader',
    ...up,
    fault: (site) => void (site.faults = ['flash-write-fails']),
    named: 'image-taken-away',
    mend: (site) => void (site.faults = []),
  },
  {
    name: 'the old application comes back',
    ...up,
    fault: (site) => void (site.faults = ['boots-old-application']),
    named: 'old-application-came-back',
    cure: /firmware verify/,
    mend: (site) => void (site.faults = []),
  },
  {
    name: 'the old application comes back in the middle of the way',
    ...far,
    fault: (site) => void (site.faults = ['boots-old-application']),
    named: 'old-application-came-back',
    mend: (site) => void (site.faults = []),
  },
  {
    name: 'the phone rejects every image',
    ...up,
    fault: (site) => void (site.faults = ['refuses-image']),
    named: 'image-taken-away',
    mend: (site) => void (site.faults = []),
  },
  {
    name: 'requests come twice',
    ...far,
    fault: (site) => void (site.faults = ['duplicate-requests']),
    named: undefined,
  },
  {
    name: 'packets are lost and late',
    ...over,
    fault: (site) => void (site.faults = ['loses-packets=0.05', 'answers-late']),
    named: undefined,
  },
  {
    name: 'names are asked for in the wrong letter case',
    ...over,
    fault: (site) => void (site.faults = ['wrong-case-request']),
    named: undefined,
  },
  {
    name: 'the library has the other spelling of the image only',
    from: sip75,
    to: 'P0S3-08-12-00',
    fault: () => undefined,
    named: 'firmware-missing',
    cure: /name the image as its files/,
    mend: (site) => site.want(sip812),
    ends: sip812,
  },
  {
    name: 'a hand-made file names another image',
    ...up,
    fault: ({ handMade }) =>
      void handMade.set('SIP020000000001.cnf', text(`image_version: "${sip75}"\n`)),
    named: 'other-server-answers',
    cure: /files\//,
    mend: ({ handMade }) => handMade.clear(),
  },
  {
    name: 'a hand-made file that is empty stops the hunt',
    ...up,
    fault({ handMade, replace }) {
      replace('P003-07-5-00');
      handMade.set('SEP020000000001.cnf.xml', text(''));
    },
    named: 'in-loader',
    cure: /123456789\*0#/,
    mend: ({ handMade }) => handMade.clear(),
  },
  {
    name: 'another server answers, with another image',
    ...up,
    fault: async (site) => {
      await site.boot();
      for (const [name, bytes] of firmwareOf([sip75])) site.other.set(name, bytes);
      site.other.set('SIPDefault.cnf', text(`image_version: "${sip75}"\n`));
      await site.boot();
      site.other.clear();
      site.handMade.set('SIP020000000001.cnf', text(`image_version: "${sip75}"\n`));
    },
    named: 'other-server-answers',
    cure: /DHCP/,
    mend: ({ handMade }) => handMade.clear(),
  },
  {
    name: 'another server takes the phone away in the middle',
    ...far,
    async fault(site) {
      site.cuts = [10];
      await site.boot();
      for (const [name, bytes] of firmwareOf([sip63])) site.other.set(name, bytes);
      site.other.set('SIPDefault.cnf', text(`image_version: "${sip63}"\n`));
    },
    named: 'late-transfer',
    cure: /DHCP/,
    mend: ({ other }) => other.clear(),
  },
  {
    name: 'a server sends TFTP error 2 in place of 1',
    ...over,
    fault: (site) => void Object.assign(site, { missingCode: 2, faults: ['stops-on-error-2'] }),
    named: undefined,
    mend: (site) => void (site.missingCode = 1),
  },
  {
    name: 'the disk is full',
    ...far,
    fault: (site) => void (site.failing = new Set(['progressPut', 'bootStart', 'requestsAppend'])),
    named: undefined,
    mend: (site) => void (site.failing = new Set()),
  },
  {
    name: 'the disk fills up in mid-plan',
    ...over,
    async fault(site) {
      site.cuts = [9];
      await site.boot();
      site.failing = new Set(['progressPut', 'runningPut', 'findingPut']);
    },
    named: undefined,
    mend: (site) => void (site.failing = new Set()),
  },
  {
    name: 'another phone with the same MAC stands there',
    ...far,
    async fault(site) {
      site.cuts = [8];
      await site.boot();
      site.replace(sccp3);
    },
    named: undefined,
  },
  {
    name: 'another image is wanted in mid-plan',
    ...far,
    async fault(site) {
      site.cuts = [8];
      await site.boot();
      await site.want(sccp8);
    },
    named: undefined,
    ends: sccp8,
  },
  {
    name: 'the phone never comes back',
    ...up,
    async fault(site) {
      site.cuts = [6];
      await site.boot();
      site.faults = ['ignores-option-150'];
    },
    named: 'late-transfer',
    cure: /option 150/,
  },
  {
    name: 'a loader without application, and the library has another image only',
    ...up,
    fault(site) {
      site.replace('P003-07-5-00');
      site.library.delete(`${sip812}.loads`);
    },
    named: 'firmware-missing',
    cure: /import/,
    mend: (site) => void original(site, `${sip812}.loads`),
  },
];
