/** The running total of `$sum` and `$avg`: integers and decimals exactly, doubles with their rounding errors kept beside. */
import { Decimal128, Double, type Int32, type Long } from 'bson';
import { integerOf, toBigInt } from './arithmetic.js';
import { addExact, divideExact, exactFromDouble, exactOf, toDecimal128, type Exact } from './decimal.js';
import { bsonTypes, isNumeric, toNumber, typeOf } from './values.js';

const nothing: Exact = { coefficient: 0n, exponent: 0 };

export class Summation {
  #count = 0;
  #hasLong = false;
  #hasDouble = false;
  #hasDecimal = false;
  /** Integers that still fit a double exactly, and those that were carried over. */
  #small = 0;
  #large = 0n;
  #double = 0;
  #error = 0;
  /** What infinities and NaN make of the doubles; compensation would turn an infinity into NaN. */
  #plain = 0;
  #decimal = nothing;
  #specialDecimal = 0;

  /** What is no number does not count. */
  add(value: unknown): void {
    if (!isNumeric(value)) return;
    this.#count++;
    switch (typeOf(value)) {
      case bsonTypes.int:
        this.#small += toNumber(value);
        if (Math.abs(this.#small) > Number.MAX_SAFE_INTEGER / 2) this.#carry(0n);
        return;
      case bsonTypes.long:
        this.#hasLong = true;
        this.#carry(toBigInt(value));
        return;
      case bsonTypes.decimal:
        this.#hasDecimal = true;
        return this.#addDecimal(value);
      default:
        this.#hasDouble = true;
        this.#addDouble(toNumber(value));
    }
  }

  #carry(more: bigint): void {
    this.#large += BigInt(this.#small) + more;
    this.#small = 0;
  }

  #addDouble(value: number): void {
    this.#plain += value;
    const sum = this.#double + value;
    const share = sum - this.#double;
    this.#error += this.#double - (sum - share) + (value - share);
    this.#double = sum;
  }

  #addDecimal(value: unknown): void {
    const exact = exactOf(value);
    if (!exact) this.#specialDecimal += toNumber(value);
    else this.#decimal = exactOf(toDecimal128(addExact(this.#decimal, exact))) ?? nothing;
  }

  get #integers(): bigint {
    return this.#large + BigInt(this.#small);
  }

  #asDouble(): number {
    if (!Number.isFinite(this.#double)) return this.#plain;
    const whole = new Summation();
    whole.#double = this.#double;
    whole.#error = this.#error;
    const nearest = Number(this.#integers);
    whole.#addDouble(nearest);
    whole.#addDouble(Number(this.#integers - BigInt(nearest)));
    return whole.#double + whole.#error;
  }

  #asExact(): Exact | undefined {
    if (this.#specialDecimal !== 0 || !Number.isFinite(this.#double)) return undefined;
    const doubles = addExact(exactFromDouble(this.#double), exactFromDouble(this.#error));
    const others = this.#hasDouble
      ? addExact(doubles, { coefficient: this.#integers, exponent: 0 })
      : { coefficient: this.#integers, exponent: 0 };
    return addExact(this.#decimal, others);
  }

  #special(): Decimal128 {
    return Decimal128.fromString(String(this.#specialDecimal + (Number.isFinite(this.#double) ? 0 : this.#plain)));
  }

  /** An int when all were ints and the total fits, then a long, then a double; a decimal when one was among them. */
  total(): Int32 | Long | Double | Decimal128 {
    if (this.#hasDecimal) {
      const exact = this.#asExact();
      return exact ? toDecimal128(exact) : this.#special();
    }
    const whole = this.#hasDouble ? undefined : integerOf(this.#integers, this.#hasLong);
    return whole ?? new Double(this.#asDouble());
  }

  /** Null when there was no number. */
  average(): Double | Decimal128 | null {
    if (this.#count === 0) return null;
    if (!this.#hasDecimal) return new Double(this.#asDouble() / this.#count);
    const exact = this.#asExact();
    return exact
      ? toDecimal128(divideExact(exact, { coefficient: BigInt(this.#count), exponent: 0 }))
      : this.#special();
  }
}
