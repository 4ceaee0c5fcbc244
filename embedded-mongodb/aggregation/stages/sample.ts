import type { Document } from 'bson';
import { isDocument, isNumeric, toNumber } from '../../bson/values.js';
import { fail } from '../../errors.js';
import { maxStageBytes, MemoryBound, sizeOf } from '../memory.js';
import { forEach, inBatches, type StageFactory } from '../stage.js';

function readSize(specification: unknown): number {
  if (!isDocument(specification)) return fail('Location28745', 'the $sample stage specification must be an object');
  const stranger = Object.keys(specification).find((name) => name !== 'size');
  if (stranger !== undefined) fail('Location28748', `unrecognized option to $sample: ${stranger}`);
  if (!Object.hasOwn(specification, 'size')) fail('Location28749', '$sample stage must specify a size');
  if (!isNumeric(specification.size)) fail('Location28746', 'size argument to $sample must be a number');
  const size = Math.trunc(toNumber(specification.size));
  if (!(size > 0)) fail('Location28747', 'size argument to $sample must be a positive integer');
  return size;
}

const below = (limit: number): number => Math.floor(Math.random() * limit);

export const sampleStage: StageFactory = (specification) => {
  const size = readSize(specification);
  return async function* sample(input, execution) {
    // Each document is kept with equal probability, in one pass: the seen-th one replaces a random place.
    const kept: Document[] = [];
    const memory = new MemoryBound(`$sample, which keeps up to ${size} documents in ${maxStageBytes} bytes`);
    let seen = 0;
    await forEach(input, execution, (document) => {
      seen++;
      if (kept.length < size) {
        memory.add(sizeOf(document));
        kept.splice(below(kept.length + 1), 0, document);
      } else {
        const place = below(seen);
        if (place < size) kept[place] = document;
      }
    });
    yield* inBatches(kept, execution);
  };
};
