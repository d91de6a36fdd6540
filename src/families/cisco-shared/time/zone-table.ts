/** A zone of the phones' own, with everything that the guide calls it. */
export type ZoneRow = {
  /** First column: what `time_zone` takes. */
  readonly abbreviation: string;
  /** Minutes east of Greenwich. */
  readonly offset: number;
  readonly cities: string;
  /** Last column: name and meaning. */
  readonly names: readonly (readonly [name: string, meaning: string])[];
};

const row = (
  abbreviation: string,
  offset: string,
  cities: string,
  names: Readonly<Record<string, string>>,
): ZoneRow => ({ abbreviation, offset: minutesOf(offset), cities, names: Object.entries(names) });

/** Cisco SIP IP Phone Administrator Guide 4.4, table 3-9. */
export const zoneTable: readonly ZoneRow[] = [
  row('IDL', '-12:00', 'Eniwetok', {
    IDL: 'International Date Line',
    IDLW: 'International Date Line West',
  }),
  row('NT', '-11:00', 'Midway', { BT: 'Bering Time', NT: 'Nome Time' }),
  row('AHST', '-10:00', 'Hawaii', {
    AHST: 'Alaska-Hawaii Standard Time',
    HST: 'Hawaiian Standard Time',
    CAT: 'Central Alaska Time',
  }),
  row('IMT', '-09:30', 'Isle Marquises', { 'Isle Marquises': 'Isle Marquises' }),
  row('YST', '-09:00', 'Yukon', { YST: 'Yukon Standard Time' }),
  row('PST', '-08:00', 'Los Angeles', { PST: 'Pacific Standard Time' }),
  row('MST', '-07:00', 'Phoenix', {
    MST: 'Mountain Standard Time',
    PDT: 'Pacific Daylight Time',
  }),
  row('CST', '-06:00', 'Dallas, Mexico City', {
    CST: 'Central Standard Time',
    MDT: 'Mountain Daylight Time',
    Chicago: 'Chicago',
  }),
  row('EST', '-05:00', 'New York', {
    EST: 'Eastern Standard Time',
    CDT: 'Central Daylight Time',
    NYC: 'New York',
  }),
  row('AST', '-04:00', 'La Paz', {
    AST: 'Atlantic Standard Time',
    EDT: 'Eastern Daylight Time',
  }),
  row('NST', '-03:30', 'Newfoundland', { NST: 'Newfoundland Standard Time' }),
  row('BST', '-03:00', 'Buenos Aires', {
    BST: 'Brazil Standard Time',
    ADT: 'Atlantic Daylight Time',
    GST: 'Greenland Standard Time',
  }),
  row('AT', '-02:00', 'Mid-Atlantic', { AT: 'Azores Time' }),
  row('WAT', '-01:00', 'Azores', { WAT: 'West Africa Time' }),
  row('GMT', '+00:00', 'London', {
    GMT: 'Greenwich Mean Time',
    WET: 'Western European Time',
    UT: 'Universal Time',
  }),
  row('CET', '+01:00', 'Paris', {
    CET: 'Central European Time',
    MET: 'Middle European Time',
    BST: 'British Summer Time',
    MEWT: 'Middle European Winter Time',
    SWT: 'Swedish Winter Time',
    FWT: 'French Winter Time',
  }),
  row('EET', '+02:00', 'Athens, Rome', {
    EET: 'Eastern European Time',
    'USSR-zone1': 'Soviet zone 1',
    MEST: 'Middle European Summer Time',
    FST: 'French Summer Time',
  }),
  row('BT', '+03:00', 'Baghdad, Moscow', { BT: 'Baghdad Time', 'USSR-zone2': 'Soviet zone 2' }),
  row('IT', '+03:30', 'Tehran', { IT: 'Iran Time' }),
  row('ZP4', '+04:00', 'Abu Dhabi', { 'USSR-zone3': 'Soviet zone 3', ZP4: 'GMT plus 4 hours' }),
  row('AFG', '+04:30', 'Kabul', { Afghanistan: 'Afghanistan' }),
  row('ZP5', '+05:00', 'Islamabad', { 'USSR-zone4': 'Soviet zone 4', ZP5: 'GMT plus 5 hours' }),
  row('IST', '+05:30', 'Bombay, Delhi', { IST: 'Indian Standard Time' }),
  row('ZP6', '+06:00', 'Colombo', { 'USSR-zone5': 'Soviet zone 5', ZP6: 'GMT plus 6 hours' }),
  row('SUM', '+06:30', 'North Sumatra', { NST: 'North Sumatra Time' }),
  row('WAST', '+07:00', 'Bangkok, Hanoi', {
    SST: 'South Sumatra Time',
    'USSR-zone6': 'Soviet zone 6',
    WAST: 'West Australian Standard Time',
  }),
  row('HST', '+08:00', 'Beijing, Hong Kong', {
    CCT: 'China Coast Time',
    HST: 'Hong Kong Standard Time',
    'USSR-zone7': 'Soviet zone 7',
    WADT: 'West Australian Daylight Time',
  }),
  row('JST', '+09:00', 'Tokyo, Seoul', {
    JST: 'Japan Standard Time',
    KST: 'Korean Standard Time',
    'USSR-zone8': 'Soviet zone 8',
  }),
  row('CAST', '+09:30', 'Darwin', {
    SAST: 'South Australian Standard Time',
    CAST: 'Central Australian Standard Time',
  }),
  row('EAST', '+10:00', 'Brisbane, Guam', {
    GST: 'Guam Standard Time',
    'USSR-zone9': 'Soviet zone 9',
    EAST: 'East Australian Standard Time',
  }),
  row('EADT', '+11:00', 'Solomon Islands', {
    'USSR-zone10': 'Soviet zone 10',
    EADT: 'East Australian Daylight Time',
  }),
  row('NZST', '+12:00', 'Auckland', {
    NZT: 'New Zealand Time',
    NZST: 'New Zealand Standard Time',
    IDLE: 'International Date Line East',
  }),
];

/** The zone that a name of the last column stands for; two if the name clashes. */
export function zonesNamed(name: string): readonly ZoneRow[] {
  return zoneTable.filter(({ names }) => names.some(([known]) => known === name));
}

export function zoneAbbreviated(abbreviation: string): ZoneRow | undefined {
  return zoneTable.find((zone) => zone.abbreviation === abbreviation);
}

export function zoneWithOffset(offset: number): ZoneRow | undefined {
  return zoneTable.find((zone) => zone.offset === offset);
}

/** What a zone means by a name of its last column. */
export function meaningOf({ names }: ZoneRow, name: string): string {
  return names.find(([known]) => known === name)?.[1] ?? name;
}

function minutesOf(offset: string): number {
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number);
  return (hours * 60 + minutes) * (offset.startsWith('-') ? -1 : 1);
}
