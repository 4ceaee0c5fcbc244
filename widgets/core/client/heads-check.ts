/** The ping of those who converse: how far do the logs reach that they have open? */
import type { ConnectionCheck } from './connection.js';

export function createHeadsCheck(buildInput: () => object): ConnectionCheck {
  return {
    name: 'conversation:check',
    buildInput,
    toFact: (data) => ({ name: 'heads:reported', fact: data }),
  };
}
