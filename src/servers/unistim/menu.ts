import type { PhoneDisplay } from '../../codec/unistim/display.ts';
import { quitPressed, softKeyPressed } from '../../codec/unistim/keys.ts';
import type { UnistimPhone } from './handler.ts';

/** What the phone's display is at. */
export type Menu =
  | { readonly screen: 'home' | 'config' | 'version' | 'asking' }
  | { readonly screen: 'refused'; readonly because: string }
  | { readonly screen: 'download'; readonly image: string; readonly progress: string };

export const home: Menu = { screen: 'home' };

/** What the display shows; soft keys that do nothing have no label. */
export function menuDisplay(menu: Menu, title: string, phone: UnistimPhone): PhoneDisplay {
  const shown = (lines: readonly string[], ...softKeys: readonly string[]) => ({
    ...{ title, lines, softKeys },
  });
  switch (menu.screen) {
    case 'home':
      return shown([title, '', ''], ...labels.home);
    case 'config':
      return shown(['Config', 'Display Version', ''], ...labels.config);
    case 'version':
      return shown([`Firmware ${phone.firmware}`, `MAC ${phone.mac}`, ''], ...labels.version);
    case 'asking':
      return shown(['Firmware', 'Please wait', '']);
    case 'refused':
      return shown(['No new firmware', ...inLines(menu.because)], ...labels.refused);
    case 'download':
      return shown([`Downloading ${menu.image}`, menu.progress, 'Do not unplug the phone']);
  }
}

/** Config, Display Version, FirmW. Labels have room for seven characters. */
const labels = {
  home: ['Config'],
  config: ['Version', '', '', 'Back'],
  version: ['FirmW', '', '', 'Back'],
  refused: ['', '', '', 'Back'],
} as const;

export type Pressed = {
  readonly menu: Menu;
  /** New firmware was asked for. */
  readonly asksForFirmware?: true;
};

/** Undefined for a key that does nothing there. The key: `key-event`, as the phone reports it. */
export function afterKey({ screen }: Menu, key: number): Pressed | undefined {
  if (screen === 'asking' || screen === 'download') return undefined;
  const label: string = key === quitPressed ? 'Back' : labelOf(screen, key);
  switch (label) {
    case 'Config':
      return { menu: { screen: 'config' } };
    case 'Version':
      return { menu: { screen: 'version' } };
    case 'FirmW':
      return { menu: { screen: 'asking' }, asksForFirmware: true };
    case 'Back':
      return screen === 'home' ? undefined : { menu: screen === 'version' ? config : home };
    default:
      return undefined;
  }
}

const config: Menu = { screen: 'config' };

function labelOf(screen: keyof typeof labels, key: number): string {
  const row: readonly string[] = labels[screen];
  return row[softKeyPressed.indexOf(key)] ?? '';
}

/** `43 %, 218 of 512 KB` */
export function progressText(bytes: number, total: number): string {
  const percent = total === 0 ? 100 : Math.floor((bytes / total) * 100);
  return `${percent} %, ${kilobytes(bytes)} of ${kilobytes(total)} KB`;
}

function kilobytes(bytes: number): number {
  return Math.ceil(bytes / 1024);
}

const lineWidth = 24;

/** Two lines, broken at blanks where there are some. */
function inLines(text: string): readonly [string, string] {
  if (text.length <= lineWidth) return [text, ''];
  const blank = text.lastIndexOf(' ', lineWidth);
  const at = blank > 0 ? blank : lineWidth;
  return [text.slice(0, at), text.slice(at).trimStart()];
}
