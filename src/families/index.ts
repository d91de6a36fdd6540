import type { PhoneFamily } from '../model/family.ts';
import { cisco7900 } from './cisco-7900/cisco-7900.ts';
import { ciscoJava } from './cisco-java/cisco-java.ts';
import { nortel2004 } from './nortel-2004/nortel-2004.ts';

/** All phone families. A new one is its folder and its line here. */
export const families: readonly PhoneFamily[] = [cisco7900, ciscoJava, nortel2004];
