import { decodeSectionFile, downloadSections } from '../../codec/config/section-file.ts';
import { nortelImageOfFile, parseNortelImageName } from '../../codec/text/nortel-image-name.ts';

/** What a section of the control file said to the phone. */
export type Told = {
  readonly file: string;
  readonly version: string;
  readonly forced: boolean;
};

export type ToldImage = Told & { readonly image: string };

/** Software that the phone has fetched, or begun to. */
export type Fetched = {
  readonly image: string;
  readonly file: string;
  readonly whole: boolean;
  readonly forced: boolean;
};

/** What must come next. */
export type Awaited =
  | 'session-after-uftp'
  | 'control-after-uftp'
  | 'session-after-revert'
  | 'restart-after-tftp'
  | 'uftp-again';

export type WatchState = {
  /** The version that it reported last in a session. */
  readonly reported?: string;
  /** By UFTP, since its last start. */
  readonly byUftp?: Fetched;
  /** By TFTP, in this start. */
  readonly byTftp?: Fetched;
  /** The image that it started again with, until it shows whether it runs it. */
  readonly restartedWith?: string;
  readonly toldImage?: ToldImage;
  readonly toldData?: Told;
  readonly askedImage: boolean;
  readonly askedData: boolean;
  /** The version under which it last took the data file. */
  readonly dataVersion?: string;
  /** The image that was taken in the starts before, one after the other, and how often. */
  readonly again: { readonly file: string; readonly times: number };
  /** It asked for its control file in this start. */
  readonly inSip: boolean;
  readonly awaited?: Awaited;
};

export const start: WatchState = {
  ...{ askedImage: false, askedData: false, inSip: false },
  again: { file: '', times: 0 },
};

/** What carries over from one start to the next. */
export function atStart(before: WatchState): WatchState {
  const { reported, dataVersion, again } = before;
  return {
    ...start,
    again,
    ...(reported !== undefined && { reported }),
    ...(dataVersion !== undefined && { dataVersion }),
  };
}

/** What a control file says of its data file and of firmware; of a file that is odd what can be read. */
export function toldBy(text: string): Pick<WatchState, 'toldImage' | 'toldData'> {
  const sections = new Map(
    downloadSections(decodeSectionFile(text)).map((each) => [each.name, each]),
  );
  const toldOf = (name: string): Told | undefined => {
    const { files = [], version = '', mode } = sections.get(name) ?? {};
    const [file] = files;
    return file === undefined ? undefined : { file, version, forced: mode === 'FORCED' };
  };
  const [data, image] = [toldOf('DEVICE_CONFIG'), toldOf('FW')];
  const name = image && imageOf(image);
  return {
    ...(data && { toldData: data }),
    ...(image && name !== undefined && { toldImage: { ...image, image: name } }),
  };
}

/** A file of UNIStim software says itself what it is, the version beside it may be left from before. */
function imageOf({ file, version }: Told): string | undefined {
  const named = nortelImageOfFile(file);
  const said = parseNortelImageName(version);
  if (named && named.kind !== 'sip') return named.canonical;
  if (named && said && (named.load !== said.load || named.release !== said.release))
    return named.canonical;
  return said?.canonical ?? named?.canonical;
}
