/** `$bitsAllSet`, `$bitsAnySet`, `$bitsAllClear` and `$bitsAnyClear`. Negative numbers have all their higher bits set. */
import type { Binary } from 'bson';
import { typeBytes } from '../../bson/key-encoding.js';
import { bsonTypes, isNumeric, toNumber, typeName, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import type { LeafTest, OperatorFactory } from '../operator.js';
import { typeInterval } from '../bounds.js';
import { wholeNumber } from './element.js';

/** Bit 0 is the lowest of the first byte. */
function bitsOfBinary(value: unknown): bigint {
  const bytes = value instanceof Uint8Array ? value : (value as Binary).value();
  return BigInt(`0x0${Buffer.from(bytes).reverse().toString('hex')}`);
}

/** Undefined for what has no bits: other types, fractions, numbers beyond 64 bits. */
function bitsOf(value: unknown): bigint | undefined {
  if (typeOf(value) === bsonTypes.binData) return bitsOfBinary(value);
  if (typeOf(value) === bsonTypes.double && !Number.isInteger(toNumber(value))) return undefined;
  const integer = wholeNumber(value);
  return integer === undefined ? undefined : BigInt(integer);
}

function readPosition(name: string, value: unknown): bigint {
  const position = isNumeric(value) ? toNumber(value) : Number.NaN;
  if (!Number.isInteger(position) || position < 0 || position > 0x7fffffff)
    fail('BadValue', `bit positions of ${name} must be integers >= 0 that fit 32 bits`);
  return BigInt(position);
}

/** Bits beyond this say nothing about a document of at most 16 MB. */
const maxPosition = 16n * 1024n * 1024n * 8n;

function readMask(name: string, operand: unknown): bigint {
  if (typeOf(operand) === bsonTypes.binData) return bitsOfBinary(operand);
  if (typeOf(operand) === bsonTypes.array)
    return (operand as unknown[]).reduce<bigint>((mask, entry) => {
      const position = readPosition(name, entry);
      if (position > maxPosition) fail('NotImplemented', `${name} of bit ${position} is not supported by this store`);
      return mask | (1n << position);
    }, 0n);
  if (!isNumeric(operand))
    return fail('BadValue', `${name} takes an Array, a number, or a BinData but received: ${typeName(operand)}`);
  const mask = bitsOf(operand) ?? fail('FailedToParse', `Expected an integer: ${name}`);
  return mask < 0n ? fail('FailedToParse', `Expected a non-negative number in: ${name}`) : mask;
}

function bitOperator(name: string, verdict: (common: bigint, mask: bigint) => boolean): OperatorFactory {
  return (operand): LeafTest => {
    const mask = readMask(name, operand);
    return {
      expandLeaf: true,
      test: (value) => {
        const bits = bitsOf(value);
        return bits !== undefined && verdict(bits & mask, mask);
      },
      intervals: [typeInterval(typeBytes.number), typeInterval(typeBytes.binData)],
      impliesExistence: true,
    };
  };
}

export const bitOperators: Record<string, OperatorFactory> = {
  $bitsAllSet: bitOperator('$bitsAllSet', (common, mask) => common === mask),
  $bitsAnySet: bitOperator('$bitsAnySet', (common) => common !== 0n),
  $bitsAllClear: bitOperator('$bitsAllClear', (common) => common === 0n),
  $bitsAnyClear: bitOperator('$bitsAnyClear', (common, mask) => common !== mask),
};
