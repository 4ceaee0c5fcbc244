import { randomBytes } from 'node:crypto';
import { expect } from 'chai';
import { z } from 'zod';
import { defineCommand, type CommandDefinition } from '@frontdesk/protocol/command';
import {
  createIdempotencyKey,
  type MembershipId,
  type SessionId,
  type TenantId,
  type UserId,
} from '@frontdesk/protocol/ids';
import type { Role } from '@frontdesk/protocol/vocabulary';
import { systemClock } from '@frontdesk/server/core/clock';
import { bindCommands } from '@frontdesk/server/core/command';
import type { StaffContext } from '@frontdesk/server/core/context';
import { AppError } from '@frontdesk/server/core/errors';
import { createExecutor, type Executor } from '@frontdesk/server/core/executor';
import { createIdempotencyLedger, type IdempotencyLedger } from '@frontdesk/server/core/idempotency';
import { createLimits } from '@frontdesk/server/core/limits';
import { createLogger } from '@frontdesk/server/core/logger';
import { buildIndexes, openStore, type Store } from '@frontdesk/server/core/store/connect';
import { startTestDatabase } from '../../support/database.js';

const log = createLogger({ level: 'silent' });
const TENANT = 'a'.repeat(24) as TenantId;

function buildStaff(role: Role, overrides: Partial<StaffContext> = {}): StaffContext {
  return {
    tenantId: TENANT,
    actor: {
      kind: 'staff',
      userId: 'b'.repeat(24) as UserId,
      membershipId: 'c'.repeat(24) as MembershipId,
      sessionId: 'd'.repeat(24) as SessionId,
      role,
      name: 'Aina',
      inboxIds: null,
      expiresAtMs: Infinity,
    },
    requestId: 'r1',
    ipPrefix: '203.0.113.7',
    userAgent: '',
    log,
    ...overrides,
  };
}

const definitions = {
  'thing:make': defineCommand({
    name: 'thing:make',
    audience: 'staff',
    summary: 'Makes a thing.',
    idempotency: 'key',
    input: z.strictObject({ name: z.string().min(1) }),
    output: z.strictObject({ count: z.number() }),
  }),
  'thing:leak': defineCommand({
    name: 'thing:leak',
    audience: 'staff',
    summary: 'Answers more than its contract says.',
    idempotency: 'read',
    input: z.strictObject({}),
    output: z.strictObject({ name: z.string() }),
  }),
} as const satisfies Record<string, CommandDefinition>;

