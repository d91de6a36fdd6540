import { decodeSignedFile } from '../src/codec/image/signed-header.ts';
import { signedByLab } from '../src/families/cisco-shared/synthetic.ts';
import {
  byStranger,
  far,
  half,
  java,
  java83,
  java85,
  java94,
  otherByte,
  over,
  sip44,
  sip63,
  sip75,
  sip812,
  spoilt,
  up,
  whole,
  type LastingFault,
} from './fault-row.ts';

/** The library lacks it; the package brings it. */
function lacks(...files: readonly string[]): Pick<LastingFault, 'fault' | 'named' | 'by'> {
  return {
    fault({ library }) {
      for (const file of files) library.delete(file);
    },
    named: 'firmware-missing',
    by: ['import', 'power'],
  };
}

/** The library sees it; the package's own takes its place. */
const unusable: Pick<LastingFault, 'named' | 'by'> = {
  named: 'firmware-unusable',
  by: ['import', 'power'],
};

/** Nobody but the phone sees it. */
const rejected: Pick<LastingFault, 'named' | 'by' | 'boots'> = {
  named: 'old-application-came-back',
  boots: 4,
  by: ['import', 'power', 'image', 'power'],
};

/** Signed anew, as if the vendor had written it so. */
const inLoads = (was: string, is: string) => (bytes: Uint8Array) => {
  const { body } = decodeSignedFile(bytes);
  const text = Buffer.from(body).toString('latin1').replaceAll(was, is);
  return signedByLab(`${sip812}.loads`, Buffer.from(text, 'latin1')).bytes;
};

