/**
 * A receipt printer at a serial port, which is also how most USB printers appear. It is asked before and after whether there is paper:
 * a port takes bytes gladly from whoever writes, also when nothing comes out (QK-6).
 */
import type { Clock } from '../client/clock.js';
import type { PaperMillimeters, Slip } from './slip.js';
import type { Serial, SerialPort } from './serial-port.js';
import type { PrinterCondition, TicketPrinter } from './ticket-printer.js';

/** Printers behind USB do not care; those at a real port are mostly set to this. */
const BAUD_RATE = 115_200;
const CHUNK_BYTES = 4_096;
/** A printer that stops taking bytes has its cover open or no paper. */
const WRITE_TIMEOUT_MS = 15_000;
const STATUS_TIMEOUT_MS = 600;

/** DLE EOT n, "transmit real-time status" of ESC/POS. */
const ASK_OFFLINE_CAUSE = [0x10, 0x04, 2];
const ASK_PAPER = [0x10, 0x04, 4];
/** Bits 0, 1, 4 and 7 of every status byte are fixed, which tells it from noise. */
const STATUS_MASK = 0b1001_0011;
const STATUS_FIXED = 0b0001_0010;
const COVER_OPEN = 0x04;
const STOPPED_BY_PAPER_END = 0x20;
const ERROR_OCCURRED = 0x40;
const PAPER_NEAR_END = 0x0c;
const PAPER_END = 0x60;

export interface EscPosOptions {
  readonly serial: Serial | null;
  readonly paper: PaperMillimeters;
  readonly clock: Clock;
}

export function createEscPosPrinter({ serial, paper, clock }: EscPosOptions): TicketPrinter {
  let port: SerialPort | null = null;
  /** One job or question at a time. */
  let line: Promise<unknown> = Promise.resolve();

  function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = clock.setTimeout(() => reject(new Error('The printer does not answer.')), timeoutMs);
      work.then(resolve, reject).finally(() => clock.clearTimeout(timer));
    });
  }

  async function open(chosen?: SerialPort): Promise<SerialPort> {
    if (port !== null && chosen === undefined) return port;
    const next = chosen ?? (await serial?.getPorts())?.[0];
    if (!next) throw new Error('No printer was chosen.');
    if (next.writable === null) await next.open({ baudRate: BAUD_RATE, bufferSize: CHUNK_BYTES });
    port = next;
    return next;
  }

  async function close(): Promise<void> {
    const old = port;
    port = null;
    await old?.close().catch(() => {});
  }

  async function write(to: SerialPort, bytes: Uint8Array, timeoutMs: number): Promise<void> {
    const writer = to.writable?.getWriter();
    if (!writer) throw new Error('The port is closed.');
    try {
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
        await within(writer.write(bytes.subarray(at, at + CHUNK_BYTES)), timeoutMs);
      }
    } finally {
      writer.releaseLock();
    }
  }

  /** null from printers that cannot speak. */
  async function ask(from: SerialPort, question: readonly number[]): Promise<number | null> {
    const reader = from.readable?.getReader();
    if (!reader) return null;
    const listen = async (): Promise<number | null> => {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return null;
        const status = value.findLast((byte) => (byte & STATUS_MASK) === STATUS_FIXED);
        if (status !== undefined) return status;
      }
    };
    const heard = listen().catch(() => null);
    try {
      await write(from, Uint8Array.from(question), STATUS_TIMEOUT_MS);
      return await within(heard, STATUS_TIMEOUT_MS).catch(() => null);
    } finally {
      // Ends the read that nobody answered; the port stays open.
      await reader.cancel().catch(() => {});
      reader.releaseLock();
    }
  }

  async function readCondition(from: SerialPort): Promise<PrinterCondition> {
    const roll = await ask(from, ASK_PAPER);
    if (roll === null) return 'ready';
    if (roll & PAPER_END) return 'paper-out';
    const cause = (await ask(from, ASK_OFFLINE_CAUSE)) ?? 0;
    if (cause & STOPPED_BY_PAPER_END) return 'paper-out';
    if (cause & (COVER_OPEN | ERROR_OCCURRED)) return 'error';
    return roll & PAPER_NEAR_END ? 'paper-low' : 'ready';
  }

  /** After any failure the port is opened anew: a printer that was unplugged comes back as another one. */
  function inLine(work: (open: SerialPort) => Promise<PrinterCondition>): Promise<PrinterCondition> {
    const turn = line.then(async () => {
      try {
        return await work(await open());
      } catch {
        await close();
        return 'error';
      }
    });
    line = turn;
    return turn;
  }

  const canPrint = (condition: PrinterCondition): boolean => condition === 'ready' || condition === 'paper-low';

  return {
    kind: 'escpos',
    check: () => inLine(readCondition),
    print: (slip: Slip) =>
      inLine(async (to) => {
        const before = await readCondition(to);
        if (!canPrint(before)) return before;
        const { encodeSlip } = await import('./encode-slip.js');
        await write(to, encodeSlip(slip, paper), WRITE_TIMEOUT_MS);
        return readCondition(to);
      }),
    async connect() {
      if (serial === null) return 'error';
      try {
        const chosen = await serial.requestPort();
        await close();
        await open(chosen);
      } catch {
        return 'error';
      }
      return inLine(readCondition);
    },
    async prepare() {
      await import('./encode-slip.js').catch(() => {});
    },
    close,
  };
}
