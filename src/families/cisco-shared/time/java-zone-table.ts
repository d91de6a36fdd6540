import type { JavaLaw } from './java-law.ts';

/** A zone of the Java phones. */
export type JavaZone = {
  /** The text of `timeZone`. */
  readonly name: string;
  /** Minutes east of Greenwich, as documented. */
  readonly offset: number;
  readonly law: JavaLaw;
  /** The IANA zone that the name is about. */
  readonly zone: string;
  /** The offset of the place that the name is about, where the documented one is another. */
  readonly otherOffset?: number;
  readonly doubt?: string;
};

type Extra = Pick<JavaZone, 'otherOffset' | 'doubt'>;

const row = (
  name: string,
  offset: number,
  law: JavaLaw,
  zone: string,
  extra: Extra = {},
): JavaZone => ({ name, offset, law, zone, ...extra });

/** Where Windows, whose names these are, and the cities that go with them have another offset. */
const meant = (otherOffset: number): Extra => ({ otherOffset });
const doubt = (text: string): Extra => ({ doubt: text });

/**
 * Names and offsets: usecallmanager.nz, "SEPMAC.cnf.xml", timeZone; Cisco Unified CME Command
 * Reference, `time-zone`, has the same offsets. Laws and IANA zones: ours, by the names.
 */
export const javaZoneTable: readonly JavaZone[] = [
  row('Dateline Standard Time', -720, 'none', 'Etc/GMT+12'),
  row(
    'Samoa Standard Time',
    -660,
    'none',
    'Pacific/Pago_Pago',
    doubt('American Samoa; Samoa itself is at GMT+13:00 since 2011'),
  ),
  row('Hawaiian Standard Time', -600, 'none', 'Pacific/Honolulu'),
  row('Alaskan Standard/Daylight Time', -540, 'united-states', 'America/Anchorage'),
  row('Pacific Standard/Daylight Time', -480, 'united-states', 'America/Los_Angeles'),
  row('Mountain Standard/Daylight Time', -420, 'united-states', 'America/Denver'),
  row('US Mountain Standard Time', -420, 'none', 'America/Phoenix'),
  row('Central Standard/Daylight Time', -360, 'united-states', 'America/Chicago'),
  row('Mexico Standard/Daylight Time', -360, 'mexico', 'America/Mexico_City'),
  row('Canada Central Standard Time', -360, 'none', 'America/Regina'),
  row('SA Pacific Standard Time', -300, 'none', 'America/Bogota'),
  row('Eastern Standard/Daylight Time', -300, 'united-states', 'America/New_York'),
  row(
    'US Eastern Standard Time',
    -300,
    'none',
    'America/Panama',
    doubt('Made for Indiana, which has daylight saving since 2006'),
  ),
  row('Atlantic Standard/Daylight Time', -240, 'united-states', 'America/Halifax'),
  row('SA Western Standard Time', -240, 'none', 'America/La_Paz'),
  row(
    'Pacific SA Standard Time',
    -240,
    'none',
    'America/Santiago',
    doubt('Chile in winter; there is another name for the summer'),
  ),
  row('Newfoundland Standard/Daylight Time', -210, 'united-states', 'America/St_Johns'),
  row('E. South America Standard/Daylight Time', -180, 'brazil', 'America/Sao_Paulo'),
  row('SA Eastern Standard Time', -180, 'none', 'America/Argentina/Buenos_Aires'),
  row(
    'Pacific SA Daylight Time',
    -180,
    'none',
    'America/Santiago',
    doubt('Chile in summer; there is another name for the winter'),
  ),
  row(
    'Mid-Atlantic Standard/Daylight Time',
    -120,
    'mid-atlantic',
    'America/Noronha',
    doubt('No place has this daylight saving'),
  ),
  row('Azores Standard/Daylight Time', -60, 'europe', 'Atlantic/Azores'),
  row('GMT Standard/Daylight Time', 0, 'europe', 'Europe/London'),
  row('Greenwich Standard Time', 0, 'none', 'Africa/Abidjan'),
  row('W. Europe Standard/Daylight Time', 60, 'europe', 'Europe/Berlin'),
  row('GTB Standard/Daylight Time', 60, 'europe', 'Europe/Athens', meant(120)),
  row('Egypt Standard/Daylight Time', 60, 'egypt', 'Africa/Cairo', meant(120)),
  row('E. Europe Standard/Daylight Time', 60, 'europe', 'Europe/Bucharest', meant(120)),
  row('Romance Standard/Daylight Time', 120, 'europe', 'Europe/Paris', meant(60)),
  row('Central Europe Standard/Daylight Time', 120, 'europe', 'Europe/Prague', meant(60)),
  row('South Africa Standard Time', 120, 'none', 'Africa/Johannesburg'),
  row('Jerusalem Standard/Daylight Time', 120, 'israel', 'Asia/Jerusalem'),
  row('Saudi Arabia Standard Time', 180, 'none', 'Asia/Riyadh'),
  row('Russian Standard/Daylight Time', 180, 'russia', 'Europe/Moscow'),
  row('Iran Standard/Daylight Time', 210, 'iran', 'Asia/Tehran'),
  row('Caucasus Standard/Daylight Time', 240, 'caucasus', 'Asia/Yerevan'),
  row('Arabian Standard Time', 240, 'none', 'Asia/Dubai'),
  row('Afghanistan Standard Time', 270, 'none', 'Asia/Kabul'),
  row('West Asia Standard Time', 300, 'none', 'Asia/Tashkent'),
  row('Ekaterinburg Standard Time', 300, 'none', 'Asia/Yekaterinburg'),
  row('India Standard Time', 330, 'none', 'Asia/Kolkata'),
  row('Central Asia Standard Time', 360, 'none', 'Asia/Dhaka'),
  row('SE Asia Standard Time', 420, 'none', 'Asia/Bangkok'),
  row('China Standard/Daylight Time', 480, 'none', 'Asia/Shanghai'),
  row('Taipei Standard Time', 480, 'none', 'Asia/Taipei'),
  row('Tokyo Standard Time', 540, 'none', 'Asia/Tokyo'),
  row('Cen. Australia Standard/Daylight Time', 570, 'australia', 'Australia/Adelaide'),
  row('AUS Central Standard Time', 570, 'none', 'Australia/Darwin'),
  row('E. Australia Standard Time', 600, 'none', 'Australia/Brisbane'),
  row('AUS Eastern Standard/Daylight Time', 600, 'australia', 'Australia/Sydney'),
  row('West Pacific Standard Time', 600, 'none', 'Pacific/Port_Moresby'),
  row('Tasmania Standard/Daylight Time', 600, 'tasmania', 'Australia/Hobart'),
  row('Central Pacific Standard Time', 660, 'none', 'Pacific/Guadalcanal'),
  row('Fiji Standard Time', 720, 'none', 'Pacific/Fiji'),
  row('New Zealand Standard/Daylight Time', 720, 'new-zealand', 'Pacific/Auckland'),
];

/** By its exact name. */
export function javaZoneNamed(name: string): JavaZone | undefined {
  return javaZoneTable.find((zone) => zone.name === name);
}
