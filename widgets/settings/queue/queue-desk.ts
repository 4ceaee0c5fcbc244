/** What the pages of the queue know of the server: branches, the setup of the chosen one, devices. They share one. */
import { createIdempotencyKey, type IdempotencyKey, type LocationId } from '@frontdesk/protocol/ids';
import type { DeviceDto } from '@frontdesk/protocol/devices';
import type { LocationDto } from '@frontdesk/protocol/locations';
import type { CounterDto, ServiceDto } from '@frontdesk/protocol/queue-setup';
import type { Result } from '@frontdesk/protocol/result';
import type { StaffCommandName, StaffCommands } from '@frontdesk/protocol/staff';
import { isUnknownOutcome } from '../../core/client/outcome.js';
import type { Loaded } from '../settings-store.js';
import type { QueueLink, QueueNews } from './queue-link.js';

export type QueueSetup = StaffCommands['queue:read-setup']['output'];

export interface QueueData {
  readonly locations: Loaded<readonly LocationDto[]>;
  readonly setup: Loaded<QueueSetup | null>;
  readonly devices: Loaded<readonly DeviceDto[]>;
  /** The branch that services, counters, rules and reports are about; null while there is none. */
  readonly locationId: LocationId | null;
  /** Counts every word that tickets moved. */
  readonly floorRev: number;
}

type Part = 'locations' | 'setup' | 'devices';

const LOADING = { phase: 'loading', error: null } as const;
export const INITIAL_QUEUE_DATA: QueueData = {
  locations: { ...LOADING, data: [] },
  setup: { ...LOADING, data: null },
  devices: { ...LOADING, data: [] },
  locationId: null,
  floorRev: 0,
};

/** Reads are made anew when somebody else changed something; what is shown stays until the answer is there. */
export class QueueDesk {
  data: QueueData = INITIAL_QUEUE_DATA;
  readonly #link: QueueLink;
  readonly #changed: () => void;
  #stop: (() => void) | null = null;
  /** Tries whose answer was lost: pressed again unchanged, they carry the same key and so happen once. */
  readonly #open = new Map<string, IdempotencyKey>();

  constructor(link: QueueLink, changed: () => void) {
    this.#link = link;
    this.#changed = changed;
  }

  start(): void {
    this.#stop ??= this.#link.listen((news) => this.#handle(news));
    this.reload();
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }

  reload(): void {
    void this.loadLocations();
    void this.loadDevices();
  }

  get location(): LocationDto | null {
    return this.data.locations.data.find(({ id }) => id === this.data.locationId) ?? null;
  }

  choose(locationId: LocationId | null): void {
    if (locationId === this.data.locationId) return;
    this.#set({ locationId, setup: INITIAL_QUEUE_DATA.setup });
    void this.loadSetup();
  }

  /** Sends once, and once more with the same key if no answer came. */
  async send<Name extends StaffCommandName>(
    name: Name,
    input: StaffCommands[Name]['input'],
  ): Promise<Result<StaffCommands[Name]['output']>> {
    const what = `${name} ${JSON.stringify(input)}`;
    const key = this.#open.get(what) ?? createIdempotencyKey();
    this.#open.set(what, key);
    let result = await this.#link.request(name, input, key);
    if (!result.ok && isUnknownOutcome(result.error)) result = await this.#link.request(name, input, key);
    if (result.ok || !isUnknownOutcome(result.error)) this.#open.delete(what);
    return result;
  }

  /** What a save answered, until the next read says the same; new things stand at the end. */
  keep(change: { location?: LocationDto; service?: ServiceDto; counter?: CounterDto }): void {
    const { location, service, counter } = change;
    const { locations, setup } = this.data;
    if (location) this.#set({ locations: { ...locations, data: put(locations.data, location) } });
    if (setup.data === null || (!service && !counter)) return;
    const services = service ? put(setup.data.services, service) : setup.data.services;
    const counters = counter ? put(setup.data.counters, counter) : setup.data.counters;
    this.#set({ setup: { ...setup, data: { ...setup.data, services, counters } } });
  }

  async loadLocations(): Promise<void> {
    const result = await this.#load('locations', 'location:list', {});
    if (!result?.ok) return;
    const { locations } = result.data;
    this.#set({ locations: { phase: 'ready', data: locations, error: null } });
    if (this.location === null)
      this.choose((locations.find(({ isArchived }) => !isArchived) ?? locations[0])?.id ?? null);
    else await this.loadSetup();
  }

  async loadSetup(): Promise<void> {
    const { locationId } = this.data;
    if (locationId === null) return this.#set({ setup: { phase: 'ready', data: null, error: null } });
    const result = await this.#load('setup', 'queue:read-setup', { locationId });
    if (!result?.ok || locationId !== this.data.locationId) return;
    this.#set({ setup: { phase: 'ready', data: result.data, error: null } });
  }

  async loadDevices(): Promise<void> {
    const result = await this.#load('devices', 'device:list', {});
    if (result?.ok) this.#set({ devices: { phase: 'ready', data: result.data.devices, error: null } });
  }

  async #load<Name extends StaffCommandName>(
    part: Part,
    name: Name,
    input: StaffCommands[Name]['input'],
  ): Promise<Result<StaffCommands[Name]['output']>> {
    const result = await this.#link.request(name, input, createIdempotencyKey());
    if (!result.ok) this.#set({ [part]: { ...this.data[part], phase: 'failed', error: result.error } });
    return result;
  }

  #handle(news: QueueNews): void {
    if (news === 'back') return this.reload();
    if (news === 'locations') return void this.loadLocations();
    if (news === 'devices') return void this.loadDevices();
    if (news === 'floor') this.#set({ floorRev: this.data.floorRev + 1 });
    void this.loadSetup();
  }

  #set(change: Partial<QueueData>): void {
    this.data = { ...this.data, ...change };
    this.#changed();
  }
}

function put<Item extends { readonly id: string }>(items: readonly Item[], item: Item): Item[] {
  const isKnown = items.some(({ id }) => id === item.id);
  return isKnown ? items.map((one) => (one.id === item.id ? item : one)) : [...items, item];
}
