/** The branch in which a day is played: services, counters with somebody for each, and no hour that ends the day meanwhile. */
import type { FrontdeskServer } from '@frontdesk/server/compose';
import { DEFAULT_POLICY } from '@frontdesk/server/queue/default-policy';
import type { CounterId, LocationId, ServiceId, TenantId } from '@frontdesk/protocol/ids';
import { PASSWORD, provisionTenants, type ProvisionedTenant } from '../provision.js';
import { ALWAYS_OPEN } from '../../support/phones.js';

export interface DayCounter {
  readonly id: CounterId;
  readonly label: string;
  /** Who sits there. */
  readonly email: string;
}

export interface DayBranch {
  readonly tenantId: TenantId;
  readonly locationId: LocationId;
  readonly ownerEmail: string;
  readonly serviceIds: readonly ServiceId[];
  readonly counters: readonly DayCounter[];
}

const PREFIXES = ['A', 'B', 'C'];
const HALF_DAY_HOURS = 12;

export async function furnishBranch(dataDir: string, counterCount: number): Promise<DayBranch> {
  let branch: DayBranch | undefined;
  await provisionTenants(dataDir, ['Q'], async (server, [tenant]) => {
    if (tenant) branch = await build(server, tenant, counterCount);
  });
  if (!branch) throw new Error('The branch was not built.');
  return branch;
}

async function build(server: FrontdeskServer, tenant: ProvisionedTenant, counterCount: number): Promise<DayBranch> {
  const { provision } = server.queue;
  const context = { tenantId: tenant.id };
  const beginsAtHour = (new Date().getUTCHours() + HALF_DAY_HOURS) % 24;
  const { id: locationId } = await server.locations.provision.createLocation(context, {
    name: 'Main branch',
    timeZone: 'Etc/UTC',
    dayStart: `${String(beginsAtHour).padStart(2, '0')}:00`,
    hours: ALWAYS_OPEN,
  });
  // A day in minutes: nobody waits half a minute for who does not come.
  const noShow = { ...DEFAULT_POLICY.noShow, minCallSeconds: 0 };
  await provision.putPolicy(context, locationId, { ...DEFAULT_POLICY, noShow });
  const serviceIds: ServiceId[] = [];
  for (const prefix of PREFIXES) {
    const series = { prefix, width: 4, first: 1, last: 9_999 };
    const service = await provision.addService(context, locationId, {
      names: { en: `Service ${prefix}` },
      series,
      pool: 'main',
    });
    serviceIds.push(service.id);
  }
  const addCounter = async (number: number): Promise<DayCounter> => {
    const label = `Counter ${number}`;
    const email = `counter-${number}@day.test`;
    const { id: userId } = await server.auth.provision.createUser({ email, name: label, password: PASSWORD });
    await server.tenancy.provision.addMember(context, { userId, role: 'agent', name: label, email });
    const { id } = await provision.addCounter(context, locationId, { label, serviceIds });
    return { id, label, email };
  };
  const counters = await Promise.all(Array.from({ length: counterCount }, (_, index) => addCounter(index + 1)));
  return { tenantId: tenant.id, locationId, ownerEmail: tenant.email, serviceIds, counters };
}
