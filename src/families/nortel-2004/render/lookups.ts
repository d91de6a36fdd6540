import { tableLookup } from '../../shared/render/known-settings.ts';
import { loginTable } from '../parameters/login.ts';
import { sectionTable } from '../parameters/sections.ts';
import { sipUpgradeTable } from '../parameters/sip-upgrade.ts';
import { sysConfigTable } from '../parameters/sys-config.ts';

export const sysConfig = tableLookup(sysConfigTable);
export const sections = tableLookup(sectionTable);
export const sipUpgrade = tableLookup(sipUpgradeTable);
export const login = tableLookup(loginTable);
export const allLookups = [sysConfig, sections, sipUpgrade, login];
