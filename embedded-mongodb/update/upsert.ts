/** The document an upsert inserts when nothing matched. */
import { ObjectId, type Document } from 'bson';
import { setField } from '../bson/values.js';
import { fail } from '../errors.js';
import { equalityDocument } from '../planner/constraints.js';
import type { FilterNode } from '../query/matcher.js';
import { splitPath } from '../query/paths.js';
import { writeTarget } from './target.js';
import { assertPath, type CompiledUpdate } from './update.js';

function assertInferable(path: string, others: ReadonlyMap<string, unknown>): void {
  for (const other of others.keys()) {
    if (other === path)
      fail('NotSingleValueField', `cannot infer query fields to set, path '${path}' is matched twice`);
    if (path.startsWith(`${other}.`) || other.startsWith(`${path}.`))
      fail('NotSingleValueField', `cannot infer query fields to set, both paths '${path}' and '${other}' are matched`);
  }
}

/** What the filter says of the new document. A replacement takes only its `_id`. */
function equalities(filter: FilterNode, { isReplacement }: CompiledUpdate): Map<string, unknown> {
  const found = new Map<string, unknown>();
  equalityDocument(filter, (path, value) => {
    if (isReplacement && path.startsWith('_id.'))
      fail('NotExactValueField', `field at '_id' must be exactly specified, field at sub-path '${path}' found`);
    if (isReplacement && path !== '_id') return;
    assertPath(path);
    assertInferable(path, found);
    found.set(path, value);
  });
  return found;
}

/** The fields of the filter come in the order of their names, as on a server. */
export function buildUpsert(filter: FilterNode, update: CompiledUpdate): Document {
  const base: Document = {};
  const sorted = [...equalities(filter, update)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [path, value] of sorted) writeTarget(base, splitPath(path), value);
  const built = update.apply(base, true);
  if (Object.keys(built)[0] === '_id') return built;
  const document: Document = { _id: Object.hasOwn(built, '_id') ? built._id : new ObjectId() };
  for (const key of Object.keys(built)) if (key !== '_id') setField(document, key, built[key]);
  return document;
}
