/** Binds the settings' store to the client: fetches the parts, sends the forms, and fetches again what others changed. */
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import type { StaffCommandName, StaffCommands } from '@frontdesk/protocol/staff';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isUnknownOutcome } from '../core/client/outcome.js';
import type { StaffClient } from '../core/client/staff-client.js';
import { createSetupLink, type SetupLink } from './setup/setup-link.js';
import type { SettingsSession } from './settings-desk.js';
import type { SettingsRequest } from './settings-events.js';
import {
  canManage,
  INITIAL_SETTINGS,
  reduceSettings,
  type FormName,
  type SettingsAction,
  type SettingsPart,
  type SettingsState,
} from './settings-store.js';

const PARTS_OF_FACT = {
  members: ['members', 'invitations'],
  sites: ['sites'],
  teams: [],
  tenant: ['tenant'],
  locations: [],
  queue: [],
  devices: [],
  booking: [],
  cards: [],
} as const satisfies Record<string, readonly SettingsPart[]>;

export class SettingsController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #state: SettingsState = INITIAL_SETTINGS;
  #client: StaffClient | null = null;
  #session: SettingsSession | null = null;
  #setupLink: SetupLink | null = null;
  readonly #cleanUps: (() => void)[] = [];

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get state(): SettingsState {
    return this.#state;
  }

  get session(): SettingsSession | null {
    return this.#session;
  }

  /** One per client, so that the pages of the queue know when another person signed in. */
  get setupLink(): SetupLink | null {
    return this.#setupLink;
  }

  hostDisconnected(): void {
    this.leave();
  }

  enter(client: StaffClient, session: SettingsSession): void {
    this.#client = client;
    this.#session = session;
    this.#setupLink = createSetupLink(client);
    this.#cleanUps.push(
      client.connection.acquire(),
      client.connection.on('workspace:changed', ({ what }) => this.#load(PARTS_OF_FACT[what])),
    );
    this.#loadAll();
  }

  leave(): void {
    for (const cleanUp of this.#cleanUps.splice(0)) cleanUp();
    if (this.#client === null) return;
    this.#client = null;
    this.#session = null;
    this.#setupLink = null;
    this.#dispatch({ type: 'signed-out' });
  }

  handle(request: SettingsRequest): void {
    switch (request.type) {
      case 'show-page':
        this.#dispatch({ type: 'page-shown', page: request.page });
        // Browsers sign in and out while this page stands open, and nothing tells.
        return request.page === 'account' ? this.#load(['sessions']) : undefined;
      case 'open-site':
        return this.#dispatch({ type: 'site-opened', site: request.site });
      case 'reload':
        return this.#loadAll();
      case 'sign-out':
        return;
      default:
        return void this.#submit(request);
    }
  }

  async #submit(request: FormRequest): Promise<void> {
    switch (request.type) {
      case 'create-site': {
        const { name, allowedOrigins } = request;
        const site = await this.#send('new-site', 'site:create', { name, allowedOrigins: [...allowedOrigins] });
        if (site) this.#dispatch({ type: 'site-saved', site });
        return;
      }
      case 'update-site': {
        const site = await this.#send('site', 'site:update', { siteId: request.siteId, ...request.change });
        if (site) this.#dispatch({ type: 'site-saved', site });
        return;
      }
      case 'update-member': {
        const member = await this.#send('member', 'member:update', { memberId: request.memberId, ...request.change });
        if (member) this.#dispatch({ type: 'member-saved', member });
        return;
      }
      case 'remove-member':
        if (await this.#send('member', 'member:remove', { memberId: request.memberId })) this.#load(['members']);
        return;
      case 'invite': {
        const { email, role } = request;
        if (await this.#send('invite', 'invitation:create', { email, role }, email)) this.#load(['invitations']);
        return;
      }
      case 'revoke-invitation':
        await this.#send('member', 'invitation:revoke', { invitationId: request.invitationId });
        return this.#load(['invitations']);
      default:
        return this.#submitOwn(request);
    }
  }

  async #submitOwn(request: OwnRequest): Promise<void> {
    switch (request.type) {
      case 'change-password': {
        const { currentPassword, newPassword } = request;
        if (await this.#send('password', 'password:change', { currentPassword, newPassword })) this.#load(['sessions']);
        return;
      }
      case 'revoke-session':
        await this.#send('session', 'session:revoke', { sessionId: request.sessionId });
        return this.#load(['sessions']);
      case 'update-tenant': {
        const tenant = await this.#send('business', 'tenant:update', request.change);
        if (tenant) this.#dispatch({ type: 'part-loaded', part: 'tenant', data: tenant });
        return;
      }
    }
  }

  /** Sends one form. The key is made once, so a retry after a lost answer cannot invite or create twice. */
  async #send<Name extends StaffCommandName>(
    form: FormName,
    name: Name,
    input: StaffCommands[Name]['input'],
    subject: string | null = null,
  ): Promise<StaffCommands[Name]['output'] | null> {
    const client = this.#client;
    if (client === null) return null;
    this.#dispatch({ type: 'form-changed', form, status: { phase: 'busy' } });
    const idempotencyKey = createIdempotencyKey();
    const ask = (): Promise<Result<StaffCommands[Name]['output']>> =>
      client.connection.request(name, input, { idempotencyKey });
    let result = await ask();
    if (!result.ok && isUnknownOutcome(result.error)) result = await ask();
    if (client !== this.#client) return null;
    const status = result.ok ? { phase: 'saved' as const, subject } : { phase: 'failed' as const, error: result.error };
    this.#dispatch({ type: 'form-changed', form, status });
    return result.ok ? result.data : null;
  }

  #loadAll(): void {
    const role = this.#session?.membership.role ?? 'viewer';
    // Asking for what a role may not see would only write refusals into the server's log.
    const parts: SettingsPart[] = ['members', 'sessions', 'tenant'];
    this.#load(canManage(role) ? ['sites', 'invitations', ...parts] : parts);
  }

  #load(parts: readonly SettingsPart[]): void {
    for (const part of parts) void this.#loadPart(part);
  }

  async #loadPart(part: SettingsPart): Promise<void> {
    const client = this.#client;
    if (client === null) return;
    this.#dispatch({ type: 'part-requested', part });
    const loaded = await fetchPart(client, part);
    if (client !== this.#client) return;
    this.#dispatch('error' in loaded ? { type: 'part-failed', part, error: loaded.error } : loaded.action);
  }

  #dispatch(action: SettingsAction): void {
    this.#state = reduceSettings(this.#state, action);
    this.#host.requestUpdate();
  }
}

