import { bootCases } from './boot-cases.ts';
import { closeCases, concurrencyCases } from './concurrency-cases.ts';
import { leaseCases } from './lease-cases.ts';
import { phoneCases } from './phone-cases.ts';
import { findingCases, progressCases, tieCases } from './progress-cases.ts';
import { rolloutCases } from './rollout-cases.ts';
import { servedCases } from './served-cases.ts';
import { serviceCases } from './service-cases.ts';
import { sipCases } from './sip-cases.ts';
import { watchedCases } from './watched-cases.ts';
import type { StoreCase } from './store-case.ts';

export const storeContract: readonly StoreCase[] = [
  ...phoneCases,
  ...progressCases,
  ...findingCases,
  ...tieCases,
  ...bootCases,
  ...servedCases,
  ...rolloutCases,
  ...watchedCases,
  ...leaseCases,
  ...sipCases,
  ...serviceCases,
  ...concurrencyCases,
  ...closeCases,
];
