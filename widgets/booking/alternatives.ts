import type { SlotAlternatives } from '@frontdesk/protocol/booking-visitor';
import type { ErrorBody } from '@frontdesk/protocol/result';
import { toStart } from './booking-time.js';

/** Other starts that the server offers with its refusal, as epoch minutes. */
export function readAlternatives({ code, current }: ErrorBody): number[] {
  if (code !== 'SLOT_TAKEN' && code !== 'SLOT_CLOSED') return [];
  const { alternatives = [] } = (current ?? {}) as Partial<SlotAlternatives>;
  return alternatives.map(toStart);
}
