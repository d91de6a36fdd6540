import type { FamilyDhcp } from '../../model/family-dhcp.ts';
import { ciscoDhcp } from '../cisco-shared/dhcp.ts';
import { models } from './models.ts';

export const dhcp: FamilyDhcp = ciscoDhcp(models);
