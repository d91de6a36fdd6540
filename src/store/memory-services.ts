import type { PhoneRevision } from '../model/revision.ts';
import type { Service } from '../model/service.ts';
import type { Mac } from '../wire/mac.ts';
import type { StoreVerbs } from './closable.ts';

export type KeptServices = {
  readonly revisions: Map<Mac, Map<string, PhoneRevision>>;
  readonly services: Service[];
};

type Verbs = 'revisionPut' | 'revisionList' | 'servicePut' | 'serviceGet' | 'serviceHistory';

export function memoryServices({ revisions, services }: KeptServices): Pick<StoreVerbs, Verbs> {
  const ofName = (name: string) => services.filter((each) => each.name === name);
  return {
    revisionPut(revision) {
      const own = revisions.get(revision.mac) ?? new Map<string, PhoneRevision>();
      own.set(revision.path, structuredClone(revision));
      revisions.set(revision.mac, own);
    },
    revisionList(mac) {
      const own = structuredClone([...(revisions.get(mac)?.values() ?? [])]);
      return own.sort((a, b) => (a.path < b.path ? -1 : 1));
    },
    servicePut(service) {
      services.push(structuredClone(service));
    },
    serviceGet(name) {
      return structuredClone(ofName(name).at(-1));
    },
    serviceHistory(name) {
      return structuredClone(ofName(name));
    },
  };
}
