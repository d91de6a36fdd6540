import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explain, type Explained } from '../src/core/explain/explain.ts';
import { families } from '../src/families/index.ts';
import { commonDiagnoses } from '../src/families/shared/diagnoses/common-diagnoses.ts';
import type { FileEnd, Happening, Observation } from '../src/model/observation.ts';
import { bootTwin } from '../src/twin/cisco-7900/boot-twin.ts';
import { faultRules as rules7900 } from '../src/twin/cisco-7900/fault-rules.ts';
import { flashWith, type Flash } from '../src/twin/cisco-7900/flash.ts';
import { bootJavaTwin } from '../src/twin/cisco-java/boot-twin.ts';
import { faultRules as rulesJava } from '../src/twin/cisco-java/fault-rules.ts';
import type { JavaMemory } from '../src/twin/cisco-java/java-memory.ts';
import { chooseFault, withFaults } from '../src/twin/faults/faults.ts';
import { memoryWith } from '../src/twin/memory.ts';
import type { TwinEvent } from '../src/twin/report.ts';
import { seededRandom } from '../src/twin/seeded-random.ts';
import {
  fileServer,
  simulatedNetwork,
  type SimulatedServer,
} from '../src/twin/simulated-network.ts';
import { simulatedWeb } from '../src/twin/simulated-web.ts';
import { javaLoadFiles, memoryOf, modelNamed, sepFor } from '../src/twin/testing/java-trial.ts';
import { load, testMac, testServer, type Files } from '../src/twin/testing/trial.ts';
import { virtualClock } from '../src/twin/virtual-clock.ts';

/** Virtual phones with a fault, or before a server with one; what they did is told as a capture does. */

type TwinRow = {
  readonly name: string;
  readonly first: string;
  readonly files: Files;
  readonly runs?: string;
  readonly faults?: readonly string[];
  /** How often the plug is pulled and put in again. */
  readonly boots?: number;
  readonly answers?: (plain: SimulatedServer) => SimulatedServer;
  readonly java?: { readonly load: string; readonly bootCode?: string };
};

const sip812 = load('P0S3-8-12-00', 'P003-8-12-00', 'PAS30830');
const sepFile = `SEP${testMac}.cnf.xml`;
const named = { [sepFile]: '<device><loadInformation>P0S3-8-12-00</loadInformation></device>' };
const sip = {
  'SIPDefault.cnf': 'proxy1_address: 10.0.0.5\n',
  [`SIP${testMac}.cnf`]: 'line1_name: 1\n',
};
const site: Files = { ...sip812, ...named, ...sip };
const java = javaLoadFiles('SIP41.8-5-2S', '7961');
const javaSite: Files = { ...java, ...sepFor('SIP41.8-5-2S') };
const javaRuns = { load: 'SIP41.8-5-2S' };

const without = (files: Files, ...names: readonly string[]): Files =>
  Object.fromEntries(Object.entries(files).filter(([name]) => !names.includes(name)));
const spoilt = (files: Files, name: string): Files => {
  const bytes = Buffer.from(files[name] ?? '');
  return { ...files, [name]: bytes.with(-1, (bytes.at(-1) ?? 0) ^ 1) };
};

const rows: readonly TwinRow[] = [
  { name: 'a phone that has all it needs', first: 'healthy', files: site },
  { name: 'the same on its way up', first: 'healthy', files: site, runs: 'P0S3-07-5-00' },
  { name: 'every request twice', first: 'healthy', files: site, faults: ['duplicate-requests'] },
  {
    name: 'the application is missing',
    first: 'firmware-missing',
    files: without(site, 'P0S3-8-12-00.sb2'),
    runs: 'P0S3-07-5-00',
  },
  {
    name: 'the loader is missing',
    first: 'firmware-missing',
    files: without(site, 'P003-8-12-00.sbn'),
    runs: 'P0S3-07-5-00',
  },
  {
    name: 'the loads file is missing',
    first: 'firmware-missing',
    files: without(site, 'P0S3-8-12-00.loads'),
    runs: 'P0S3-07-5-00',
  },
  {
    name: 'the application has another signature',
    first: 'old-application-came-back',
    files: spoilt(site, 'P0S3-8-12-00.sb2'),
    runs: 'P0S3-07-5-00',
  },
  { name: 'an empty folder', first: 'tftp-root-wrong', files: {} },
  { name: 'an empty SEP file', first: 'sep-file-empty', files: { ...site, [sepFile]: '' } },
  {
    name: 'a phone that stops at error 2',
    first: 'tftp-error-code',
    files: site,
    faults: ['stops-on-error-2'],
    answers: (plain) => (request) => {
      const answer = plain(request);
      return answer.kind === 'error' ? { kind: 'error', code: 2 } : answer;
    },
  },
  {
    name: 'a silent server',
    first: 'tftp-silent',
    files: site,
    answers: () => () => ({ kind: 'silent' }),
  },
  {
    name: 'a server that falls silent in large files',
    first: 'transfer-stalls',
    files: site,
    runs: 'P0S3-07-5-00',
    boots: 2,
    answers: (plain) => (request) => {
      const answer = plain(request);
      return answer.kind === 'file' && /\.sbn$/.test(request.path)
        ? { ...answer, blocks: 2 }
        : answer;
    },
  },
  {
    name: 'a blank in OS79XX.TXT',
    first: 'os79xx-blank',
    files: { ...sip, 'OS79XX.TXT': 'P003-8-12-00 \n' },
    runs: 'P0S3-06-3-00',
  },
  {
    name: 'OS79XX.TXT names an image from before signatures',
    first: 'signed-no-downgrade',
    files: { 'OS79XX.TXT': 'P00303020600\n', ...sip },
    runs: 'P0S3-06-3-00',
  },
  { name: 'it never comes to rest', first: 'boot-loop', files: site, faults: ['never-idle'] },
  {
    name: 'the flash cannot be written',
    first: 'boot-loop',
    files: site,
    runs: 'P0S3-07-5-00',
    faults: ['flash-write-fails'],
  },
  { name: 'a Java phone that has all it needs', first: 'healthy', files: javaSite, java: javaRuns },
  {
    name: 'a Java phone on its way up',
    first: 'healthy',
    files: javaSite,
    java: { load: 'SIP41.8-3-3S' },
  },
  {
    name: 'a component is missing',
    first: 'firmware-missing',
    files: without(javaSite, 'cnu41.8-5-2.sbn'),
    java: { load: 'SIP41.8-3-3S' },
  },
  {
    name: 'the loads file writes a component with a capital letter',
    first: 'loads-case',
    files: {
      ...javaLoadFiles('SIP41.8-5-2S', '7961', { written: (name) => name.replace('jar', 'Jar') }),
      ...sepFor('SIP41.8-5-2S'),
    },
    java: { load: 'SIP41.8-3-3S' },
  },
  {
    name: 'a Java phone does not know the key of the load',
    first: 'old-application-came-back',
    files: { ...javaLoadFiles('SIP41.9-4-2S', '7961'), ...sepFor('SIP41.9-4-2S') },
    java: { load: 'SIP41.8-3-3S' },
  },
  {
    name: 'a Java phone before an empty folder',
    first: 'tftp-root-wrong',
    files: {},
    java: javaRuns,
  },
];

