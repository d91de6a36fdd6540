import { dnsmasq } from './dnsmasq.ts';
import { ios } from './ios.ts';
import { isc } from './isc.ts';
import { kea } from './kea.ts';
import { routeros } from './routeros.ts';
import type { SnippetKind } from './snippet.ts';
import { windows } from './windows.ts';

/** All DHCP servers that lines can be had for. */
export const snippetKinds: readonly SnippetKind[] = [kea, isc, dnsmasq, windows, ios, routeros];
