/** How much a stage that holds documents back may hold. There is no disk to spill to, so more than that is refused. */
import type { Binary, Document } from 'bson';
import { bsonTypes, typeOf } from '../bson/values.js';
import { fail, type ErrorName } from '../errors.js';

/** MongoDB's limit for one blocking stage. */
export const maxStageBytes = 100 * 1024 * 1024;

const scalarBytes = 16;
const memberBytes = 8;

/** About the bytes a value takes as BSON. */
export function sizeOf(value: unknown): number {
  switch (typeOf(value)) {
    case bsonTypes.string:
      return scalarBytes + (value as string).length;
    case bsonTypes.array:
      return (value as unknown[]).reduce<number>((sum, element) => sum + memberBytes + sizeOf(element), scalarBytes);
    case bsonTypes.binData:
      return scalarBytes + ((value as Partial<Binary>).position ?? (value as Uint8Array).length);
    case bsonTypes.object: {
      let bytes = scalarBytes;
      for (const key of Object.keys(value as Document))
        bytes += memberBytes + key.length + sizeOf((value as Document)[key]);
      return bytes;
    }
    default:
      return scalarBytes;
  }
}

export class MemoryBound {
  readonly #refuse: () => never;
  #bytes = 0;

  constructor(
    what: string,
    code: ErrorName = 'QueryExceededMemoryLimitNoDiskUseAllowed',
    message = `Exceeded memory limit for ${what}: this store holds at most ${maxStageBytes} bytes and does not use the disk`,
  ) {
    this.#refuse = () => fail(code, message);
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > maxStageBytes) this.#refuse();
  }
}
