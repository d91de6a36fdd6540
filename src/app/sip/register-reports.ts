import type { ProvisionEvent } from '../../core/asking.ts';
import type { Clock } from '../../core/clock.ts';
import type { Provisioner } from '../../core/provision.ts';
import { mendedByRegistration, registerFinding } from '../../core/sip/register-findings.ts';
import type { RegisterNews } from '../../core/sip/register-news.ts';
import type { BootEvent } from '../../model/boot.ts';
import type { Store } from '../../model/store.ts';
import type { Mac } from '../../wire/mac.ts';
import { openFindingReports } from '../finding-reports.ts';

export type RegisterReportsParts = {
  readonly store: Store;
  readonly clock: Clock;
  readonly provisioner: Pick<Provisioner, 'event' | 'told'>;
  readonly onEvent: (event: ProvisionEvent) => void;
};

/** Makes timeline, findings and facts of what phones register. */
export type RegisterReports = {
  tell(news: RegisterNews): void;
  /** Resolves when all of it is in the store. */
  idle(): Promise<void>;
};

const good: readonly RegisterNews['outcome'][] = ['registered', 'renewed'];

export async function openRegisterReports(parts: RegisterReportsParts): Promise<RegisterReports> {
  const { store, clock, onEvent, provisioner } = parts;
  const reports = await openFindingReports({
    ...{ store, clock, onEvent },
    server: 'sip',
    mended: mendedByRegistration,
  });
  /** What each phone said last that it runs. */
  const said = new Map<Mac, string>();

  return {
    tell(news) {
      const { mac, at, user, from, outcome, status, because, expires } = news;
      if (mac !== undefined) for (const event of eventsOf(news)) provisioner.event(mac, event);
      onEvent({
        ...{ kind: 'registration', at, user, address: from.address, outcome, status },
        ...(mac !== undefined && { mac }),
        ...(expires !== undefined && { expires }),
        ...(because !== undefined && { because }),
      });
      const finding = registerFinding(news);
      if (finding) reports.report(finding, { mac, isPhone: mac !== undefined, apart: user });
      else if (mac !== undefined && good.includes(outcome)) reports.mend(mac);
      const fact = saidToRun(news);
      if (fact && said.get(fact.mac) !== fact.image) {
        said.set(fact.mac, fact.image);
        reports.inTurn(fact.mac, () => believe(parts, fact));
      }
    },
    idle: reports.idle,
  };
}

type SaidToRun = { readonly mac: Mac; readonly image: string; readonly because: string };

/** A phone that knows the line's password says what it runs. */
function saidToRun({ mac, family, traces, outcome }: RegisterNews): SaidToRun | undefined {
  const image = traces.image === undefined ? undefined : family?.parseImage(traces.image);
  const isOwn = traces.mac === undefined || traces.mac === mac;
  if (!mac || !image || !isOwn || !good.includes(outcome)) return undefined;
  const because = `it says so when it registers (${traces.image ?? ''})`;
  return { mac, image: image.canonical, because };
}

/**
 * In the middle of a step it is believed where it agrees with the step alone: it may not have asked
 * for anything yet.
 */
async function believe(
  { store, provisioner }: RegisterReportsParts,
  { mac, image, because }: SaidToRun,
): Promise<void> {
  const progress = await store.progressGet(mac);
  const step = progress?.state === 'under-way' ? progress.steps[progress.step] : undefined;
  if (!step || step.image === image)
    await provisioner.told(mac, [{ kind: 'runs', image, because }]);
}

/** As they stand on the wire: the phone's request, and what it was answered. */
function eventsOf(news: RegisterNews): readonly BootEvent[] {
  const { at, user, from, status, userAgent, expires } = news;
  const common = { at, protocol: 'sip', address: from.address } as const;
  const sip = { kind: 'sip', method: 'REGISTER', user } as const;
  const more = {
    ...(userAgent !== undefined && { userAgent }),
    ...(expires !== undefined && { expires }),
  };
  return [
    { ...common, happening: { ...sip, from: 'phone', ...more } },
    { ...common, happening: { ...sip, from: 'server', status } },
  ];
}
