import { attributeOf, child, children, textOf, type XmlElement } from './xml-element.ts';
import { elementAt } from './xml-path.ts';

/** A line key, as it is written; '' where an element is empty or missing. */
export type SepLine = {
  readonly button?: number;
  /** Of lines alone: which line it is. */
  readonly index?: number;
  /** `featureID`: 9 is a line. */
  readonly feature?: number;
  readonly label: string;
  readonly name: string;
  readonly displayName: string;
  readonly authName: string;
  readonly authPassword: string;
  readonly proxy: string;
  readonly port: string;
  readonly contact: string;
  readonly speedDial: string;
  readonly line: number;
  readonly column: number;
};

export type SepCallManager = {
  readonly priority?: number;
  readonly address: string;
  readonly ethernetPhonePort: string;
  readonly sipPort: string;
  readonly securedSipPort: string;
  readonly line: number;
  readonly column: number;
};

/** What people look for in a `SEP<MAC>.cnf.xml`; '' where it says nothing. */
export type SepPhone = {
  readonly protocol: string;
  readonly load: string;
  readonly label: string;
  readonly lines: readonly SepLine[];
  readonly callManagers: readonly SepCallManager[];
  readonly timeZone: string;
  readonly dateTemplate: string;
  readonly timeServers: readonly string[];
  readonly dialTemplate: string;
  readonly softKeyFile: string;
  readonly userLocale: string;
  readonly networkLocale: string;
};

/** Elements as in usecallmanager.nz, "SEPMAC.cnf.xml". */
export function sepPhone(root: XmlElement): SepPhone {
  const text = (path: string) => textOf(elementAt(root, path));
  const each = (path: string, name: string) => {
    const parent = elementAt(root, path);
    return parent === undefined ? [] : children(parent, name);
  };
  return {
    protocol: text('deviceProtocol'),
    load: text('loadInformation'),
    label: text('sipProfile/phoneLabel'),
    lines: each('sipProfile/sipLines', 'line').map(lineOf),
    callManagers: each('devicePool/callManagerGroup/members', 'member').flatMap(managerOf),
    timeZone: text('devicePool/dateTimeSetting/timeZone'),
    dateTemplate: text('devicePool/dateTimeSetting/dateTemplate'),
    timeServers: each('devicePool/dateTimeSetting/ntps', 'ntp').map((node) =>
      textOf(child(node, 'name')),
    ),
    dialTemplate: text('sipProfile/dialTemplate'),
    softKeyFile: text('sipProfile/softKeyFile'),
    userLocale: text('userLocale/name'),
    networkLocale: text('networkLocaleInfo/name') || text('networkLocale'),
  };
}

function lineOf(node: XmlElement): SepLine {
  const text = (name: string) => textOf(child(node, name));
  const button = numberOf(attributeOf(node, 'button')?.value);
  const index = numberOf(attributeOf(node, 'lineIndex')?.value);
  const feature = numberOf(text('featureID'));
  return {
    ...(button === undefined ? {} : { button }),
    ...(index === undefined ? {} : { index }),
    ...(feature === undefined ? {} : { feature }),
    label: text('featureLabel'),
    name: text('name'),
    displayName: text('displayName'),
    authName: text('authName'),
    authPassword: text('authPassword'),
    proxy: text('proxy'),
    port: text('port'),
    contact: text('contact'),
    speedDial: text('speedDialNumber'),
    line: node.line,
    column: node.column,
  };
}

function managerOf(member: XmlElement): readonly SepCallManager[] {
  const priority = numberOf(attributeOf(member, 'priority')?.value);
  return children(member, 'callManager').map((node) => {
    const port = (name: string) => textOf(elementAt(node, `ports/${name}`));
    return {
      ...(priority === undefined ? {} : { priority }),
      address: textOf(child(node, 'processNodeName')),
      ethernetPhonePort: port('ethernetPhonePort'),
      sipPort: port('sipPort'),
      securedSipPort: port('securedSipPort'),
      line: node.line,
      column: node.column,
    };
  });
}

function numberOf(text: string | undefined): number | undefined {
  return /^\d{1,9}$/.test(text ?? '') ? Number(text) : undefined;
}
