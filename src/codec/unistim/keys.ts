/** What was done to a key: bits 6-7 of a `key-event`. */
export const keyActions = { released: 0x00, pressed: 0x40, repeated: 0x80 } as const;

/** Which key: bits 0-5 of a `key-event`. Wireshark's dissector of UNIStim; the 2004's soft keys are four. */
export const keyNames = {
  digit0: 0x00,
  star: 0x0a,
  hash: 0x0b,
  up: 0x0c,
  down: 0x0d,
  right: 0x0e,
  left: 0x0f,
  quit: 0x10,
  copy: 0x11,
  volumeUp: 0x12,
  volumeDown: 0x13,
  softKey0: 0x14,
  softKey1: 0x15,
  softKey2: 0x16,
  softKey3: 0x17,
  hold: 0x1b,
  release: 0x1c,
  mute: 0x1d,
  headset: 0x1e,
  handsfree: 0x1f,
} as const;

/** 0x54 to 0x57: the soft keys below the display, from the left, when they are pressed. */
export const softKeyPressed: readonly number[] = [
  keyNames.softKey0,
  keyNames.softKey1,
  keyNames.softKey2,
  keyNames.softKey3,
].map((key) => keyActions.pressed | key);

export const quitPressed = keyActions.pressed | keyNames.quit;
