import type { Document } from 'bson';
import { isDocument } from '../bson/values.js';
import { fail } from '../errors.js';
import type { QueryOptions } from '../planner/query.js';
import { aggregateCommand, explainAggregate } from './aggregate.js';
import { argumentsOf, namespaceOf, type Arguments, type Command, type CommandContext } from './command.js';
import { countCommand, readCount } from './count.js';
import { deleteCommand, readDeletes } from './delete.js';
import { distinctCommand, readDistinct } from './distinct.js';
import { findAndModifyCommand, readFindAndModify } from './find-and-modify.js';
import { findCommand, readFind } from './find.js';
import { assertKnownFields } from './generic-arguments.js';
import { explainQuery, type Verbosity } from './plan-report.js';
import { readUpdates, updateCommand } from './update.js';

interface Explainable {
  readonly command: Command;
  readonly outerStage?: (args: Arguments) => string;
  readonly read: (args: Arguments) => QueryOptions;
}

function single<T>(statements: readonly T[]): T {
  const [first, ...more] = statements;
  return first === undefined || more.length > 0
    ? fail('InvalidLength', 'explained write batches must be of size 1')
    : first;
}

const explainables: readonly Explainable[] = [
  { command: findCommand, read: readFind },
  { command: countCommand, read: readCount, outerStage: () => 'COUNT' },
  { command: distinctCommand, read: readDistinct },
  { command: updateCommand, read: (args) => single(readUpdates(args)).query, outerStage: () => 'UPDATE' },
  { command: deleteCommand, read: (args) => single(readDeletes(args)).query, outerStage: () => 'DELETE' },
  {
    command: findAndModifyCommand,
    read: readFindAndModify,
    outerStage: (args) => (args.boolean('remove', false) ? 'DELETE' : 'UPDATE'),
  },
];

function explainCommandBody(inner: CommandContext, verbosity: Verbosity): Promise<Document> {
  const { body, name } = inner;
  if (aggregateCommand.names.includes(name)) {
    assertKnownFields(aggregateCommand, body, name);
    return explainAggregate(inner, verbosity);
  }
  const explainable =
    explainables.find(({ command }) => command.names.includes(name)) ??
    fail('CommandNotFound', `Explain failed due to unknown command: ${name}`);
  assertKnownFields(explainable.command, body, name);
  const args = argumentsOf(inner);
  const namespace = namespaceOf(inner);
  return explainQuery(inner, namespace, explainable.read(args), verbosity, explainable.outerStage?.(args));
}

export const explainCommand: Command = {
  names: ['explain'],
  fields: ['explain', 'verbosity'],
  handle: async (context) => {
    const args = argumentsOf(context);
    const body = args.required('explain', args.document('explain'));
    if (!isDocument(body)) return fail('TypeMismatch', 'explain needs a command');
    const verbosity = args.has('verbosity') ? args.text('verbosity') : 'allPlansExecution';
    if (verbosity !== 'queryPlanner' && verbosity !== 'executionStats' && verbosity !== 'allPlansExecution')
      return fail('BadValue', `Enumeration value '${verbosity}' for field 'explain.verbosity' is not a valid value.`);
    const name = Object.keys(body)[0] ?? '';
    const report = await explainCommandBody({ ...context, body, name }, verbosity);
    return { explainVersion: '1', ...report, command: body };
  },
};
