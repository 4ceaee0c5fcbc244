/** The filter that every repository call starts with. */
import { Types } from 'mongoose';
import type { TenantId } from '@frontdesk/protocol/ids';
import { NoTenantContextError } from '../errors.js';

/**
 * `{ tenantId }` of the context, for spreading into a filter. Takes the loosest context on purpose: a caller from
 * plain JavaScript, or one that forgot, gets an exception and not someone else's rows.
 */
export function scope(context: { readonly tenantId: TenantId | null } | null | undefined): {
  tenantId: Types.ObjectId;
} {
  if (!context?.tenantId) throw new NoTenantContextError('a repository call');
  return { tenantId: new Types.ObjectId(context.tenantId) };
}
