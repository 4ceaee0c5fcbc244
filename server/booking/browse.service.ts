/** What customers look at before they choose: services and free times. */
import type { BookingCatalogue, SlotList } from '@frontdesk/protocol/booking-visitor';
import type { LocationId } from '@frontdesk/protocol/ids';
import type { VisitorContext } from '../core/context.js';
import { AppError } from '../core/errors.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import { presentCatalogue } from './booking.catalogue.js';
import type { Schedules } from './schedules.js';
import type { SlotWatch } from './slot-watch.js';
import type { SlotQuestion, Slots } from './slots.service.js';

export interface BrowseDeps {
  readonly schedules: Schedules;
  readonly slots: Slots;
  readonly watch: SlotWatch;
  readonly directory: Pick<TenancyDirectory, 'findTenant'>;
}

export type BrowseService = ReturnType<typeof createBrowseService>;

export function createBrowseService({ schedules, slots, watch, directory }: BrowseDeps) {
  return {
    async browse(context: VisitorContext, locationId: LocationId | null): Promise<BookingCatalogue> {
      const [{ schedule }, tenant] = await Promise.all([schedules.read(context), directory.findTenant(context)]);
      if (!tenant || (locationId !== null && !schedule.locations.has(locationId))) throw new AppError('NOT_FOUND');
      return presentCatalogue(schedule, tenant.name, locationId);
    },
    async listSlots(context: VisitorContext, question: SlotQuestion): Promise<SlotList> {
      return (await slots.read(context, question)).list;
    },
    async watchSlots(context: VisitorContext, question: SlotQuestion): Promise<SlotList> {
      return (await watch.watch(context, question)).list;
    },
    unwatchSlots(context: VisitorContext): { accepted: true } {
      watch.unwatch(context);
      return { accepted: true };
    },
  };
}
