import { mkdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ProvisionEvent } from '../src/core/asking.ts';
import { createIdentifier } from '../src/core/identify.ts';
import { phoneFrom } from '../src/core/inventory.ts';
import { createProvisioner } from '../src/core/provision.ts';
import { labSignatureLength, signLab } from '../src/codec/image/lab-key.ts';
import { encodeSignedFile } from '../src/codec/image/signed-header.ts';
import { families } from '../src/families/index.ts';
import { openFileTree } from '../src/servers/file-tree.ts';
import type { FileHandler } from '../src/servers/file.ts';
import { startHttpFileServer } from '../src/servers/http/server.ts';
import { startTftpServer } from '../src/servers/tftp/server.ts';
import { memoryStore } from '../src/store/memory.ts';
import type { Mac } from '../src/wire/mac.ts';
import type { Place } from './secrets-fuzz-clients.ts';
import { pick, type Random } from './secrets-fuzz-names.ts';

/** Whose the files are. `unlisted` is in no inventory and has hand-made files alone. */
export const macs = {
  sip: '0200000000A1' as Mac,
  java: '0200000000A2' as Mac,
  other: '0200000000B1' as Mac,
  unlisted: '0200000000D1' as Mac,
};
export const computer = '0200000000C1' as Mac;

// None of these stands in what a file or a header says: every piece of four is a leak.
const signs = ['!', '$', '(', ')', '*', '+', '^', '{', '|', '}', '~'];

/** A long random word for each thing that is secret. */
export type Secrets = Readonly<Record<keyof typeof macs | 'common', readonly string[]>>;

export function randomSecrets(random: Random): Secrets {
  const word = () =>
    Array.from({ length: 20 + Math.floor(random() * 30) }, () => pick(random, signs)).join('');
  const words = () => Array.from({ length: 8 }, word);
  return { sip: words(), java: words(), other: words(), unlisted: words(), common: words() };
}

export type Site = {
  readonly tftp: Place;
  readonly http: Place;
  readonly handMade: readonly string[];
  readonly events: readonly ProvisionEvent[];
  stop(): Promise<void>;
};

