/** What an operator of expressions is, and how the families read their operands. */
import { bsonTypes, isDocument, isNumeric, toNumber, typeOf } from '../../bson/values.js';
import { fail, type ErrorName } from '../../errors.js';
import type { Expression, Scope } from './scope.js';

export interface ExpressionContext {
  /** As it was written, with its `$`: operators that share a factory tell themselves apart by it. */
  readonly name: string;
  readonly scope: Scope;
  readonly compile: (source: unknown, scope: Scope) => Expression;
}

export type ExpressionFactory = (operand: unknown, context: ExpressionContext) => Expression;

export type Evaluate = (...values: unknown[]) => unknown;

export const isArray = (value: unknown): value is unknown[] => typeOf(value) === bsonTypes.array;

/** An integer that fits 32 bits, whatever its type. */
export function isIntegral(value: unknown): boolean {
  if (!isNumeric(value)) return false;
  const number = toNumber(value);
  return Number.isInteger(number) && number >= -0x80000000 && number <= 0x7fffffff;
}

/** The operands, compiled: an array lists them, anything else is the only one. */
export function compileOperands(operand: unknown, { scope, compile }: ExpressionContext): Expression[] {
  return (isArray(operand) ? operand : [operand]).map((source) => compile(source, scope));
}

export function compileFixed(operand: unknown, context: ExpressionContext, count: number): Expression[] {
  const members = compileOperands(operand, context);
  if (members.length !== count)
    fail(
      'Location16020',
      `Expression ${context.name} takes exactly ${count} arguments. ${members.length} were passed in.`,
    );
  return members;
}

/** An operator of one operand. */
export function unary(evaluate: (value: unknown) => unknown): ExpressionFactory {
  return (operand, context) => {
    const [member] = compileFixed(operand, context, 1) as [Expression];
    return (frame) => evaluate(member(frame));
  };
}

/** An operator of two operands. */
export function binary(evaluate: (left: unknown, right: unknown) => unknown): ExpressionFactory {
  return (operand, context) => {
    const [left, right] = compileFixed(operand, context, 2) as [Expression, Expression];
    return (frame) => evaluate(left(frame), right(frame));
  };
}

/** An operator whose last operands may be left out. */
export function ranged(least: number, most: number, evaluate: Evaluate): ExpressionFactory {
  return (operand, context) => {
    const members = compileOperands(operand, context);
    if (members.length < least || members.length > most)
      fail(
        least === most ? 'Location16020' : 'Location28667',
        `Expression ${context.name} takes at least ${least} arguments, and at most ${most}, but ${members.length} were passed in.`,
      );
    return (frame) => evaluate(...members.map((member) => member(frame)));
  };
}

/** An operator of any number of operands. They are evaluated one by one, so that it can stop at the first that decides. */
export function variadic(evaluate: (values: Iterable<unknown>) => unknown): ExpressionFactory {
  return (operand, context) => {
    const members = compileOperands(operand, context);
    return (frame) =>
      evaluate({
        *[Symbol.iterator]() {
          for (const member of members) yield member(frame);
        },
      });
  };
}

export interface NamedRules {
  readonly notAnObject: ErrorName;
  readonly unknown: ErrorName;
  /** Each with the error of its absence. */
  readonly required: Readonly<Record<string, ErrorName>>;
  readonly optional?: readonly string[];
}

/** The operands by name, not compiled. */
export function readNamed(operand: unknown, name: string, rules: NamedRules): ReadonlyMap<string, unknown> {
  if (!isDocument(operand)) return fail(rules.notAnObject, `${name} only supports an object as its argument`);
  const named = new Map<string, unknown>(Object.entries(operand));
  for (const key of named.keys())
    if (!Object.hasOwn(rules.required, key) && !rules.optional?.includes(key))
      fail(rules.unknown, `Unrecognized argument to ${name}: ${key}`);
  for (const [key, error] of Object.entries(rules.required))
    if (!named.has(key)) fail(error, `Missing '${key}' parameter to ${name}`);
  return named;
}

export type NamedExpressions = ReadonlyMap<string, Expression>;

/** The operands by name, compiled. */
export function compileNamed(operand: unknown, context: ExpressionContext, rules: NamedRules): NamedExpressions {
  const named = readNamed(operand, context.name, rules);
  return new Map([...named].map(([key, source]) => [key, context.compile(source, context.scope)]));
}
