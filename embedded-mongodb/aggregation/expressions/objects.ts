/** Objects: merging, and fields whose names paths cannot spell. */
import type { Document } from 'bson';
import { isDocument, isNullish, ownField, setField, typeName } from '../../bson/values.js';
import { fail, type ErrorName } from '../../errors.js';
import {
  compileNamed,
  readNamed,
  type ExpressionContext,
  type ExpressionFactory,
  type NamedRules,
} from './operator.js';
import type { Expression } from './scope.js';

const getField: ExpressionFactory = (operand, context) => {
  const isNamed = isDocument(operand) && !Object.keys(operand)[0]?.startsWith('$');
  const named = isNamed
    ? compileNamed(operand, context, {
        notAnObject: 'Location3041701',
        unknown: 'Location3041701',
        required: { field: 'Location3041702' },
        optional: ['input'],
      })
    : new Map([['field', context.compile(operand, context.scope)]]);
  const field = named.get('field') as Expression;
  const input = named.get('input') ?? context.compile('$$CURRENT', context.scope);
  return (frame) => {
    const name = field(frame);
    if (typeof name !== 'string')
      return fail(
        'Location5654602',
        `$getField requires 'field' to evaluate to type String, but got ${typeName(name)}`,
      );
    const value = input(frame);
    if (isDocument(value)) return ownField(value, name);
    return value === null ? null : undefined;
  };
};

/** The name of the field must be known before the documents are. */
function readFieldName(
  operand: unknown,
  { name }: ExpressionContext,
  notAString: ErrorName,
  notConstant: ErrorName,
): string {
  const field: unknown = isDocument(operand) && Object.hasOwn(operand, '$literal') ? operand.$literal : operand;
  if (isDocument(field)) fail(notConstant, `${name} requires 'field' to evaluate to a constant`);
  if (typeof field !== 'string')
    return fail(notAString, `${name} requires 'field' to evaluate to type String, but got ${typeName(field)}`);
  if (field === operand && field.startsWith('$'))
    fail('Location4161108', `'field' is a path; use $literal for a field name that begins with '$'`);
  return field;
}

/** A missing value removes the field. */
function fieldSetter(rules: NamedRules, valueOf: (named: ReadonlyMap<string, unknown>) => unknown): ExpressionFactory {
  return (operand, context) => {
    const named = readNamed(operand, context.name, rules);
    const field = readFieldName(named.get('field'), context, 'Location4161107', 'Location4161106');
    const input = context.compile(named.get('input'), context.scope);
    const value = context.compile(valueOf(named), context.scope);
    return (frame) => {
      const source = input(frame);
      if (isNullish(source)) return null;
      if (!isDocument(source))
        return fail('Location4161105', `${context.name} requires 'input' to evaluate to type Object`);
      const out: Document = { ...source };
      const result = value(frame);
      if (result === undefined) delete out[field];
      else setField(out, field, result);
      return out;
    };
  };
}

export const objectExpressions: Record<string, ExpressionFactory> = {
  $getField: getField,
  $setField: fieldSetter(
    {
      notAnObject: 'Location4161100',
      unknown: 'Location4161101',
      required: { field: 'Location4161102', value: 'Location4161103', input: 'Location4161109' },
    },
    (named) => named.get('value'),
  ),
  $unsetField: fieldSetter(
    {
      notAnObject: 'Location4161110',
      unknown: 'Location4161111',
      required: { field: 'Location4161102', input: 'Location4161109' },
    },
    () => '$$REMOVE',
  ),
};
