import { bootCases } from './boot-cases.ts';
import { closeCases, concurrencyCases } from './concurrency-cases.ts';
import { phoneCases } from './phone-cases.ts';
import { progressCases, tieCases } from './progress-cases.ts';
import type { StoreCase } from './store-case.ts';

export const storeContract: readonly StoreCase[] = [
  ...phoneCases,
  ...progressCases,
  ...tieCases,
  ...bootCases,
  ...concurrencyCases,
  ...closeCases,
];
