import type { Phone } from '../model/phone.ts';
import type { Problem } from './listen.ts';

/** Reads the name of an IANA time zone. */
export function readZone(text: string): string | Problem {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return text;
  } catch {
    return { problem: `"${text}" is no IANA time zone such as Europe/Berlin` };
  }
}

/** What a workspace says of zones. */
type Zones = {
  readonly zone?: string | undefined;
  readonly sites: Readonly<Record<string, { readonly zone?: string | undefined }>>;
};

/** The zone that a phone's own label names, else its site's, else the workspace's. */
export function zoneOfPhone(
  { sites, zone }: Zones,
  { labels }: Pick<Phone, 'labels'>,
): string | undefined {
  const own = Object.hasOwn(labels, 'zone') ? labels.zone : undefined;
  const site = labels.site ?? '';
  const ofSite = Object.hasOwn(sites, site) ? sites[site]?.zone : undefined;
  return own ?? ofSite ?? zone;
}
