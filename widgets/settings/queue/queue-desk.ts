/** What the pages of the queue know of the server: branches, the setup of the chosen one, devices. They share one. */
import type { DeviceDto } from '@frontdesk/protocol/devices';
import type { LocationDto } from '@frontdesk/protocol/locations';
import type { CounterDto, ServiceDto } from '@frontdesk/protocol/queue-setup';
import type { StaffCommands } from '@frontdesk/protocol/staff';
import type { Loaded } from '../settings-store.js';
import { LOADING_LIST, LOADING_ONE, put, ready, SetupDesk, type PlaceData } from '../setup/setup-desk.js';
import type { SetupLink, SetupNews } from '../setup/setup-link.js';

export type QueueSetup = StaffCommands['queue:read-setup']['output'];

export interface QueueData extends PlaceData {
  readonly setup: Loaded<QueueSetup | null>;
  readonly devices: Loaded<readonly DeviceDto[]>;
  /** Counts every word that tickets moved. */
  readonly floorRev: number;
}

export const INITIAL_QUEUE_DATA: QueueData = {
  locations: LOADING_LIST,
  setup: LOADING_ONE,
  devices: LOADING_LIST,
  locationId: null,
  floorRev: 0,
};

export class QueueDesk extends SetupDesk<QueueData> {
  protected readonly emptyPlace = { setup: LOADING_ONE };

  constructor(link: SetupLink, changed: () => void) {
    super(link, INITIAL_QUEUE_DATA, changed);
  }

  keep(change: { location?: LocationDto; service?: ServiceDto; counter?: CounterDto }): void {
    const { location, service, counter } = change;
    const { locations, setup } = this.data;
    if (location) this.set({ locations: { ...locations, data: put(locations.data, location) } });
    if (setup.data === null || (!service && !counter)) return;
    const services = service ? put(setup.data.services, service) : setup.data.services;
    const counters = counter ? put(setup.data.counters, counter) : setup.data.counters;
    this.set({ setup: { ...setup, data: { ...setup.data, services, counters } } });
  }

  async loadSetup(): Promise<void> {
    const { locationId } = this.data;
    if (locationId === null) return this.set({ setup: ready(null) });
    const result = await this.load('setup', 'queue:read-setup', { locationId });
    if (result.ok && locationId === this.data.locationId) this.set({ setup: ready(result.data) });
  }

  async loadDevices(): Promise<void> {
    const result = await this.load('devices', 'device:list', {});
    if (result.ok) this.set({ devices: ready(result.data.devices) });
  }

  protected loadPlace(): Promise<void> {
    return this.loadSetup();
  }

  protected loadBusiness(): Promise<void> {
    return this.loadDevices();
  }

  protected handle(news: SetupNews): void {
    if (news === 'devices') return void this.loadDevices();
    if (news === 'floor') this.set({ floorRev: this.data.floorRev + 1 });
    if (news === 'floor' || news === 'queue') void this.loadSetup();
  }
}
