/**
 * Names of zones in SEP files for abbreviations of the 7940/7960, where one zone is meant by both.
 * Cisco SIP IP Phone Administrator Guide 4.4, table 3-9; usecallmanager.nz, "SEPMAC.cnf.xml".
 */
export const zoneNames: ReadonlyMap<string, string> = new Map([
  ['IDL', 'Dateline Standard Time'],
  ['NT', 'Samoa Standard Time'],
  ['AHST', 'Hawaiian Standard Time'],
  ['YST', 'Alaskan Standard/Daylight Time'],
  ['PST', 'Pacific Standard/Daylight Time'],
  ['MST', 'Mountain Standard/Daylight Time'],
  ['CST', 'Central Standard/Daylight Time'],
  ['EST', 'Eastern Standard/Daylight Time'],
  ['AST', 'Atlantic Standard/Daylight Time'],
  ['NST', 'Newfoundland Standard/Daylight Time'],
  ['BST', 'SA Eastern Standard Time'],
  ['AT', 'Mid-Atlantic Standard/Daylight Time'],
  ['WAT', 'Azores Standard/Daylight Time'],
  ['GMT', 'GMT Standard/Daylight Time'],
  ['CET', 'W. Europe Standard/Daylight Time'],
  ['EET', 'E. Europe Standard/Daylight Time'],
  ['BT', 'Russian Standard/Daylight Time'],
  ['IT', 'Iran Standard/Daylight Time'],
  ['ZP4', 'Arabian Standard Time'],
  ['AFG', 'Afghanistan Standard Time'],
  ['ZP5', 'West Asia Standard Time'],
  ['IST', 'India Standard Time'],
  ['ZP6', 'Central Asia Standard Time'],
  ['WAST', 'SE Asia Standard Time'],
  ['HST', 'China Standard/Daylight Time'],
  ['JST', 'Tokyo Standard Time'],
  ['CAST', 'AUS Central Standard Time'],
  ['EAST', 'E. Australia Standard Time'],
  ['EADT', 'Central Pacific Standard Time'],
  ['NZST', 'New Zealand Standard/Daylight Time'],
]);

/** The SEP name of a `time_zone`; a name in full stays as it is. Undefined where there is none. */
export function zoneNameFor(value: string): string | undefined {
  return / Time$/.test(value) || value === '' ? value : zoneNames.get(value);
}
