import { sipTable } from '../../cisco-7900/parameters/sip.ts';
import { fileSettings } from '../../cisco-shared/render/file-settings.ts';
import { tableLookup } from '../../shared/render/known-settings.ts';
import { sepLookup } from '../../cisco-shared/render/sep/sep-lookup.ts';
import { sepTable } from '../parameters/sep.ts';

export const sepElements = sepLookup(sepTable);
/** Parameters of the 7940/7960, of which many mean the same. */
export const words = tableLookup(sipTable);

/** All tables that a setting of these phones may be from. */
export const allLookups = [sepElements, fileSettings, words];
