import { secretsOf } from '../core/secrets.ts';
import { families } from '../families/index.ts';

/** What is known of names of secrets by all families. */
export const secretSettings = secretsOf(families);
