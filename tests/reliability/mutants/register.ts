/** `node --import <this file>` with FRONTDESK_MUTANT=<name>: everything loaded afterwards passes through hooks.ts. */
import { register } from 'node:module';
import { MUTANTS } from './mutants.js';

const name = process.env['FRONTDESK_MUTANT'];
if (name === undefined || MUTANTS[name] === undefined) {
  throw new Error(`FRONTDESK_MUTANT must be one of: ${Object.keys(MUTANTS).join(', ')}`);
}
register('./hooks.js', import.meta.url, { data: { name } });
