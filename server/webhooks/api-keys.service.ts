/** Keys with which programs act for a business, within their scopes (QA-11). */
import { API_KEY_PREFIX } from '@frontdesk/protocol/command';
import type { ApiKeyId, MembershipId, SessionId, TenantId, UserId } from '@frontdesk/protocol/ids';
import type { ApiScope } from '@frontdesk/protocol/vocabulary';
import type { ApiKeyDto } from '@frontdesk/protocol/webhooks';
import type { Authenticated } from '../core/authenticators.js';
import type { Clock } from '../core/clock.js';
import type { StaffActor, StaffContext } from '../core/context.js';
import { deriveId, deriveSecret, nameTry } from '../core/derived.js';
import { AppError } from '../core/errors.js';
import { hashInput } from '../core/idempotency.js';
import { hashSecret } from '../core/secrets.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import type { ApiKeyStore } from './api-keys.store.js';
import { grantOf } from './api-scopes.js';
import type { ApiKey } from './webhooks.types.js';

const MOST_KEYS = 20;
const HINT_LENGTH = 8;
const PATTERN = new RegExp(`^${API_KEY_PREFIX}[\\w-]{43}$`);
/** The last use is written down no finer. */
const USE_STEP_MS = 60_000;

export interface ApiKeysDeps {
  readonly store: ApiKeyStore;
  readonly directory: Pick<TenancyDirectory, 'findTenant'>;
  readonly clock: Clock;
  readonly secret: Buffer;
}

export type ApiKeysService = ReturnType<typeof createApiKeysService>;

function present({ id, name, hint, scopes, createdAt, lastUsedAt }: ApiKey): ApiKeyDto {
  return {
    id,
    name,
    hint,
    scopes: [...scopes],
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}

/** In the log it acts under its own name and id; it has no person and no session. */
function toActor({ id, name, scopes }: ApiKey): StaffActor {
  const { role, commands } = grantOf(scopes);
  return {
    kind: 'staff',
    userId: id as string as UserId,
    membershipId: id as string as MembershipId,
    sessionId: id as string as SessionId,
    role,
    name: `API: ${name}`,
    inboxIds: [],
    expiresAtMs: Infinity,
    commands,
  };
}

export function createApiKeysService({ store, directory, clock, secret }: ApiKeysDeps) {
  return {
    async list(context: StaffContext) {
      return { apiKeys: (await store.list(context)).map(present) };
    },
    async create(context: StaffContext, input: { name: string; scopes: readonly ApiScope[] }) {
      const id = deriveId<ApiKeyId>(nameTry(context, 'api-key'));
      const key = API_KEY_PREFIX + deriveSecret(secret, nameTry(context, 'api-key')).toString('base64url');
      const inputHash = hashInput('api-key:create', input);
      const known = await store.find(context, id);
      if (known && known.inputHash !== inputHash) throw new AppError('IDEMPOTENCY_MISMATCH');
      if (!known && (await store.list(context)).length >= MOST_KEYS)
        throw new AppError('CAP_REACHED', { message: 'There are as many keys as there may be.' });
      const made: ApiKey = known ?? {
        id,
        tenantId: context.tenantId,
        name: input.name,
        hint: key.slice(0, HINT_LENGTH),
        scopes: [...new Set(input.scopes)],
        inputHash,
        createdAt: new Date(clock.now()),
        lastUsedAt: null,
      };
      await store.insert(context, made, hashSecret(key));
      return { apiKey: present(made), key };
    },
    async revoke(context: StaffContext, id: ApiKeyId) {
      if (!(await store.remove(context, id))) throw new AppError('NOT_FOUND');
      return {};
    },
    /** Throws UNAUTHENTICATED for a key that is none, was revoked, or whose business is suspended. */
    async authenticate(key: string): Promise<Authenticated<StaffActor>> {
      const found = PATTERN.test(key) ? await store.findByKey(hashSecret(key)) : undefined;
      const tenant = found && (await directory.findTenant(found));
      if (!found || !tenant || tenant.suspended) throw new AppError('UNAUTHENTICATED');
      const nowMs = clock.now();
      if (nowMs - (found.lastUsedAt?.getTime() ?? 0) > USE_STEP_MS) {
        await store.noteUse(found, found.id, new Date(nowMs), new Date(nowMs - USE_STEP_MS));
      }
      const tenantId: TenantId = found.tenantId;
      return { tenantId, actor: toActor(found) };
    },
  };
}