/** Errors are on the wire, whatever the phone makes of them. */
function servedBy({ files, answers }: TwinRow, seen: (each: Observation) => void): SimulatedServer {
  const plain = fileServer(files);
  const serve = answers ? answers(plain) : plain;
  return (request) => {
    const answer = serve(request);
    if (answer.kind !== 'error') return answer;
    const { path, at } = request;
    const end: FileEnd = { kind: 'error', code: answer.code, text: 'not there' };
    const happening = { kind: 'file-ended', protocol: 'tftp', path, end } as const;
    seen({ at, address: '10.0.0.7', happening, evidence: { source: 'twin', text: `no ${path}` } });
    return answer;
  };
}

async function boot(row: TwinRow): Promise<readonly Observation[]> {
  const clock = virtualClock(1_800_000_000_000);
  const seen: Observation[] = [];
  const see = (each: Observation) => void seen.push(each);
  const random = seededRandom(1);
  const chosen = (row.faults ?? []).map((text) => {
    const fault = chooseFault(text);
    assert.ok(typeof fault === 'object', text);
    return fault;
  });
  const parts = {
    ...{ clock, random, tftp: testServer, mac: testMac, until: 'idle' as const },
    network: simulatedNetwork({ clock, server: servedBy(row, see) }),
    onEvent: (event: TwinEvent) => observed(event).forEach(see),
  };
  const flash = memoryWith<Flash>(flashWith(row.runs ?? 'P0S3-8-12-00'));
  const javaFlash = memoryOf('7961', row.java?.load ?? 'SIP41.8-5-2S', row.java?.bootCode);
  const whole = {
    ...parts,
    model: modelNamed('7961'),
    flash: javaFlash,
    web: simulatedWeb(clock, () => 'refused'),
  };
  for (let time = 0; time < (row.boots ?? 1); time++) {
    if (row.java)
      await bootJavaTwin(withFaults<JavaMemory, typeof whole>(whole, rulesJava, chosen));
    else {
      const own = { ...parts, model: '7960' as const, flash };
      await bootTwin(withFaults(own, rules7900, chosen));
    }
    await clock.sleep(60_000);
  }
  return [...seen, ended(clock.now())];
}

function observed(event: TwinEvent): readonly Observation[] {
  if (event.kind !== 'request' && event.kind !== 'answer') return [];
  if (event.protocol === 'http') return [];
  const { at, path, port } = event;
  const happening: Happening =
    event.kind === 'request'
      ? { kind: 'file-asked', protocol: 'tftp', path, port, server: testServer.address }
      : { kind: 'file-ended', protocol: 'tftp', path, end: endOf(event) };
  const evidence = { source: 'twin', text: `${event.kind} ${path}` };
  return [{ at, address: '10.0.0.7', happening, evidence }];
}

function endOf({ outcome, bytes, error }: Extract<TwinEvent, { kind: 'answer' }>): FileEnd {
  if (outcome === 'sent') return { kind: 'sent', bytes };
  if (outcome === 'missing') return { kind: 'error', code: 1, text: '' };
  if (outcome === 'silent') return { kind: 'timed-out', answered: bytes > 0, bytes };
  if (error !== undefined) return { kind: 'error', code: error.code, text: error.message };
  return { kind: 'aborted', text: outcome };
}

function ended(at: number): Observation {
  const happening = { kind: 'server-note', text: 'the end' } as const;
  return { at, happening, evidence: { source: 'twin', text: 'the end' } };
}

function told({ diagnoses }: Explained): string {
  return diagnoses.map(({ code, text, score }) => `${code} (${score}): ${text}`).join('\n');
}

describe('what is wrong with a virtual phone is named first', () => {
  for (const row of rows)
    test(`${row.name}: ${row.first}`, async () => {
      const observations = await boot(row);
      const options = { families, common: commonDiagnoses, packets: true };
      const [phone] = explain(observations, options).phones;
      assert.ok(phone);
      assert.equal(phone.story.family, row.java ? 'cisco-java' : 'cisco-7900');
      assert.equal(phone.diagnoses[0]?.code, row.first, told(phone));
    });
});
