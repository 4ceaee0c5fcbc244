/** The commands of privacy: permission, limit and service call of each. */
import { bookingPrivacyCommands } from '@frontdesk/protocol/booking-privacy';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { PrivacyService } from './privacy.service.js';

/** Both read every booking of the business. */
const manage = { permission: 'booking:manage', limit: 'staff-report' } as const;

export function bindPrivacyCommands(privacy: PrivacyService): BoundCommand[] {
  return bindCommands(bookingPrivacyCommands, {
    'booking:export-person': { ...manage, handle: (context, person) => privacy.export(context, person) },
    'booking:erase-person': { ...manage, handle: (context, request) => privacy.erase(context, request) },
  });
}
