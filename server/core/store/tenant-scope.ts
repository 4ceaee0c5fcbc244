/**
 * The data layer's tenant guard. A schema with this plugin refuses every query, update and aggregation that does not
 * name exactly one tenant, and every update that would move a document to another tenant (TEN-01, TEN-06).
 *
 * The few look-ups that must cross tenants (a site by its public key, a due job) say why with
 * `.setOptions({ crossTenant: 'why' })`; the boundary test lists them.
 */
import { Types, type Aggregate, type Document, type Query, type Schema } from 'mongoose';
import { NoTenantContextError } from '../errors.js';

declare module 'mongoose' {
  interface QueryOptions {
    /** The reason why this one query may look across tenants. */
    crossTenant?: string;
  }
  interface AggregateOptions {
    crossTenant?: string;
  }
}

const QUERY_OPERATIONS = [
  'find',
  'findOne',
  'findOneAndUpdate',
  'findOneAndReplace',
  'findOneAndDelete',
  'updateOne',
  'updateMany',
  'replaceOne',
  'deleteOne',
  'deleteMany',
  'countDocuments',
  'distinct',
] as const;

/** Statics without a filter that the guard could read. */
const BANNED_STATICS = [
  'estimatedDocumentCount',
  'watch',
  'bulkWrite',
  'bulkSave',
  'findByIdAndUpdate',
  'findByIdAndDelete',
] as const;

function isTenantValue(value: unknown): boolean {
  if (value instanceof Types.ObjectId) return true;
  return typeof value === 'string' && /^[0-9a-f]{24}$/.test(value);
}

/** True when an update document (of any operator, replacement or pipeline) speaks of tenantId. */
function touchesTenant(update: unknown): boolean {
  if (Array.isArray(update)) return true;
  if (typeof update !== 'object' || update === null) return false;
  return Object.entries(update).some(([key, value]) => {
    if (key === 'tenantId') return true;
    if (!key.startsWith('$') || typeof value !== 'object' || value === null) return false;
    if (key === '$rename' && Object.values(value).includes('tenantId')) return true;
    return Object.keys(value).some((field) => field === 'tenantId' || field.startsWith('tenantId.'));
  });
}

function guardQuery(this: Query<unknown, unknown>): void {
  const operation = (this as unknown as { op: string }).op;
  const update: unknown = this.getUpdate();
  if (update && touchesTenant(update)) throw new NoTenantContextError(`${operation} that changes tenantId`);
  if (this.getOptions().crossTenant) return;
  if (!isTenantValue(this.getFilter()['tenantId'])) throw new NoTenantContextError(operation);
}

/** Stages that read or write another collection, whose rows the first `$match` says nothing about (TEN-08). */
const FOREIGN_STAGES = new Set(['$lookup', '$graphLookup', '$unionWith', '$merge', '$out']);

/** Looks into `$facet` too, whose branches are pipelines of their own. */
function hasForeignStage(pipeline: readonly object[]): boolean {
  return pipeline.some((stage) =>
    Object.entries(stage).some(
      ([name, value]) =>
        FOREIGN_STAGES.has(name) ||
        (name === '$facet' && Object.values(value as Record<string, object[]>).some(hasForeignStage)),
    ),
  );
}

function guardAggregate(this: Aggregate<unknown>): void {
  if (this.options?.crossTenant) return;
  const pipeline = this.pipeline();
  const first = pipeline[0] as { $match?: Record<string, unknown> } | undefined;
  if (!isTenantValue(first?.$match?.['tenantId']) || hasForeignStage(pipeline)) {
    throw new NoTenantContextError('aggregate');
  }
}

export function tenantScope(schema: Schema): void {
  schema.add({ tenantId: { type: Types.ObjectId as never, required: true, immutable: true } });
  for (const operation of QUERY_OPERATIONS) {
    schema.pre(operation as 'find', { query: true, document: false } as never, guardQuery as never);
  }
  schema.pre('aggregate', guardAggregate as never);
  for (const name of BANNED_STATICS) {
    schema.static(name, () => {
      throw new NoTenantContextError(name);
    });
  }
  schema.pre('save', function requireTenant(this: Document) {
    if (!isTenantValue(this.get('tenantId'))) throw new NoTenantContextError('save');
  });
  schema.pre('insertMany', function requireTenants(this: unknown, documents: unknown) {
    const list = (Array.isArray(documents) ? documents : [documents]) as { tenantId?: unknown }[];
    if (!list.every((document) => isTenantValue(document.tenantId))) throw new NoTenantContextError('insertMany');
  } as never);
}
