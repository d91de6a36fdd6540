import { day, type LocalTime, nextLocalTime } from './local-time.ts';
import type { KeptProfile, NortelMemory } from './nortel-memory.ts';
import { updateSpread } from './timing.ts';

type Settings = Readonly<Record<string, string>>;

/** YES and NO in any letter case: NN42020-202 writes both `Yes` and `YES`. */
export function isYes(text: string | undefined, usual = false): boolean {
  const word = (text ?? '').trim().toLowerCase();
  return word === '' ? usual : word === 'yes';
}

export function localTime(settings: Settings): LocalTime {
  const offset = Number(settings.TIMEZONE_OFFSET ?? '0');
  return {
    offsetSeconds: Number.isInteger(offset) && Math.abs(offset) <= 86_400 ? offset : 0,
    isSaving: isYes(settings.DST_ENABLED, true),
  };
}

/**
 * When AUTO_UPDATE asks the TFTP server next, in milliseconds since the epoch; undefined where it is
 * off. NN42020-202, section 4: seconds after midnight, and a random part of up to an hour.
 */
export function nextUpdate(
  settings: Settings,
  now: number,
  random: () => number,
): number | undefined {
  if (!isYes(settings.AUTO_UPDATE)) return undefined;
  const seconds = Number(settings.AUTO_UPDATE_TIME ?? '0');
  const isTime = Number.isInteger(seconds) && seconds >= 0 && seconds * 1000 < day;
  const at = nextLocalTime(localTime(settings), now, isTime ? seconds * 1000 : 0);
  return at + Math.floor(random() * updateSpread);
}

/** What DEF_USER1 asks for. */
export function loginPrompt(settings: Settings): string {
  return `Login: ${settings.DEF_USER1 ?? ''}`.trimEnd();
}

const widestBanner = 24;
const usualBanner = 'Nortel SIP Client';

/**
 * The memory as it is once the phone starts with its settings: FORCE_BANNER brings the banner of the
 * file back at each power-up. SIP Software for the 1140E, parameters; that the 2004 does so is assumed.
 */
export function withBanner(memory: NortelMemory): NortelMemory {
  const { settings, banner } = memory;
  if (banner !== undefined && !isYes(settings.FORCE_BANNER)) return memory;
  return { ...memory, banner: (settings.BANNER ?? usualBanner).slice(0, widestBanner) };
}

/**
 * The profile of who logs in. VMAIL counts for new profiles, and for all where UPDATE_USERS says so:
 * the latter is our assumption, going by its name.
 */
export function withProfile(memory: NortelMemory, user: string): NortelMemory {
  const { settings, profiles } = memory;
  const known = profiles[user];
  if (known !== undefined && !isYes(settings.UPDATE_USERS)) return memory;
  const profile: KeptProfile = { voiceMail: settings.VMAIL ?? known?.voiceMail ?? '' };
  return { ...memory, profiles: { ...profiles, [user]: profile } };
}
