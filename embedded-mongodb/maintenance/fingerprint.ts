/**
 * A hash over a collection's documents that does not depend on their order: a server returns them in another order than
 * the store. It is the sum of the documents' SHA-256 modulo 2²⁵⁶, so a document that is missing, doubled or changed by
 * one byte changes it.
 */
import { hash } from 'node:crypto';

const mask = (1n << 256n) - 1n;

export class Fingerprint {
  #sum = 0n;
  #count = 0;

  /** Takes BSON as it is stored, `_id` first: servers and this store put it there. */
  add(document: Uint8Array): void {
    this.#sum = (this.#sum + BigInt(`0x${hash('sha256', document, 'hex')}`)) & mask;
    this.#count++;
  }

  get count(): number {
    return this.#count;
  }

  get hash(): string {
    return this.#sum.toString(16).padStart(64, '0');
  }
}
