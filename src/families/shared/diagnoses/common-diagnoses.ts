import type { Diagnosis } from '../../../model/diagnosis.ts';
import { addressConflict } from './address-conflict.ts';
import { bootLoop } from './boot-loop.ts';
import { dhcpPoolEmpty } from './dhcp-pool-empty.ts';
import { dhcpRefused } from './dhcp-refused.ts';
import { fileNameCase } from './file-name-case.ts';
import { firmwareMissing } from './firmware-missing.ts';
import { healthy } from './healthy.ts';
import { noDhcpAnswer } from './no-dhcp-answer.ts';
import { noFileAsked } from './no-file-asked.ts';
import { otherDhcpServer } from './other-dhcp-server.ts';
import {
  registerForbidden,
  registerPassword,
  registerRejected,
  registerSilent,
  registerUnknown,
} from './register.ts';
import { slowServer } from './slow-server.ts';
import { tftpRefused } from './tftp-refused.ts';
import { tftpRootWrong } from './tftp-root-wrong.ts';
import { returnPathBlocked, tftpSilent } from './tftp-silent.ts';
import { timeServerSilent } from './time-server-silent.ts';
import { transferStalls } from './transfer-stalls.ts';
import { unistimSameFirmware, unistimSilent } from './unistim.ts';
import { unknownPhone } from './unknown-phone.ts';
import { wrongNextServer } from './wrong-next-server.ts';

/** What may be wrong with a phone of any family, and of none that is known. */
export const commonDiagnoses: readonly Diagnosis[] = [
  ...[noDhcpAnswer, dhcpPoolEmpty, dhcpRefused, otherDhcpServer, addressConflict],
  ...[wrongNextServer, noFileAsked, tftpSilent, returnPathBlocked, tftpRefused],
  ...[tftpRootWrong, fileNameCase, unknownPhone, firmwareMissing, slowServer, transferStalls],
  ...[bootLoop, timeServerSilent, unistimSilent, unistimSameFirmware],
  ...[registerSilent, registerPassword, registerForbidden, registerUnknown, registerRejected],
  healthy,
];
