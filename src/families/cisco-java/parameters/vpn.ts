import { choice, integer, parameterRows, rowsInside, word } from '../../../model/parameter-rows.ts';
import { element, usecallmanager } from './sources.ts';
import { offOn, url } from './values.ts';

export const vpnParameters = parameterRows(
  element(usecallmanager),
  rowsInside('vpnGroup', [
    { name: 'mtu', type: integer(1), unit: 'bytes', help: 'Largest packet in the tunnel.' },
    {
      name: 'failConnectTime',
      type: integer(0),
      unit: 'seconds',
      help: 'How long the phone tries to connect.',
    },
    {
      name: 'authMethod',
      type: choice({ 0: 'user and password', 1: 'password', 2: 'certificate' }),
      help: 'How the phone logs in.',
    },
    { name: 'pswdPersistent', type: offOn, help: 'Keeps the password over a restart.' },
    {
      name: 'autoNetDetect',
      type: offOn,
      help: 'Pings the TFTP server at start and uses the tunnel only when it does not answer.',
    },
    {
      name: 'enableHostIDCheck',
      type: offOn,
      help: "Compares the certificate's name with the host of the URL.",
    },
    {
      name: 'addresses/urlN',
      indexes: [1, 3],
      type: url,
      help: 'VPN server; its path is /svc.',
    },
    { name: 'credentials/hashAlg', type: integer(0), help: 'Hash of certHash1; 0 in the sample.' },
    {
      name: 'credentials/certHashN',
      indexes: [1, 10],
      type: word(),
      help: "Hash of a VPN server's certificate.",
    },
  ]),
);
