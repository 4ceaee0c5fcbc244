/** What reports read of ticket rows. */
import { Types, type Model } from 'mongoose';
import type { FloorTicket } from '@frontdesk/domain/queue/floor';
import type { LocationId } from '@frontdesk/protocol/ids';
import { scope } from '../core/store/scope.js';
import type { Scoped } from './queue.types.js';
import type { PromisedTicket } from './report.honesty.js';
import type { TicketRecord } from './ticket.model.js';

export interface ReportStore {
  /** Promises of the tickets of a service day, and the visits that they were about. */
  readPromised(context: Scoped, locationId: LocationId, serviceDay: string): Promise<PromisedTicket[]>;
}

type Row = Pick<TicketRecord, 'promises'> & { readonly ticket: Pick<FloorTicket, 'legs'> | null };

export function createReportStore(Ticket: Model<TicketRecord>): ReportStore {
  return {
    async readPromised(context, locationId, serviceDay) {
      const rows = await Ticket.find({ ...scope(context), locationId: new Types.ObjectId(locationId), serviceDay })
        .select({ promises: 1, 'ticket.legs': 1 })
        .lean<Row[]>();
      return rows.flatMap(({ promises, ticket }) =>
        ticket && promises.length > 0 ? { promises, legs: ticket.legs } : [],
      );
    },
  };
}