type OwnRequest = Extract<SettingsRequest, { type: 'change-password' | 'revoke-session' | 'update-tenant' }>;
type FormRequest = Exclude<SettingsRequest, { type: 'show-page' | 'open-site' | 'reload' | 'sign-out' }>;

type Fetched = { readonly action: SettingsAction } | { readonly error: ErrorBody };

async function fetchPart({ connection }: StaffClient, part: SettingsPart): Promise<Fetched> {
  const finish = <T>(result: Result<T>, toAction: (data: T) => SettingsAction): Fetched =>
    result.ok ? { action: toAction(result.data) } : { error: result.error };
  switch (part) {
    case 'sites':
      return finish(await connection.request('site:list', {}), ({ sites }) => ({
        type: 'part-loaded',
        part: 'sites',
        data: sites,
      }));
    case 'members':
      return finish(await connection.request('member:list', {}), ({ members }) => ({
        type: 'part-loaded',
        part: 'members',
        data: members,
      }));
    case 'invitations':
      return finish(await connection.request('invitation:list', {}), ({ invitations }) => ({
        type: 'part-loaded',
        part: 'invitations',
        data: invitations,
      }));
    case 'sessions':
      return finish(await connection.request('session:list', {}), ({ sessions }) => ({
        type: 'part-loaded',
        part: 'sessions',
        data: sessions,
      }));
    case 'tenant':
      return finish(await connection.request('tenant:read', {}), (tenant) => ({
        type: 'part-loaded',
        part: 'tenant',
        data: tenant,
      }));
  }
}
