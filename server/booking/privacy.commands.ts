/** The commands of privacy: permission, limit and service call of each. */
import { bookingPrivacyCommands } from '@frontdesk/protocol/booking-privacy';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { Clock } from '../core/clock.js';
import type { PrivacyService } from './privacy.service.js';
import type { RetentionStore } from './retention.store.js';

/** Both read every booking of the business. */
const manage = { permission: 'booking:manage', limit: 'staff-report' } as const;

export function bindPrivacyCommands(
  privacy: PrivacyService,
  retention: Pick<RetentionStore, 'read' | 'write'>,
  clock: Clock,
): BoundCommand[] {
  return bindCommands(bookingPrivacyCommands, {
    'booking:read-retention': {
      permission: 'booking:manage',
      limit: 'staff-read',
      handle: async (context) => ({ keepDays: await retention.read(context) }),
    },
    'booking:update-retention': {
      permission: 'booking:manage',
      limit: 'staff-write',
      handle: async (context, { keepDays }) => {
        await retention.write(context, keepDays, new Date(clock.now()));
        return { keepDays };
      },
    },
    'booking:export-person': { ...manage, handle: (context, person) => privacy.export(context, person) },
    'booking:erase-person': { ...manage, handle: (context, request) => privacy.erase(context, request) },
  });
}
