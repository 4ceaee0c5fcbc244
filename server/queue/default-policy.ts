/** The rules that a new location begins with: first come, first served, with room for mistakes. */
import type { QueuePolicy } from '@frontdesk/protocol/queue-setup';

export const DEFAULT_POLICY: QueuePolicy = {
  classes: [],
  appointment: { leadMinutes: 5, earlyMinutes: 60, lateMinutes: 15 },
  maxWaitMinutes: null,
  isPinnedFirst: true,
  noShow: { minCallSeconds: 30, autoAfterSeconds: null, penaltyPlaces: 3, maxReturns: 2 },
  autoStartSeconds: null,
  stopRule: 'warn',
  graceMinutes: 15,
  retentionHours: 2,
  isHitRatePublic: false,
  announcementLanguages: [],
};
