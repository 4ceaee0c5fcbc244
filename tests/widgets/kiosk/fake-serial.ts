/** A receipt printer at a serial port, speaking the Web Serial interface: keeps what it is sent and answers DLE EOT. */
import type { Serial, SerialPort } from '@frontdesk/widgets/core/printing/serial-port';

export interface FakePrinter {
  readonly serial: Serial;
  /** Everything but status questions. */
  printed(): Uint8Array;
  /** Status byte by question; absent ones are not answered. */
  status: Partial<Record<number, number>>;
  /** Takes no more bytes: cover open, unplugged. */
  isStuck: boolean;
  isBroken: boolean;
  isChosen: boolean;
  opened: number;
}

export const STATUS_FINE = { 2: 0b0001_0010, 4: 0b0001_0010 };
export const STATUS_PAPER_LOW = { 2: 0b0001_0010, 4: 0b0001_1110 };
export const STATUS_PAPER_OUT = { 2: 0b0011_0010, 4: 0b0111_0010 };
export const STATUS_COVER_OPEN = { 2: 0b0001_0110, 4: 0b0001_0010 };

export function createFakePrinter(): FakePrinter {
  const chunks: Uint8Array[] = [];
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  function openReadable(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>({
      start(next) {
        controller = next;
      },
    });
  }

  function receive(bytes: Uint8Array): Promise<void> | void {
    if (printer.isBroken) throw new Error('The device was lost.');
    if (bytes[0] === 0x10 && bytes[1] === 0x04) {
      const answer = printer.status[bytes[2] ?? 0];
      if (answer !== undefined) controller?.enqueue(Uint8Array.of(answer));
      return;
    }
    if (printer.isStuck) return new Promise(() => {});
    chunks.push(bytes.slice());
  }

  let readable: ReadableStream<Uint8Array> | null = null;
  let writable: WritableStream<Uint8Array> | null = null;
  const port: SerialPort = {
    // As the standard has it: a stream that was cancelled is made anew.
    get readable() {
      if (writable !== null) readable = openReadable();
      return readable;
    },
    get writable() {
      return writable;
    },
    open() {
      if (printer.isBroken) return Promise.reject(new Error('The port cannot be opened.'));
      printer.opened += 1;
      writable = new WritableStream<Uint8Array>({ write: receive });
      return Promise.resolve();
    },
    close() {
      writable = null;
      readable = null;
      return Promise.resolve();
    },
  };

  const printer: FakePrinter = {
    serial: {
      getPorts: () => Promise.resolve(printer.isChosen ? [port] : []),
      requestPort() {
        printer.isChosen = true;
        return Promise.resolve(port);
      },
    },
    printed() {
      const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const chunk of chunks) {
        all.set(chunk, at);
        at += chunk.length;
      }
      return all;
    },
    status: STATUS_FINE,
    isStuck: false,
    isBroken: false,
    isChosen: true,
    opened: 0,
  };
  return printer;
}

export interface RasterImage {
  readonly widthDots: number;
  readonly heightDots: number;
  readonly blackDots: number;
  isBlack(x: number, y: number): boolean;
}

/** The pictures of a print job, GS v 0 m xL xH yL yH data; printers take at most 255 rows at once, so strips that touch are one picture. */
export function findImages(bytes: Uint8Array): RasterImage[] {
  const strips: { rowBytes: number; rows: number[]; endsAt: number }[] = [];
  for (let at = 0; at < bytes.length - 8; at += 1) {
    if (bytes[at] !== 0x1d || bytes[at + 1] !== 0x76 || bytes[at + 2] !== 0x30) continue;
    const rowBytes = (bytes[at + 4] ?? 0) + (bytes[at + 5] ?? 0) * 256;
    const height = (bytes[at + 6] ?? 0) + (bytes[at + 7] ?? 0) * 256;
    const rows = [...bytes.subarray(at + 8, at + 8 + rowBytes * height)];
    const last = strips.at(-1);
    const endsAt = at + 8 + rows.length;
    if (last?.endsAt === at) Object.assign(last, { rows: [...last.rows, ...rows], endsAt });
    else strips.push({ rowBytes, rows, endsAt });
    at = endsAt - 1;
  }
  return strips.map(({ rowBytes, rows }) => {
    const isBlack = (x: number, y: number): boolean =>
      (((rows[y * rowBytes + Math.floor(x / 8)] ?? 0) >> (7 - (x % 8))) & 1) === 1;
    const countBits = (byte: number): number => [...byte.toString(2)].filter((bit) => bit === '1').length;
    const blackDots = rows.reduce((sum, byte) => sum + countBits(byte), 0);
    return { widthDots: rowBytes * 8, heightDots: rows.length / rowBytes, blackDots, isBlack };
  });
}

/** The printer's own letters in a job, pictures left out. */
export function readText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] === 0x1d && bytes[at + 1] === 0x76 && bytes[at + 2] === 0x30) {
      const rowBytes = (bytes[at + 4] ?? 0) + (bytes[at + 5] ?? 0) * 256;
      at += 7 + rowBytes * ((bytes[at + 6] ?? 0) + (bytes[at + 7] ?? 0) * 256);
      continue;
    }
    text += String.fromCharCode(bytes[at] ?? 0);
  }
  return text;
}
