import type { ListView } from '@frontdesk/protocol/vocabulary';
import type { StaffClient } from './staff-client.js';
import type { StaffIdentity, StaffList } from './staff-types.js';

export interface StaffListOptions extends StaffIdentity {
  readonly client: StaffClient;
  readonly view?: ListView;
}

export function createStaffList(_options: StaffListOptions): StaffList {
  throw new Error('Not built yet.');
}