/** What is wrong with the files of the library. */
export const fileFaults: readonly LastingFault[] = [
  { name: 'the application is missing', ...up, ...lacks(`${sip812}.sb2`) },
  { name: 'the loader is missing', ...up, ...lacks('P003-8-12-00.sbn') },
  { name: 'the loads file is missing', ...up, ...lacks(`${sip812}.loads`) },
  { name: 'the image between is missing', ...far, ...lacks(`${sip63}.bin`) },
  {
    name: 'the unsigned loader is missing, and the image of the way around it too',
    ...over,
    ...lacks('P003-8-12-00.bin'),
  },
  {
    name: 'the library is empty',
    ...up,
    fault: ({ library }) => library.clear(),
    named: 'firmware-missing',
    by: ['import', 'power'],
  },
  {
    name: 'the image leaves the library in mid-plan',
    ...far,
    ...lacks(),
    async fault(site) {
      site.cuts = [8];
      await site.boot();
      site.library.delete(`${sip812}.sb2`);
    },
  },
  {
    name: 'the application was put into a folder of the library',
    ...up,
    ...lacks(),
    fault({ library }) {
      library.set(`sip/${sip812}.sb2`, library.get(`${sip812}.sb2`)!);
      library.delete(`${sip812}.sb2`);
    },
  },
  {
    name: 'the application is called otherwise',
    ...up,
    fault({ library }) {
      library.set('P0S3-new.sb2', library.get(`${sip812}.sb2`)!);
      library.delete(`${sip812}.sb2`);
    },
    named: 'firmware-missing',
    by: ['rename', 'power'],
  },
  {
    name: 'the library has the other spelling of the image only',
    from: sip75,
    to: 'P0S3-08-12-00',
    fault: () => undefined,
    named: 'firmware-missing',
    by: ['image', 'power'],
    ends: sip812,
  },
  { name: 'the application is cut off', ...up, ...spoilt(`${sip812}.sb2`, half), ...unusable },
  {
    name: 'the application was changed',
    ...up,
    ...spoilt(`${sip812}.sb2`, otherByte),
    ...unusable,
  },
  {
    name: 'the application is another one under this name',
    ...up,
    ...spoilt(`${sip812}.sb2`, () => whole(sip75, `${sip75}.sb2`)),
    ...unusable,
  },
  {
    name: 'the image between is cut off',
    ...far,
    ...spoilt(`${sip63}.bin`, half),
    ...unusable,
  },
  {
    name: 'the loader is empty',
    ...up,
    ...spoilt('P003-8-12-00.sbn', () => new Uint8Array()),
    ...unusable,
  },
  {
    name: 'the unsigned loader is not the signed one',
    ...{ from: sip63, to: sip812 },
    fault({ library }) {
      const other = whole(sip812, 'P003-8-12-00.bin').slice();
      library.set('P003-8-12-00.bin', otherByte(other));
    },
    ...unusable,
  },
  {
    name: 'the loads file wants another LA_VERSION than the loader has',
    ...up,
    ...spoilt(`${sip812}.loads`, inLoads('PAS30830', 'PAS39999')),
    ...unusable,
  },
  {
    name: 'the loads file names another loader',
    ...up,
    ...spoilt(`${sip812}.loads`, inLoads('P003-8-12-00', 'P003-8-13-00')),
    named: 'firmware-missing',
    by: ['import', 'power'],
  },
  {
    name: 'the loads file names its files in another letter case',
    ...up,
    ...spoilt(`${sip812}.loads`, inLoads(sip812, sip812.toLowerCase())),
    ...rejected,
  },
  {
    name: 'the application has a key that the phone does not know',
    ...up,
    ...spoilt(`${sip812}.sb2`, byStranger),
    ...rejected,
  },
  {
    name: 'the loads file has a key that the phone does not know',
    ...up,
    ...spoilt(`${sip812}.loads`, byStranger),
    named: 'image-unproved',
    by: ['import', 'power'],
  },
  {
    name: 'the loader has a key that the phone does not know',
    ...up,
    ...spoilt('P003-8-12-00.sbn', byStranger),
    named: 'old-application-came-back',
    by: ['import', 'power', 'image', 'power'],
  },
  {
    name: 'a loader without application, and the library has another image only',
    ...up,
    ...lacks(`${sip812}.loads`),
    fault(site) {
      site.replace('P003-07-5-00');
      site.library.delete(`${sip812}.loads`);
    },
  },
  {
    name: 'a loader without application, and the library is empty',
    ...up,
    fault(site) {
      site.replace('P003-07-5-00');
      site.library.clear();
    },
    named: 'in-loader',
    by: ['import', 'power'],
  },
  {
    name: 'there is no way to the image',
    from: sip812,
    to: sip44,
    fault: (site) => site.says(sip812),
    named: 'no-way',
    by: ['image', 'power'],
    ends: sip812,
  },
  { name: 'the loads file of a Java phone is missing', ...java, ...lacks(`${java94}.loads`) },
  {
    name: 'a component of a Java load is missing',
    ...java,
    ...lacks('cnu41.9-4-2SR3-1.sbn'),
  },
  {
    name: 'a component of a Java load is cut off',
    ...java,
    ...spoilt('apps41.9-4-2SR3-1.sbn', half),
    ...unusable,
  },
  {
    name: 'the Java load between is missing',
    ...{ model: '7941', from: 'SIP41.8-2-2SR1S', to: java94 },
    fault({ library }) {
      for (const name of [...library.keys()])
        if (name.includes('8-3-3') || name.includes('8-5-2')) library.delete(name);
    },
    named: 'firmware-missing',
    by: ['import', 'power'],
  },
  {
    name: 'a Java load has a key that the phone does not know',
    ...java,
    ...spoilt(`${java94}.loads`, byStranger),
    ...rejected,
  },
  {
    name: 'a component of a Java load has a key that the phone does not know',
    ...java,
    ...spoilt('dsp41.9-4-2SR3-1.sbn', byStranger),
    ...rejected,
  },
  {
    name: 'a Java phone was reset, and the library has no default load for it',
    ...{ model: '7941', from: java83, to: java85, onLink: true },
    fault(site) {
      site.replace('term41.default');
      for (const name of [...site.library.keys()])
        if (name.endsWith('term41.default.loads')) site.library.delete(name);
    },
    named: 'firmware-missing',
    by: ['import', 'power'],
  },
  {
    name: 'a Java phone with old boot code was reset, and the library has the newest load only',
    ...java,
    onLink: true,
    fault(site) {
      site.replace('term41.default', '8-3-2');
      for (const name of [...site.library.keys()])
        if (!name.includes('9-4-2')) site.library.delete(name);
      site.library.set('term41.default.loads', whole(java94, 'term41.default.loads'));
    },
    boots: 4,
    named: 'boot-loop',
    by: ['import', 'power'],
  },
];