const clock = {
  now: () => Date.now(),
  after(ms: number, run: () => void) {
    const timer = setTimeout(run, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Core behind real servers on loopback; `holders`: who has which address by lease or neighbour table. */
export async function startSite(
  folder: string,
  secrets: Secrets,
  holders: ReadonlyMap<string, Mac>,
  trusts: (address: string) => boolean,
): Promise<Site> {
  const handMade = await writeFiles(folder, secrets);
  const store = memoryStore();
  for (const phone of phonesWith(secrets)) await store.phonePut(phone);
  const identifier = createIdentifier({
    ...{ families, ties: [], tieLasts: 86_400_000, trusts },
    neighbour: (address) => (address.endsWith('.1') ? undefined : holders.get(address)),
    leaseHolder: (address) => (address.endsWith('.1') ? holders.get(address) : undefined),
  });
  const tree = await openFileTree(folder, { maxFileBytes: 1e6, cacheBytes: 1e6 });
  const library = { read: () => Promise.resolve(undefined) };
  const events: ProvisionEvent[] = [];
  const provisioner = createProvisioner({
    ...{ store, families, identifier, clock, trees: { handMade: tree, library } },
    layersFor: ({ mac, settings }) => [{ scope: 'phone', name: mac, values: settings }],
    onEvent: (event) => void events.push(event),
  });
  const handler: FileHandler = {
    async open(request) {
      const { bytes, ticket, ...more } = await provisioner.open(request);
      return bytes ? { kind: 'found', bytes, ticket, ...more } : { kind: 'missing', ticket };
    },
    closed: (end) => provisioner.closed(end),
  };
  const where = { host: '127.0.0.1', port: 0, handler };
  const tftp = await startTftpServer({ ...where, workers: 1 });
  const http = await startHttpFileServer({ ...where, limits: { connections: 4096 } });
  return {
    ...{ tftp: tftp.addresses[0]!, http: http.address, handMade, events },
    async stop() {
      await Promise.all([tftp.stop(), http.stop()]);
      await provisioner.flush();
      tree.close();
      await store.close();
    },
  };
}

function phonesWith(secrets: Secrets) {
  const lines = (words: readonly string[]) =>
    Object.fromEntries(
      words.slice(0, 2).flatMap((word, at) => [
        [`line${at + 1}_name`, `10${at}`],
        [`line${at + 1}_authname`, `10${at}`],
        [`line${at + 1}_password`, word],
      ]),
    );
  const { sip, java, other } = secrets;
  const own = (words: readonly string[]) => ({
    ...lines(words),
    proxy1_address: '192.0.2.1',
    phone_password: words[2]!,
    dial_plan: '* 5',
  });
  const [model, running] = ['7960', 'P0S3-8-12-00'];
  return [
    { mac: macs.sip, model, running, settings: own(sip) },
    { mac: macs.other, model, running, settings: own(other) },
    {
      ...{ mac: macs.java, model: '7975', running: 'SIP75.9-4-2-1S' },
      settings: { ...own(java), adminPassword: java[3]!, energyWiseSecret: java[4]! },
    },
  ].map((draft) => phoneFrom(families, draft).phone);
}

async function writeFiles(folder: string, secrets: Secrets): Promise<readonly string[]> {
  const files = handMadeFiles(secrets);
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    // A secret that changed long ago, and one that changed just now.
    const changed = 1_600_000_000 + (secrets.common[0]!.length % 7) * 86_400;
    const at = name === harmless ? 1_500_000_000 : changed;
    await utimes(path, at, at);
  }
  return Object.keys(files);
}

const harmless = 'syncinfo.xml';

/** Secrets wherever people put them; `&` and `<` are in none of them. */
function handMadeFiles({ unlisted, common, sip }: Secrets): Record<string, string | Buffer> {
  const { unlisted: mac } = macs;
  const device = `<device><!-- ${unlisted[4]} --><sipProfile><sipLines><line button="1"><name>7</name><authPassword>${unlisted[0]}</authPassword></line></sipLines></sipProfile><x sshPassword="${unlisted[1]}"/></device>`;
  const cnf = `# old password ${unlisted[2]}\nline1_name: 7\nline1_password: "${unlisted[3]}" ; ${unlisted[4]}\nphone_password=${unlisted[5]}\n`;
  const signed = encodeSignedFile({
    ...{ fileName: `SEP${mac}.cnf.xml.sgn`, body: Buffer.from(device), hash: 'sha1' },
    ...{ signerName: 'CN=a', signerSerial: Uint8Array.of(1), issuer: 'CN=b', sign: signLab },
    signatureLength: labSignatureLength,
  });
  return {
    'SIPDefault.cnf': `proxy1_address: 192.0.2.1\nphone_password: ${common[0]}\n`,
    'XMLDefault.cnf.xml': `<Default><password>${common[1]}</password></Default>`,
    [harmless]: '<SYNCINFO><IMAGE VERSION="*" SYNC="1"/></SYNCINFO>',
    [`SIP${mac}.cnf`]: cnf,
    [`SEP${mac}.cnf.xml`]: device,
    [`phones/SIP${mac}.cnf`]: cnf,
    [`MGC${mac}.cnf`]: `mgcp_secret: ${unlisted[6]}\n`,
    [`CTLSEP${mac}.tlv`]: `not a list: password ${unlisted[7]}\n`,
    [`SEP${mac}.cnf.xml.sgn`]: Buffer.from(signed),
    [`SIP${mac}.cnf.bak`]: cnf,
    [`SIP${mac}.cnf~`]: Buffer.from(`\uFEFF${cnf}`, 'utf16le'),
    // Beside the generated files of a phone of the inventory.
    [`MGC${macs.sip}.cnf`]: `mgcp_secret: ${sip[6]}\n`,
    [`SEP${macs.sip}.xml`]: `<device><authPassword>${sip[7]}</authPassword>`,
    'broken.xml': `<device><authPassword>${common[2]}</authPassword>`,
    'notes.txt': `Dear colleague, the password is ${common[3]}\n`,
    'phones.csv': `mac,line1_name,line1_password\n${mac},7,${common[4]}\n`,
    'services.xml': `<menu><url>http://admin:${common[5]}@192.0.2.1/</url></menu>`,
  };
}
