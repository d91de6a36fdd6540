import { decodeSep } from '../../codec/config/sep-xml.ts';
import { loadFor } from '../../codec/config/xml-default.ts';
import { elementAt } from '../../codec/config/xml-path.ts';
import { textOf, type XmlElement } from '../../codec/config/xml.ts';
import { CodecError } from '../../wire/codec-error.ts';
import { sipValues } from './sip-settings.ts';
import { latin1 } from '../../wire/reader.ts';

/** What a phone takes from `SEP<MAC>.cnf.xml` or `XMLDefault.cnf.xml`; '' where it says nothing. */
export type JavaConfiguration = {
  readonly load: string;
  readonly callManager: string;
  readonly label: string;
  /** Name of the first line. */
  readonly line: string;
  readonly networkLocale: string;
  readonly networkLocaleVersion: string;
  readonly dialTemplate: string;
  readonly softKeyFile: string;
  /** The first NTP server, and how its time comes. */
  readonly ntpServer: string;
  readonly ntpMode: string;
  /** What it says of SIP, by path. */
  readonly sip: Readonly<Record<string, string>>;
};

export type ReadConfiguration =
  | { readonly kind: 'configuration'; readonly value: JavaConfiguration }
  | { readonly kind: 'unreadable'; readonly because: string };

const utf8Mark = '\u00ef\u00bb\u00bf';

/** Elements as in usecallmanager.nz, "SEPMAC.cnf.xml". The model's number is the key of its load. */
export function readConfiguration(bytes: Uint8Array, modelNumber: number): ReadConfiguration {
  const text = latin1(bytes);
  try {
    const file = decodeSep(text.startsWith(utf8Mark) ? text.slice(utf8Mark.length) : text);
    const load = loadFor(file, modelNumber) ?? '';
    return { kind: 'configuration', value: { load, ...settingsIn(file.root) } };
  } catch (error) {
    if (error instanceof CodecError) return { kind: 'unreadable', because: error.message };
    throw error;
  }
}

const ntp = 'devicePool/dateTimeSetting/ntps/ntp';
const members = 'callManagerGroup/members/member/callManager/processNodeName';

function settingsIn(root: XmlElement): Omit<JavaConfiguration, 'load'> {
  const text = (path: string) => textOf(elementAt(root, path));
  return {
    callManager: text(`devicePool/${members}`) || text(members),
    label: text('sipProfile/phoneLabel'),
    line: text('sipProfile/sipLines/line/name'),
    networkLocale: text('networkLocaleInfo/name') || text('networkLocale'),
    networkLocaleVersion: text('networkLocaleInfo/version'),
    dialTemplate: text('sipProfile/dialTemplate'),
    softKeyFile: text('sipProfile/softKeyFile'),
    ntpServer: text(`${ntp}/name`),
    ntpMode: text(`${ntp}/ntpMode`),
    sip: sipValues(root),
  };
}
