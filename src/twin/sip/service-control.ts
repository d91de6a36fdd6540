/** What a NOTIFY with `Event: service-control` asks of a phone. */
export type ServiceControl = {
  readonly action: string;
  /** Keys in lower case; braces around a value are taken off. */
  readonly values: ReadonlyMap<string, string>;
};

/** Lines `key=value`. Cisco's SIP stack as published, "sipcc"; lines without `=` are passed over. */
export function readServiceControl(body: string): ServiceControl {
  const pairs = body.split(/\r?\n/).flatMap((line): readonly (readonly [string, string])[] => {
    const equals = line.indexOf('=');
    if (equals < 1) return [];
    const value = line.slice(equals + 1).trim();
    return [[line.slice(0, equals).trim().toLowerCase(), value.replace(/^\{(.*)\}$/s, '$1')]];
  });
  const values = new Map(pairs);
  return { action: (values.get('action') ?? '').toLowerCase(), values };
}

export type ServiceKnown = {
  /** Of the registrations that hold; none where the phone is not registered. */
  readonly callIds: readonly string[];
  /** `versionStamp` of its configuration. */
  readonly versionStamp: string;
  readonly load: string;
};

/**
 * `restart`: reads its configuration again. `reset`: starts as after power-on. `refuse`: 400, because
 * it is not for this registration, or nothing that is known.
 */
export type ServiceDecision = {
  readonly kind: 'restart' | 'reset' | 'nothing' | 'refuse';
  readonly because: string;
};

export function serviceDecision(
  { action, values }: ServiceControl,
  known: ServiceKnown,
): ServiceDecision {
  const callId = values.get('registercallid') ?? '';
  const isOurs = known.callIds.length === 0 ? callId === '' : known.callIds.includes(callId);
  if (!isOurs) return { kind: 'refuse', because: `RegisterCallId is {${callId}}` };
  const stamp = values.get('configversionstamp') ?? '';
  const load = values.get('firmwareloadid') ?? '';
  const isOther = stamp !== '' && stamp !== known.versionStamp;
  switch (action) {
    case 'restart':
    case 'reset':
      return { kind: action, because: `service-control: ${action}` };
    case 'check-version':
    case 'apply-config':
      if (action === 'apply-config' && load !== '' && load !== known.load)
        return { kind: 'reset', because: `service-control: ${action}, the load is to be ${load}` };
      if (isOther)
        return { kind: 'restart', because: `service-control: ${action}, another version stamp` };
      return { kind: 'nothing', because: `service-control: ${action}, nothing is new` };
    case 'call-preservation':
      return { kind: 'nothing', because: 'service-control: call-preservation' };
    default:
      return { kind: 'refuse', because: `no action is "${action}"` };
  }
}
