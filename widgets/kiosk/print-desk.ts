/** Prints what was issued and says what became of it: to the customer at once, to the staff through the server (QK-6). */
import type { DeviceSelf } from '@frontdesk/protocol/devices';
import type { IdempotencyKey, TicketId } from '@frontdesk/protocol/ids';
import type { Slip } from '../core/printing/slip.js';
import { hasPrinted, type PrinterCondition, type TicketPrinter } from '../core/printing/ticket-printer.js';
import type { DeviceLink } from './issuer.js';
import type { JournalKeeper } from './journal.js';
import type { KioskAction, PrintProgress } from './kiosk-store.js';
import { notePrint } from './offline-queue.js';

/** A ticket that the server knows, or one that it will hear of by this key. */
export type PrintTarget = { readonly ticketId: TicketId } | { readonly key: IdempotencyKey };

export interface PrintDesk {
  use(printer: TicketPrinter | null, self: DeviceSelf): void;
  /** What the screen says while the paper is on its way. */
  progress(): PrintProgress;
  check(): Promise<PrinterCondition>;
  connect(): Promise<void>;
  /** null: nobody's ticket, for a test. */
  print(slip: Slip, target: PrintTarget | null): Promise<void>;
  close(): Promise<void>;
}

export interface PrintDeskDeps {
  readonly connection: DeviceLink;
  readonly journal: JournalKeeper;
  dispatch(action: KioskAction): void;
}

export function createPrintDesk({ connection, journal, dispatch }: PrintDeskDeps): PrintDesk {
  let printer: TicketPrinter | null = null;
  let described = '';

  async function report(target: PrintTarget, print: 'printed' | 'failed'): Promise<void> {
    if ('ticketId' in target) {
      await connection.request('ticket:report-print', { ticketId: target.ticketId, print });
      return;
    }
    // Told together with the ticket itself, when the network is back.
    await journal.update((now) => notePrint(now, target.key, print));
  }

  function note(condition: PrinterCondition): void {
    dispatch({ type: 'printer-checked', printer: condition });
  }

  return {
    use(next, self) {
      const description = JSON.stringify(self.kiosk && [self.kiosk.printer, self.kiosk.paperMillimeters]);
      // The same printer stays open: its port belongs to whoever opened it.
      if (description === described) return void next?.close();
      described = description;
      void printer?.close();
      printer = next;
      void printer?.prepare();
      if (printer === null) note('none');
      else void printer.check().then(note);
    },
    progress: () => (printer === null ? 'off' : 'printing'),
    check: () => (printer === null ? Promise.resolve('none') : printer.check()),
    async connect() {
      if (printer !== null) note(await printer.connect());
    },
    async print(slip, target) {
      if (printer === null) return;
      const condition = await printer.print(slip);
      note(condition);
      const print = hasPrinted(condition) ? 'printed' : 'failed';
      if (target === null) return;
      dispatch({ type: 'print-ended', print });
      await report(target, print);
    },
    close: () => printer?.close() ?? Promise.resolve(),
  };
}
