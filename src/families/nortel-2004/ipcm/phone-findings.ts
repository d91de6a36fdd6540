import type { Finding } from '../../../model/finding.ts';

/** What keeps a phone in a session from the software that it should get. */

const pressed = 'on the phone press Config, then Display Version, then FirmW';

/** NN42020-202, section 5, step 4. */
export function keyNotPressed(image: string): Finding {
  return {
    code: 'software-key-not-pressed',
    severity: 'note',
    text: `it is connected, and ${image} is ready: nobody has pressed FirmW yet`,
    consequence: 'it stays on what it runs',
    cure: `${pressed}; or have phones with a plan get it without a key: unistim: offer: at-registration in hookflash.yaml`,
  };
}

type Reason = Omit<Finding, 'code' | 'text' | 'consequence'>;

const reasons: Readonly<Record<string, Reason>> = {
  'ipcm-locked': { severity: 'warning', cure: 'hookflash ipcm unlock' },
  'sip-upgrade-off': {
    severity: 'warning',
    cure: `hookflash ipcm lock; hookflash ipcm modify --2004-sip-upgrade on; hookflash ipcm unlock; ${pressed}`,
  },
  'not-provisioned': {
    severity: 'warning',
    cure: `hookflash ipcm show; hookflash ipcm lock; hookflash ipcm modify with the version id that its plan wants; hookflash ipcm unlock; ${pressed}`,
  },
  'software-missing': {
    severity: 'error',
    cure: `hookflash firmware import the image; ${pressed}`,
  },
  'pointers-wrong': {
    severity: 'error',
    cure: `mend files/SipUpgradeConfigFile.txt: hookflash ipcm show names the lines; hookflash ipcm lock; hookflash ipcm unlock; ${pressed}`,
  },
  'software-tried-often': {
    severity: 'error',
    cure: `see that UDP goes both ways between the phone and the UFTP port (5105); hookflash firmware import --replace the image; ${pressed}`,
  },
};

/** Why software that a phone should get is not offered; undefined for what is no fault. */
export function notOffered(code: string, because: string): Finding | undefined {
  const reason = reasons[code];
  if (!reason) return undefined;
  return {
    ...reason,
    code,
    text: `it gets no software: ${because}`,
    consequence: 'it stays on what it runs',
  };
}

/** What is behind a phone that is offered something. */
export const offeredCodes: readonly string[] = Object.keys(reasons);
