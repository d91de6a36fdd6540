import type { FirmwareFile } from '../../model/firmware.ts';
import { signedByLab } from '../cisco-shared/synthetic.ts';
import { fillFor } from '../shared/synthetic-fill.ts';
import type { JavaImage } from './image-name.ts';
import { models } from './models.ts';

/** Bytes of a component; real ones have a few megabytes. */
const usualBytes = 256 * 1024;

/** Hardware whose loads files have a block about components, and the number in it. */
const hardwareComponent: Readonly<Record<string, number>> = { 11: 1, 42: 5, 75: 5, 45: 7 };

/** What a load is made of, in the order in which phones fetch it. */
const components = ['jar', 'cnu', 'apps', 'dsp', 'cvm'] as const;
const ofOneProtocol: readonly string[] = ['jar', 'cvm'];

/**
 * A load with its components and the boot code's default files, with true names and layout and
 * nothing that runs. The stand-in for any load has no files.
 */
export function synthesizeImage(
  image: JavaImage,
  componentBytes = usualBytes,
): readonly FirmwareFile[] {
  const { hardware } = image;
  if (hardware === undefined) return [];
  const names = componentNames(image, hardware);
  const text = loadsText(image, hardware, names);
  const key = isAfterKeyChange(image) ? 'new' : 'old';
  const file = (name: string, bytes: Uint8Array): FirmwareFile =>
    image.signed ? signedByLab(name, bytes, key) : { name, bytes };
  return [
    ...loadsNames(image, hardware).map((name) => file(name, text)),
    ...names.map((name) => file(name, archive(name, componentBytes))),
  ];
}

/** 8.5(2) was the last load with the old key: 8.5(2)SR1 has the new one. Field reports, 2010. */
function isAfterKeyChange({ major, minor, maintenance, sub }: JavaImage): boolean {
  const release = [major, minor, maintenance, sub];
  const last = [8, 5, 2, 0];
  const differing = release.findIndex((number, place) => number !== last[place]);
  return (release[differing] ?? 0) > (last[differing] ?? 0);
}

function componentNames({ protocol, version }: JavaImage, hardware: string): readonly string[] {
  const suffix = protocol === 'SIP' ? 'sip' : 'sccp';
  return components.map((component) => {
    const own = ofOneProtocol.includes(component) ? suffix : '';
    return `${component}${hardware}${own}.${version}.sbn`;
  });
}

/** The load's own file, and for each model that runs it what its boot code asks for. */
function loadsNames({ canonical, kind }: JavaImage, hardware: string): readonly string[] {
  const terminals = new Set(
    models.filter((model) => model.hardware === hardware).map(({ terminal }) => terminal),
  );
  const defaults = [...terminals].map((terminal) => `term${terminal}.default.loads`);
  return kind === 'loader' ? [`${canonical}.loads`] : [`${canonical}.loads`, ...defaults];
}

/** Comment, hardware block and names, with line ends as in Cisco's own. */
function loadsText({ version }: JavaImage, hardware: string, names: readonly string[]): Uint8Array {
  const component = hardwareComponent[hardware];
  const block = component === undefined ? [] : [`[#HARDWARE_COMP_1 ${component}`, ']'];
  const lines = ['#', `# Synthetic load version ${version}`, '#', ...block, ...names, ''];
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

/** Offsets of the archive that a component is: a directory of 20-byte entries, names, contents. */
const at = { fileCount: 0x30, contentOffset: 0x34, directory: 0x248, names: 0x25c, content: 0x300 };
const entryField = { size: 8, nameOffset: 16 };

/** One file in it, of bytes that mean nothing. */
function archive(name: string, componentBytes: number): Uint8Array {
  const bytes = new Uint8Array(componentBytes);
  const view = new DataView(bytes.buffer);
  bytes.set(Buffer.from('CNU_File_Archive_3.0', 'latin1'));
  view.setUint32(at.fileCount, 1);
  view.setUint32(at.contentOffset, at.content);
  view.setUint32(at.directory + entryField.size, componentBytes - at.content);
  view.setUint32(at.directory + entryField.nameOffset, at.names);
  bytes.set(Buffer.from('synthetic', 'latin1'), at.names);
  fillFor(name)(bytes.subarray(at.content));
  return bytes;
}
