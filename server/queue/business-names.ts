/** Names of businesses, kept for a while: every phone shows one, and it never changes while somebody waits. */
import type { TenantId } from '@frontdesk/protocol/ids';
import type { Clock } from '../core/clock.js';
import { AppError } from '../core/errors.js';
import type { TenancyDirectory } from '../tenancy/index.js';

const TTL_MS = 30_000;
const MAX_ENTRIES = 5_000;

export function createBusinessNames(directory: Pick<TenancyDirectory, 'findTenant'>, clock: Clock) {
  const names = new Map<TenantId, { readonly name: Promise<string>; readonly untilMs: number }>();

  async function load(tenantId: TenantId): Promise<string> {
    const tenant = await directory.findTenant({ tenantId });
    if (!tenant || tenant.suspended) throw new AppError('NOT_FOUND');
    return tenant.name;
  }

  return async function readBusinessName({ tenantId }: { readonly tenantId: TenantId }): Promise<string> {
    const known = names.get(tenantId);
    if (known && known.untilMs > clock.now()) return known.name;
    const name = load(tenantId);
    names.delete(tenantId);
    names.set(tenantId, { name, untilMs: clock.now() + TTL_MS });
    name.catch(() => names.delete(tenantId));
    const oldest = names.keys().next();
    if (names.size > MAX_ENTRIES && !oldest.done) names.delete(oldest.value);
    return name;
  };
}
