import { fileSettings } from '../../cisco-shared/render/file-settings.ts';
import { tableLookup } from '../../shared/render/known-settings.ts';
import { sepLookup } from '../../cisco-shared/render/sep/sep-lookup.ts';
import { sepTable } from '../../cisco-java/parameters/sep.ts';
import { networkMenuTable } from '../parameters/network-menu.ts';
import { sipTable } from '../parameters/sip.ts';

export const sipLookup = tableLookup(sipTable);
export const sepLookupOf7900 = sepLookup(sepTable);

/** All tables that a setting of these phones may be from. */
export const allLookups = [sipLookup, fileSettings, sepLookupOf7900, tableLookup(networkMenuTable)];
