/** The operands the date operators share: the zone, the unit, the first day of the week. */
import { bsonTypes, isNullish, isNumeric, toNumber, typeName, typeOf } from '../../bson/values.js';
import { fail } from '../../errors.js';
import type { NamedExpressions } from './operator.js';
import type { Frame } from './scope.js';
import { findTimeZone, utc, type TimeZone } from './time-zone.js';

/** UTC when none is given; undefined when it is null, which makes the result null. */
export function readZone(named: NamedExpressions, frame: Frame): TimeZone | undefined {
  const expression = named.get('timezone');
  if (!expression) return utc;
  const name = expression(frame);
  if (isNullish(name)) return undefined;
  if (typeof name !== 'string')
    return fail('Location40517', `timezone must evaluate to a string, found ${typeName(name)}`);
  return findTimeZone(name);
}

const timeUnits = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
export type TimeUnit = (typeof timeUnits)[number];

/** Null when the unit is. */
export function readUnit(name: string, value: unknown): TimeUnit | null {
  if (isNullish(value)) return null;
  if (typeof value !== 'string')
    return fail('Location5439013', `${name} requires 'unit' to be a string, but got ${typeName(value)}`);
  return timeUnits.find((unit) => unit === value) ?? fail('FailedToParse', `unknown time unit value: ${value}`);
}

const days = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** 0 is Sunday, as when nothing is said; null when it is null. */
export function readStartOfWeek(name: string, named: NamedExpressions, frame: Frame): number | null {
  const expression = named.get('startOfWeek');
  if (!expression) return 0;
  const value = expression(frame);
  if (isNullish(value)) return null;
  if (typeof value !== 'string')
    return fail('Location5439015', `${name} requires 'startOfWeek' to be a string, but got ${typeName(value)}`);
  const wanted = value.toLowerCase();
  const found = days.findIndex((day) => day === wanted || day.slice(0, 3) === wanted);
  if (found < 0)
    fail('Location5439016', `${name} parameter 'startOfWeek' value cannot be recognized as a day of a week: ${value}`);
  return found;
}

/** Whether it is a whole number of any numeric type. */
export function isWhole(value: unknown): boolean {
  return isNumeric(value) && (typeOf(value) === bsonTypes.long || Number.isInteger(toNumber(value)));
}
