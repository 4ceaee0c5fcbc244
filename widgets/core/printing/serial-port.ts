/** The part of the Web Serial interface (WICG, 2025) that a printer needs; TypeScript's library does not know it. */
export interface SerialPort {
  readonly readable: ReadableStream<Uint8Array> | null;
  readonly writable: WritableStream<Uint8Array> | null;
  open(options: { readonly baudRate: number; readonly bufferSize?: number }): Promise<void>;
  close(): Promise<void>;
}

export interface Serial {
  /** Ports that somebody chose before. */
  getPorts(): Promise<readonly SerialPort[]>;
  /** Asks the person; needs a gesture, and rejects when they choose none. */
  requestPort(): Promise<SerialPort>;
}

/** null where the browser has no Web Serial. */
export function detectSerial(): Serial | null {
  return (navigator as { readonly serial?: Serial }).serial ?? null;
}
