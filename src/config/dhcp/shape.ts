import { z } from 'zod';

/** One value, several with commas between them, or a list of them. */
const list = z
  .preprocess(
    (input) =>
      typeof input === 'string'
        ? input
            .split(',')
            .map((part) => part.trim())
            .filter((part) => part !== '')
        : input,
    z.array(z.string()),
  )
  .optional();
const text = z.string().optional();

/** A map that may be left empty or out. */
function section<T extends z.ZodType>(schema: T) {
  return z.preprocess((input) => (input === undefined || input === '' ? {} : input), schema);
}

const given = {
  tftp: list,
  next_server: text,
  boot_file: text,
  dns: list,
  ntp: list,
  domain: text,
  time_offset: text,
  options: section(z.record(z.string(), z.string())),
};

const leases = { lease: text, lease_min: text, lease_max: text };

const reservation = z.preprocess(
  (input) => (typeof input === 'string' ? { address: input } : input),
  z.strictObject({ address: z.string(), host_name: text, ...given }),
);

const network = z.strictObject({
  pools: list,
  exclude: list,
  routers: list,
  shared: text,
  ...leases,
  ...given,
  reservations: section(z.record(z.string(), reservation)),
});

const rule = z.strictObject({
  ...{ vendor_class: text, mac: text, model: text, label: text },
  ...{ routers: list, ...given },
});

/** The section `dhcp:` as it is written; every scalar is text. */
export const dhcpShape = z.strictObject({
  mode: text,
  ping: text,
  durability: text,
  ...leases,
  ...given,
  networks: section(z.record(z.string(), section(network))),
  rules: z.preprocess((input) => (input === '' ? [] : input), z.array(rule)).default([]),
});

export type DhcpText = z.infer<typeof dhcpShape>;
export type NetworkText = z.infer<typeof network>;
export type ReservationText = z.infer<typeof reservation>;
export type RuleText = z.infer<typeof rule>;
export type GivenText = Pick<RuleText, keyof typeof given> & {
  readonly routers?: string[] | undefined;
};
export type LeaseTexts = Pick<NetworkText, keyof typeof leases>;

/** The keys that may stand at a path below `dhcp`. */
export function dhcpKeys([first, , third]: readonly string[]): readonly string[] {
  if (first === 'rules') return Object.keys(rule.shape);
  if (first !== 'networks') return Object.keys(dhcpShape.shape);
  if (third === 'reservations') return ['address', 'host_name', ...Object.keys(given)];
  return Object.keys(network.shape);
}
