/** Ids and updates as the driver wants them, for the stores of this domain. */
import { Types } from 'mongoose';

export const toObjectId = (id: string): Types.ObjectId => new Types.ObjectId(id);
export const createObjectId = <Id extends string>(): Id => new Types.ObjectId().toHexString() as Id;

/** `$set` must not name fields that stay. */
export function withoutUndefined(patch: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}
