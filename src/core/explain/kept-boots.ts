import type { Boot, BootEvent, BootRequest } from '../../model/boot.ts';
import type { FileEnd, FileProtocol, Happening, Observation } from '../../model/observation.ts';
import type { Store } from '../../model/store.ts';
import type { Mac } from '../../wire/mac.ts';
import { happeningWords } from './happening-words.ts';

type BootStore = Pick<Store, 'bootList' | 'requestList' | 'eventList'>;

/** What is kept of the last boots of a phone, oldest first. */
export async function keptObservations(
  store: BootStore,
  mac: Mac,
  most: number,
): Promise<readonly Observation[]> {
  const boots = await store.bootList(mac, most);
  const kept = boots.toReversed().map((boot) => observationsOfBoot(store, boot));
  return (await Promise.all(kept)).flat();
}

/** The requests and events of one boot, in order of time. */
export async function observationsOfBoot(
  store: Omit<BootStore, 'bootList'>,
  { id, mac }: Pick<Boot, 'id' | 'mac'>,
): Promise<readonly Observation[]> {
  const requests = await store.requestList(id);
  const events = await store.eventList(id);
  const source = `boot ${id}`;
  return [
    ...requests.flatMap((request, at) => ofRequest(mac, request, source, at + 1)),
    ...events.map((event) => ofEvent(mac, event, source)),
  ].toSorted((a, b) => a.at - b.at);
}

/** The request, and how it ended; when it did is not kept. */
function ofRequest(
  mac: Mac,
  request: BootRequest,
  source: string,
  line: number,
): readonly Observation[] {
  const { at, address, path, port } = request;
  const protocol = fileProtocol(request);
  const text = `${protocol} ${request.outcome} ${path}`;
  const base = { at, address, mac, evidence: { source, line, text } };
  const asked: Happening = { kind: 'file-asked', protocol, path, port };
  const ended: Happening = { kind: 'file-ended', protocol, path, end: endOf(request) };
  return [
    { ...base, happening: asked },
    { ...base, happening: ended },
  ];
}

/** Files go by no other. */
function fileProtocol({ protocol }: BootRequest): FileProtocol {
  return protocol === 'http' || protocol === 'uftp' ? protocol : 'tftp';
}

/** RFC 2347: what the server refuses is a request that it cannot read, not a file. */
const optionsRefused = 8;

function endOf({ outcome, bytes, protocol }: BootRequest): FileEnd {
  switch (outcome) {
    case 'sent':
    case 'partial':
      return { kind: 'sent', bytes };
    case 'missing':
      return { kind: 'error', code: protocol === 'http' ? 404 : 1, text: 'not found' };
    case 'refused':
      return { kind: 'error', code: optionsRefused, text: 'refused' };
    case 'aborted':
      return { kind: 'aborted', text: 'the phone ended it' };
    case 'timed-out':
      return { kind: 'timed-out', answered: true, bytes };
  }
}

function ofEvent(mac: Mac, { at, address, happening }: BootEvent, source: string): Observation {
  const evidence = { source, text: happeningWords(happening) };
  return { at, mac, happening, evidence, ...(address === undefined ? {} : { address }) };
}
