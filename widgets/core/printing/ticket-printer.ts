/** How a kiosk prints, whatever it prints with. */
import type { DeviceHealth, KioskSettings } from '@frontdesk/protocol/devices';
import type { Clock } from '../client/clock.js';
import { createBrowserPrinter } from './browser-printer.js';
import { createEscPosPrinter } from './escpos-printer.js';
import { detectSerial } from './serial-port.js';
import type { Slip } from './slip.js';

export type PrinterCondition = DeviceHealth['printer'];

export interface TicketPrinter {
  readonly kind: 'browser' | 'escpos';
  check(): Promise<PrinterCondition>;
  /** What the printer says afterwards: the paper came out when it is `ready` or `paper-low`. Never rejects. */
  print(slip: Slip): Promise<PrinterCondition>;
  /** Lets the person choose a printer; needs a gesture. */
  connect(): Promise<PrinterCondition>;
  /** Fetches what printing needs, so that it works when the network has gone. */
  prepare(): Promise<void>;
  close(): Promise<void>;
}

export const hasPrinted = (condition: PrinterCondition): boolean => condition === 'ready' || condition === 'paper-low';

/** null: this kiosk has none. */
export function createTicketPrinter(
  { printer, paperMillimeters }: Pick<KioskSettings, 'printer' | 'paperMillimeters'>,
  clock: Clock,
): TicketPrinter | null {
  if (printer === 'none') return null;
  if (printer === 'browser') return createBrowserPrinter(paperMillimeters);
  return createEscPosPrinter({ serial: detectSerial(), paper: paperMillimeters, clock });
}
