import {
  far,
  java,
  over,
  sccp3,
  sccp8,
  sip63,
  sip75,
  text,
  up,
  type LastingFault,
  type PassingFault,
} from './fault-row.ts';
import { fileFaults } from './upgrade-file-faults.ts';
import type { FaultySite } from './faulty-site.ts';
import { firmwareOf } from './virtual-site.ts';

/** The phone breaks and another one takes its place; before that all else is tried. */
const broken = ['power', 'image', 'power', 'exchange', 'image', 'power'] as const;

/** Another server has this image and names it. */
function otherServer({ other }: FaultySite, image: string): void {
  for (const [name, bytes] of firmwareOf([image])) other.set(name, bytes);
  other.set('SIPDefault.cnf', text(`image_version: "${image}"\n`));
  other.set('SIP020000000001.cnf', text('line1_name: 7\n'));
}

/** What is wrong with the phone, the network, the disk or what an operator made by hand. */
const otherFaults: readonly LastingFault[] = [
  {
    name: 'the plug is pulled while the image between is sent',
    ...far,
    fault: (site) => void (site.cuts = [3]),
    boots: 1,
    named: 'late-transfer',
    by: ['power'],
  },
  {
    name: 'the plug is pulled while the loader is sent',
    ...over,
    fault: (site) => void (site.cuts = [4]),
    boots: 1,
    named: 'late-transfer',
    by: ['power'],
  },
  {
    name: 'the plug is pulled while the application is sent, three times',
    ...up,
    fault: (site) => void (site.cuts = [10, 8, 8]),
    named: 'late-transfer',
    by: ['power'],
  },
  {
    name: 'firmware cannot be written',
    ...far,
    fault: (site) => void (site.faults = ['flash-write-fails']),
    named: 'old-application-came-back',
    by: broken,
  },
  {
    name: 'firmware cannot be written by the loader',
    ...up,
    fault: (site) => void (site.faults = ['flash-write-fails']),
    named: 'image-taken-away',
    by: broken.slice(1),
  },
  {
    name: 'the old application comes back',
    ...up,
    fault: (site) => void (site.faults = ['boots-old-application']),
    named: 'old-application-came-back',
    by: broken,
  },
  {
    name: 'the old application comes back in the middle of the way',
    ...far,
    fault: (site) => void (site.faults = ['boots-old-application']),
    named: 'old-application-came-back',
    by: broken,
  },
  {
    name: 'the phone rejects every image',
    ...up,
    fault: (site) => void (site.faults = ['refuses-image']),
    named: 'image-taken-away',
    by: broken.slice(1),
  },
  {
    name: 'a Java phone starts its old load again',
    ...java,
    fault: (site) => void (site.faults = ['boots-old-application']),
    named: 'old-application-came-back',
    by: broken,
  },
  {
    name: 'a hand-made file names another image',
    ...up,
    fault: ({ handMade }) =>
      void handMade.set('SIP020000000001.cnf', text(`image_version: "${sip75}"\n`)),
    named: 'hand-made-file',
    by: ['hand-made', 'power'],
  },
  {
    name: 'a hand-made file that is empty stops the hunt',
    ...up,
    fault({ handMade, replace }) {
      replace('P003-07-5-00');
      handMade.set('SEP020000000001.cnf.xml', text(''));
    },
    named: 'hand-made-file',
    by: ['hand-made', 'power'],
  },
  {
    name: 'a hand-made OS79XX.TXT names another image',
    ...far,
    fault: ({ handMade }) => void handMade.set('OS79XX.TXT', text(`${sip63}\n`)),
    named: 'hand-made-file',
    by: ['hand-made', 'power'],
  },
  {
    name: 'a hand-made file names another load for a Java phone',
    ...java,
    fault: ({ handMade }) =>
      void handMade.set(
        'SEP020000000001.cnf.xml',
        text(
          '<device><deviceProtocol>SIP</deviceProtocol><loadInformation>SIP41.8-5-2S</loadInformation></device>',
        ),
      ),
    named: 'hand-made-file',
    by: ['hand-made', 'power'],
  },
  {
    name: 'a second server is the faster one at every other boot',
    ...up,
    fault(site) {
      otherServer(site, sip75);
      site.races = true;
    },
    boots: 4,
    named: 'other-server-answers',
    by: ['one server', 'power'],
  },
  {
    name: 'another server takes the phone away in the middle',
    ...far,
    async fault(site) {
      site.cuts = [10];
      await site.boot();
      otherServer(site, sip63);
    },
    named: 'late-transfer',
    by: ['one server', 'power'],
  },
  {
    name: 'the phone never comes back: DHCP does not name the server',
    ...up,
    async fault(site) {
      site.cuts = [6];
      await site.boot();
      site.faults = ['ignores-option-150'];
    },
    named: 'late-transfer',
    by: ['one server', 'power'],
  },
  {
    name: 'a proxy sends TFTP error 2 in place of 1',
    ...over,
    onLink: true,
    fault: (site) => void Object.assign(site, { missingCode: 2, faults: ['stops-on-error-2'] }),
    named: 'late-hunt',
    by: ['straight', 'power'],
  },
  {
    name: 'a proxy sends TFTP error 2 to a loader',
    ...up,
    fault: (site) => void Object.assign(site, { missingCode: 2, faults: ['stops-on-error-2'] }),
    named: 'late-hunt',
    by: ['straight', 'power'],
  },
  {
    name: 'the disk is full',
    ...far,
    fault: (site) => void (site.failing = new Set(['progressPut', 'bootStart', 'requestsAppend'])),
    named: 'not-saved',
    by: ['room', 'power'],
  },
  {
    name: 'the disk fills up in mid-plan',
    ...over,
    async fault(site) {
      site.cuts = [9];
      await site.boot();
      site.failing = new Set(['progressPut', 'runningPut', 'findingPut', 'watchedPut']);
    },
    named: 'not-saved',
    by: ['room', 'power'],
  },
];

export const lastingFaults: readonly LastingFault[] = [...fileFaults, ...otherFaults];

/** Nobody has to do anything. */
export const passingFaults: readonly PassingFault[] = [
  {
    name: 'the power fails while the loader is written',
    ...over,
    fault: (site) => void (site.faults = ['power-cut-while-flashing=100']),
    boots: 1,
  },
  {
    name: 'the power fails while the application is written',
    ...up,
    fault: (site) => void (site.faults = ['power-cut-while-flashing=2500']),
    boots: 1,
  },
  {
    name: 'requests come twice',
    ...far,
    fault: (site) => void (site.faults = ['duplicate-requests']),
    boots: 1,
  },
  {
    name: 'packets are lost and late',
    ...over,
    fault: (site) => void (site.faults = ['loses-packets=0.05', 'answers-late']),
    boots: 1,
  },
  {
    name: 'names are asked for in the wrong letter case',
    ...over,
    fault: (site) => void (site.faults = ['wrong-case-request']),
    boots: 1,
  },
  {
    name: 'another phone with the same MAC stands there',
    ...far,
    async fault(site) {
      site.cuts = [8];
      await site.boot();
      site.replace(sccp3);
    },
    boots: 1,
  },
  {
    name: 'another image is wanted in mid-plan',
    ...far,
    async fault(site) {
      site.cuts = [8];
      await site.boot();
      await site.want(sccp8);
    },
    boots: 2,
    ends: sccp8,
  },
];

/** Of which there must be so many. */
export const fewestLasting = 30;
