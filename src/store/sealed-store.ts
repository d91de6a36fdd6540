import type { Phone } from '../model/phone.ts';
import type { ServedFile } from '../model/served.ts';
import type { SettingValues } from '../model/settings.ts';
import type { Store, WantedChange } from '../model/store.ts';
import type { Mac } from '../wire/mac.ts';
import { isSealed, type Sealer } from './seal.ts';

/**
 * Any store, with secret settings and the texts of served files sealed in it; digests of those
 * texts as well, by which a password could be guessed. What was put in plain before is read, and
 * sealed when it is put again.
 */
export function sealedStore(
  inner: Store,
  sealer: Sealer,
  isSecret: (setting: string) => boolean,
): Store {
  const phones = phoneSeals(sealer, isSecret);
  const { inTurn, idle } = turns();
  return {
    ...inner,
    phonePut: (phone) => inTurn(() => phones.seal(phone), inner.phonePut),
    phonesPut: (list) => inTurn(() => Promise.all(list.map(phones.seal)), inner.phonesPut),
    phoneDelete: (mac) => inTurn(() => Promise.resolve(mac), inner.phoneDelete),
    runningPut: (mac, image) =>
      inTurn(
        () => Promise.resolve(mac),
        (each) => inner.runningPut(each, image),
      ),
    wantedPut: (mac, change) =>
      inTurn(
        () => sealWanted(phones.seal, mac, change),
        (sealed) => inner.wantedPut(mac, sealed),
      ),
    async phoneGet(mac) {
      const phone = await inner.phoneGet(mac);
      return phone && phones.open(phone);
    },
    phoneList: async () => Promise.all((await inner.phoneList()).map(phones.open)),
    servedPut: (files) =>
      inTurn(() => Promise.all(files.map((file) => sealFile(sealer, file))), inner.servedPut),
    async servedList(mac) {
      return Promise.all((await inner.servedList(mac)).map((file) => openFile(sealer, file)));
    },
    async close() {
      await idle();
      await inner.close();
    },
  };
}

/** Whether there is anything in it that only its key opens. */
export async function holdsSealed(inner: Store): Promise<boolean> {
  const phones = await inner.phoneList();
  if (phones.some(({ settings }) => Object.values(settings).some(isSealed))) return true;
  for (const { mac } of phones)
    if ((await inner.servedList(mac)).some(({ sha256 }) => isSealed(sha256))) return true;
  return false;
}

/** Sealing takes a while; what is put in an order reaches the store in that order. */
function turns() {
  let last: Promise<unknown> = Promise.resolve();
  return {
    idle: () => last,
    inTurn<T, Result>(
      prepare: () => Promise<T>,
      put: (prepared: T) => Promise<Result>,
    ): Promise<Result> {
      const prepared = last.then(prepare);
      last = prepared.catch(() => undefined);
      return prepared.then(put);
    },
  };
}

function phoneSeals(sealer: Sealer, isSecret: (setting: string) => boolean) {
  async function each(
    { mac, settings }: Pick<Phone, 'mac' | 'settings'>,
    change: (name: string, value: string, place: string) => Promise<string>,
  ): Promise<SettingValues> {
    const changed = Object.entries(settings).map(async ([name, value]) => {
      const place = `phones/${mac}/settings/${name}`;
      return [name, await change(name, value, place)] as const;
    });
    return Object.fromEntries(await Promise.all(changed));
  }
  return {
    async seal<T extends Pick<Phone, 'mac' | 'settings'>>(phone: T): Promise<T> {
      const settings = await each(phone, async (name, value, place) => {
        // What looks sealed and is not would not come back as it is.
        const isOpen = value === '' || !(isSecret(name) || isSealed(value));
        return isOpen ? value : sealer.seal(value, place);
      });
      return { ...phone, settings };
    },
    async open(phone: Phone): Promise<Phone> {
      const settings = await each(phone, (_, value, place) => sealer.open(value, place));
      return { ...phone, settings };
    },
  };
}

async function sealWanted(
  seal: ReturnType<typeof phoneSeals>['seal'],
  mac: Mac,
  change: WantedChange,
): Promise<WantedChange> {
  const all = Object.entries(change.settings ?? {});
  const put = all.flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  const { settings } = await seal({ mac, settings: Object.fromEntries(put) });
  return { ...change, settings: { ...change.settings, ...settings } };
}

function placeOf({ mac, path }: ServedFile, field: string): string {
  return `served/${mac}/${path}/${field}`;
}

async function sealFile(sealer: Sealer, file: ServedFile): Promise<ServedFile> {
  const { text } = file;
  if (text === undefined) return file;
  return {
    ...file,
    text: await sealer.seal(text, placeOf(file, 'text')),
    sha256: await sealer.seal(file.sha256, placeOf(file, 'sha256')),
  };
}

async function openFile(sealer: Sealer, file: ServedFile): Promise<ServedFile> {
  const sha256 = await sealer.open(file.sha256, placeOf(file, 'sha256'));
  if (file.text === undefined) return { ...file, sha256 };
  return { ...file, sha256, text: await sealer.open(file.text, placeOf(file, 'text')) };
}
