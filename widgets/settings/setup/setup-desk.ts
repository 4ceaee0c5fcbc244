/** What a group of pages knows together of the server: the branches, which one they are about, and what its own desk adds. */
import { createIdempotencyKey, type IdempotencyKey, type LocationId } from '@frontdesk/protocol/ids';
import type { LocationDto } from '@frontdesk/protocol/locations';
import type { Result } from '@frontdesk/protocol/result';
import type { StaffCommandName, StaffCommands } from '@frontdesk/protocol/staff';
import { isUnknownOutcome } from '../../core/client/outcome.js';
import type { Loaded } from '../settings-store.js';
import type { SetupLink, SetupNews } from './setup-link.js';

export interface PlaceData {
  readonly locations: Loaded<readonly LocationDto[]>;
  /** The branch that pages of one branch are about; null while there is none. */
  readonly locationId: LocationId | null;
}

const LOADING = { phase: 'loading', error: null } as const;
export const LOADING_LIST = { ...LOADING, data: [] } as const;
export const LOADING_ONE = { ...LOADING, data: null } as const;

export const ready = <T>(data: T): Loaded<T> => ({ phase: 'ready', data, error: null });

/** Reads are made anew when somebody else changed something; what is shown stays until the answer is there. */
export abstract class SetupDesk<Data extends PlaceData> {
  data: Data;
  readonly #link: SetupLink;
  readonly #changed: () => void;
  #stop: (() => void) | null = null;
  /** Tries whose answer was lost: pressed again unchanged, they carry the same key and so happen once. */
  readonly #open = new Map<string, IdempotencyKey>();

  constructor(link: SetupLink, initial: Data, changed: () => void) {
    this.#link = link;
    this.data = initial;
    this.#changed = changed;
  }

  /** What belongs to the branch that is chosen. */
  protected abstract loadPlace(): Promise<void>;
  /** What belongs to the business. */
  protected abstract loadBusiness(): Promise<void>;
  /** Anything but `back` and `locations`. */
  protected abstract handle(news: SetupNews): void;
  /** What is forgotten when another branch is chosen. */
  protected abstract readonly emptyPlace: Partial<Data>;

  start(): void {
    this.#stop ??= this.#link.listen((news) => this.#hear(news));
    this.reload();
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }

  reload(): void {
    void this.loadLocations();
    void this.loadBusiness();
  }

  get location(): LocationDto | null {
    return this.data.locations.data.find(({ id }) => id === this.data.locationId) ?? null;
  }

  get zone(): string {
    return this.location?.timeZone ?? 'UTC';
  }

  choose(locationId: LocationId | null): void {
    if (locationId === this.data.locationId) return;
    this.set({ ...this.emptyPlace, locationId });
    void this.loadPlace();
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

  async loadLocations(): Promise<void> {
    const result = await this.load('locations', 'location:list', {});
    if (!result.ok) return;
    const { locations } = result.data;
    this.set({ locations: ready(locations) } as unknown as Partial<Data>);
    if (this.location === null)
      this.choose((locations.find(({ isArchived }) => !isArchived) ?? locations[0])?.id ?? null);
    else await this.loadPlace();
  }

  protected async load<Name extends StaffCommandName>(
    part: keyof Data,
    name: Name,
    input: StaffCommands[Name]['input'],
  ): Promise<Result<StaffCommands[Name]['output']>> {
    const result = await this.#link.request(name, input, createIdempotencyKey());
    if (!result.ok)
      this.set({ [part]: { ...this.data[part], phase: 'failed', error: result.error } } as unknown as Partial<Data>);
    return result;
  }

  protected set(change: Partial<Data>): void {
    this.data = { ...this.data, ...change };
    this.#changed();
  }

  #hear(news: SetupNews): void {
    if (news === 'back') this.reload();
    else if (news === 'locations') void this.loadLocations();
    else this.handle(news);
  }
}

/** What a save answered, until the next read says the same; new things stand at the end. */
export function put<Item extends { readonly id: string }>(items: readonly Item[], item: Item): Item[] {
  const isKnown = items.some(({ id }) => id === item.id);
  return isKnown ? items.map((one) => (one.id === item.id ? item : one)) : [...items, item];
}
