/** The commands of repeated visits: permission, limit and service call of each. */
import { bookingSeriesCommands } from '@frontdesk/protocol/booking-series';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { SeriesService } from './series.service.js';

const read = { permission: 'booking:read', limit: 'staff-read' } as const;
const write = { permission: 'booking:write', limit: 'staff-write' } as const;

export function bindSeriesCommands(series: SeriesService): BoundCommand[] {
  return bindCommands(bookingSeriesCommands, {
    // Reads weeks of an agenda.
    'series:preview': { ...read, limit: 'staff-report', handle: (context, input) => series.preview(context, input) },
    'series:create': { ...write, limit: 'staff-report', handle: (context, input) => series.create(context, input) },
    'series:read': { ...read, handle: (context, { seriesId }) => series.read(context, seriesId) },
    'series:cancel': { ...write, handle: (context, input) => series.cancel(context, input) },
  });
}
