/** The commands that prove an address: permission, limit and service call of each. */
import { verificationVisitorCommands } from '@frontdesk/protocol/booking-verification';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { VerificationService } from './verification.service.js';

export function bindVerificationCommands(codes: VerificationService): BoundCommand[] {
  return bindCommands(verificationVisitorCommands, {
    'verification:request': {
      limit: 'code-request',
      openToUnverified: false,
      handle: (context, input) => codes.request(context, input),
    },
    'verification:check': {
      limit: 'code-check',
      openToUnverified: false,
      storesKey: true,
      handle: (context, input) => codes.check(context, input),
    },
  });
}
