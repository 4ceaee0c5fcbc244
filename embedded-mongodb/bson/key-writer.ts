/** A growing byte buffer for keys. One instance is reused, because keys are built for every read and write. */
export class KeyWriter {
  private bytes = Buffer.allocUnsafe(4096);
  length = 0;

  reset(): this {
    this.length = 0;
    return this;
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.bytes.length * 2, this.length + count));
    this.bytes.copy(larger, 0, 0, this.length);
    this.bytes = larger;
  }

  byte(value: number): void {
    this.reserve(1);
    this.bytes[this.length++] = value;
  }

  uint16(value: number): void {
    this.reserve(2);
    this.length = this.bytes.writeUInt16BE(value, this.length);
  }

  uint32(value: number): void {
    this.reserve(4);
    this.length = this.bytes.writeUInt32BE(value, this.length);
  }

  uint64(value: bigint): void {
    this.reserve(8);
    this.length = this.bytes.writeBigUInt64BE(value, this.length);
  }

  raw(source: Uint8Array): void {
    this.reserve(source.length);
    this.bytes.set(source, this.length);
    this.length += source.length;
  }

  /** A double in byte order: positive numbers get the sign bit, negative ones are inverted. */
  double(value: number): void {
    this.reserve(8);
    const at = this.length;
    this.bytes.writeDoubleBE(value, at);
    if ((this.bytes[at] as number) & 0x80) this.invert(at, at + 8);
    else this.bytes[at] = (this.bytes[at] as number) | 0x80;
    this.length += 8;
  }

  /** UTF-8 with 00 → 01 01 and 01 → 01 02, so that the terminator 00 sorts before every continuation. */
  text(value: string): void {
    const size = Buffer.byteLength(value);
    this.reserve(size * 2 + 1);
    const start = this.length;
    this.length += this.bytes.write(value, start, 'utf8');
    this.escape(start);
    this.byte(0);
  }

  private escape(start: number): void {
    let extra = 0;
    for (let at = start; at < this.length; at++) if ((this.bytes[at] as number) <= 1) extra++;
    if (extra === 0) return;
    let to = this.length + extra;
    for (let from = this.length - 1; from >= start; from--) {
      const value = this.bytes[from] as number;
      if (value <= 1) {
        this.bytes[--to] = value + 1;
        this.bytes[--to] = 1;
      } else {
        this.bytes[--to] = value;
      }
    }
    this.length += extra;
  }

  invert(from: number, to: number): void {
    for (let at = from; at < to; at++) this.bytes[at] = ~(this.bytes[at] as number) & 0xff;
  }

  take(): Buffer {
    return Buffer.from(this.bytes.subarray(0, this.length));
  }
}