describe('executor', () => {
  let database: Awaited<ReturnType<typeof startTestDatabase>>;
  let store: Store;
  let ledger: IdempotencyLedger;
  let executor: Executor;
  let made: number;
  let release: Promise<void> | undefined;
  let failure: AppError | undefined;

  before(async () => {
    database = await startTestDatabase();
    store = await openStore({ uri: database.uri, dataDir: '', log });
    ledger = createIdempotencyLedger({
      connection: store.connection,
      clock: systemClock,
      config: { jwtSecrets: [{ kid: 'test', secret: randomBytes(32) }] },
    });
    await buildIndexes(store.connection);
  });
  after(async () => {
    await store.close();
    await database.close();
  });

  beforeEach(() => {
    made = 0;
    release = undefined;
    failure = undefined;
    const commands = bindCommands(definitions, {
      'thing:make': {
        permission: 'site:manage',
        limit: 'staff-write',
        handle: async () => {
          await release;
          if (failure) throw failure;
          made += 1;
          return { count: made };
        },
      },
      'thing:leak': {
        permission: 'site:read',
        limit: 'staff-read',
        handle: async () => ({ name: 'x', secret: 'y' }),
      },
    });
    executor = createExecutor({ commands, limits: createLimits({ multiplier: 1 }), ledger });
  });

  async function make(input: unknown, idempotencyKey: unknown, context = buildStaff('owner')) {
    return executor.execute(executor.find('staff', 'thing:make')!, context, { input, idempotencyKey });
  }

  function codeOf(result: Awaited<ReturnType<typeof make>>): string {
    return result.ok ? 'ok' : result.error.code;
  }

  it('answers a retry with the first answer and acts once', async () => {
    const key = createIdempotencyKey();
    const answers = [await make({ name: 'a' }, key), await make({ name: 'a' }, key)];
    expect(answers).to.deep.equal([
      { ok: true, data: { count: 1 } },
      { ok: true, data: { count: 1 } },
    ]);
    expect(made).to.equal(1);
  });

  it('refuses the same key with another body', async () => {
    const key = createIdempotencyKey();
    await make({ name: 'a' }, key);
    expect(codeOf(await make({ name: 'b' }, key))).to.equal('IDEMPOTENCY_MISMATCH');
    expect(made).to.equal(1);
  });

  it('tells a concurrent twin that the first try is running', async () => {
    const key = createIdempotencyKey();
    let open!: () => void;
    release = new Promise((resolve) => (open = resolve));
    const first = make({ name: 'a' }, key);
    let twin = await make({ name: 'a' }, key);
    // The twin may be first to reach the ledger only if the store reordered them; either way exactly one acts.
    expect(codeOf(twin)).to.equal('IDEMPOTENCY_IN_FLIGHT');
    open();
    expect(codeOf(await first)).to.equal('ok');
    twin = await make({ name: 'a' }, key);
    expect(twin).to.deep.equal({ ok: true, data: { count: 1 } });
  });

  it('frees the key of a refused command', async () => {
    const key = createIdempotencyKey();
    failure = new AppError('CONFLICT');
    expect(codeOf(await make({ name: 'a' }, key))).to.equal('CONFLICT');
    failure = undefined;
    expect(codeOf(await make({ name: 'a' }, key))).to.equal('ok');
  });

  it('keeps keys of different members apart', async () => {
    const key = createIdempotencyKey();
    await make({ name: 'a' }, key);
    const other = buildStaff('owner');
    const context = { ...other, actor: { ...other.actor, membershipId: 'e'.repeat(24) as MembershipId } };
    expect(await make({ name: 'b' }, key, context)).to.deep.equal({ ok: true, data: { count: 2 } });
  });

  it('requires a UUIDv7 key', async () => {
    for (const key of [undefined, '', 'x', 7, { $gt: '' }, 'e26f4a3c-0000-4000-8000-000000000000']) {
      expect(codeOf(await make({ name: 'a' }, key))).to.equal('VALIDATION');
    }
    expect(made).to.equal(0);
  });

  it('INJ-06 refuses unknown fields, INJ-01 refuses operators where strings belong', async () => {
    expect(codeOf(await make({ name: 'a', tenantId: 'f'.repeat(24) }, createIdempotencyKey()))).to.equal('VALIDATION');
    expect(codeOf(await make({ name: { $ne: null } }, createIdempotencyKey()))).to.equal('VALIDATION');
  });

  it('TEN-09 refuses a role without the permission, before anything happens', async () => {
    for (const role of ['agent', 'viewer'] as const) {
      expect(codeOf(await make({ name: 'a' }, createIdempotencyKey(), buildStaff(role)))).to.equal('FORBIDDEN');
    }
    expect(made).to.equal(0);
  });

  it('TEN-07 refuses to send an answer with a field outside the contract', async () => {
    const result = await executor.execute(executor.find('staff', 'thing:leak')!, buildStaff('owner'), { input: {} });
    expect(codeOf(result)).to.equal('INTERNAL');
    expect(JSON.stringify(result)).not.to.include('secret');
  });

  it('counts before it parses, and says when to come back', async () => {
    let last = await make(7, undefined);
    for (let tries = 0; tries < 60; tries += 1) last = await make(7, undefined);
    expect(codeOf(last)).to.equal('RATE_LIMITED');
    expect(last.ok ? 0 : last.error.retryAfterMs).to.be.greaterThan(0);
  });

  it('refuses changes while draining and waits for what runs', async () => {
    let open!: () => void;
    release = new Promise((resolve) => (open = resolve));
    const running = make({ name: 'a' }, createIdempotencyKey());
    executor.startDraining();
    expect(codeOf(await make({ name: 'b' }, createIdempotencyKey()))).to.equal('DRAINING');
    let isSettled = false;
    const settled = executor.settle().then(() => (isSettled = true));
    expect(isSettled).to.equal(false);
    open();
    await settled;
    expect(codeOf(await running)).to.equal('ok');
  });
});
