/** What a Java phone knows of itself. */
export type JavaModel = {
  readonly name: string;
  /** Key of `loadInformation` in XMLDefault.cnf.xml. */
  readonly number: number;
  /** Of `term61.default.loads`, which its boot code asks for. */
  readonly terminal: string;
  /** Of the files that it runs: `SIP41.…`, `jar41sip.…`. */
  readonly hardware: string;
  /** What it shows when a signature does not fit. */
  readonly authenticationFailure: string;
  /**
   * The first release with which it asks by HTTP before it asks by TFTP; none where no document
   * says that it does. Cisco Unified IP Phone 7945G, 7965G and 7975G administration guides for
   * release 9; the guides for 8.0 do not have it. 7941 and 7961: our assumption.
   */
  readonly httpFrom?: string;
};

const authFail = { authenticationFailure: 'Auth Fail' };
/** Reports of 7970 phones that were offered 9.x after 8.3. */
const loadFailed = { authenticationFailure: 'Load Authentication Failed' };
const http = { httpFrom: '9-0-0' };

/** By Cisco's device types. */
export const javaModels: readonly JavaModel[] = [
  { name: '7906', number: 369, terminal: '06', hardware: '11', ...authFail },
  { name: '7911', number: 307, terminal: '11', hardware: '11', ...authFail },
  { name: '7931', number: 348, terminal: '31', hardware: '31', ...authFail },
  { name: '7941', number: 115, terminal: '41', hardware: '41', ...authFail, ...http },
  { name: '7941G-GE', number: 309, terminal: '41', hardware: '41', ...authFail, ...http },
  { name: '7942', number: 434, terminal: '42', hardware: '42', ...authFail },
  { name: '7945', number: 435, terminal: '45', hardware: '45', ...authFail, ...http },
  { name: '7961', number: 30018, terminal: '61', hardware: '41', ...authFail, ...http },
  { name: '7961G-GE', number: 308, terminal: '61', hardware: '41', ...authFail, ...http },
  { name: '7962', number: 404, terminal: '62', hardware: '42', ...authFail },
  { name: '7965', number: 436, terminal: '65', hardware: '45', ...authFail, ...http },
  { name: '7970', number: 30006, terminal: '70', hardware: '70', ...loadFailed },
  { name: '7971', number: 119, terminal: '71', hardware: '70', ...loadFailed },
  { name: '7975', number: 437, terminal: '75', hardware: '75', ...loadFailed, ...http },
];

/** Undefined for a model of another family. */
export function javaModel(name: string): JavaModel | undefined {
  return javaModels.find((model) => model.name === name);
}
