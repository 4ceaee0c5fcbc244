/** API keys: shown once, held by their hash, and good for their scopes alone. */
import { expect } from 'chai';
import { listCommands } from '@frontdesk/protocol/catalogue';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import { API_SCOPES, type ApiScope } from '@frontdesk/protocol/vocabulary';
import type { ApiKeyDto } from '@frontdesk/protocol/webhooks';
import { SCOPE_COMMANDS } from '@frontdesk/server/webhooks/api-scopes';
import { buildInput, randomIds } from '../../security/inputs.js';
import { callHttp, type CallAnswer } from '../../support/server.js';
import { startWorkday, type Workday } from '../../support/workday.js';

interface Created {
  readonly apiKey: ApiKeyDto;
  readonly key: string;
}

describe('API keys', function apiKeys() {
  this.timeout(60_000);
  let day: Workday;
  before(async () => {
    day = await startWorkday(new Date().toISOString());
  });
  after(() => day.close());

  const create = (...scopes: ApiScope[]) => day.must<Created>('api-key:create', { name: 'Importer', scopes });
  const call = <T>(key: string, name: string, input: object, more: object = {}): Promise<CallAnswer<T>> =>
    callHttp(day.test.url, name, input, { audience: 'staff', token: key, ...more });
  const ticket = () => ({
    ...buildInput(
      listCommands().find(({ name }) => name === 'ticket:issue-at-desk')!,
      randomIds(),
    ),
    locationId: day.branch.locationId,
    serviceId: day.branch.service.id,
  });

  it('QA-11: is shown once, stored as a hash, and nowhere else', async () => {
    const { apiKey, key } = await create('queue:read');
    expect(key).to.match(/^fdk_[\w-]{43}$/);
    expect(apiKey.hint).to.equal(key.slice(0, 8));
    const list = await day.must<{ apiKeys: ApiKeyDto[] }>('api-key:list', {});
    expect(JSON.stringify(list)).not.to.include(key);
    for (const { name } of await day.test.server.core.connection.listCollections()) {
      const rows = await day.collection(name).find({}).toArray();
      expect(JSON.stringify(rows), name).not.to.include(key);
    }
  });

  it('QA-11: an answer that was lost is given again; the key of another wish makes another key', async () => {
    const wish = createIdempotencyKey();
    const ask = (name = 'Kiosk') => day.ask<Created>('api-key:create', { name, scopes: ['queue:read'] }, wish);
    const [one, other] = [await ask(), await ask()];
    expect(one.result).to.deep.equal(other.result);
    expect((await ask('Other')).result).to.have.nested.property('error.code', 'IDEMPOTENCY_MISMATCH');
    expect((await create('queue:read')).key).not.to.equal((await create('queue:read')).key);
  });

  it('QA-11 QC-16: issues a ticket under its own name, once for one wish', async () => {
    const { apiKey, key } = await create('queue:issue');
    const wish = createIdempotencyKey();
    const first = await call<{ ticket: { id: string } }>(key, 'ticket:issue-at-desk', ticket(), { key: wish });
    expect(first.status).to.equal(200);
    const input = (first.result as { ok: true; data: { ticket: { id: string } } }).data.ticket;
    const { rows } = await day.must<{ rows: { actor: string; type: string }[] }>('queue:audit', {
      locationId: day.branch.locationId,
      ticketId: input.id,
    });
    expect(rows).to.have.length(1);
    expect(rows[0]).to.include({ actor: 'API: Importer', type: 'ticket-issued' });
    const mine = await day.must<{ rows: unknown[] }>('queue:audit', {
      locationId: day.branch.locationId,
      memberId: apiKey.id,
    });
    expect(mine.rows).to.have.length(1);
  });

  it('QA-15 TEN-09: of all commands each scope opens its own and no other', async () => {
    for (const scope of API_SCOPES) {
      const { key } = await create(scope);
      for (const command of listCommands().filter(({ audience }) => audience === 'staff')) {
        if (!command.transports.includes('http')) continue;
        const { result } = await call(key, command.name, buildInput(command, randomIds()));
        const isForbidden = !result.ok && result.error.code === 'FORBIDDEN';
        expect(isForbidden, `${scope} ${command.name}`).to.equal(!SCOPE_COMMANDS[scope].includes(command.name));
      }
    }
  });

  it('QA-15: no scope opens what shows or makes secrets, people, members or sessions', () => {
    const opened = API_SCOPES.flatMap((scope) => SCOPE_COMMANDS[scope]);
    const known = listCommands().map(({ name }) => name);
    for (const name of opened) {
      expect(known).to.include(name);
      expect(name).to.match(/^(location:list|queue:|service:|ticket:)/);
    }
    expect(opened).not.to.include.members(['queue:erase-person']);
    expect(opened).not.to.include.members(['queue:export']);
  });

  it('AUTH-05 QA-11: a revoked key, a made-up one and one of a suspended business open nothing', async () => {
    const { apiKey, key } = await create('queue:read');
    expect((await call(key, 'queue:overview', {})).status).to.equal(200);
    await day.must('api-key:revoke', { apiKeyId: apiKey.id });
    const forged = `fdk_${'A'.repeat(43)}`;
    for (const token of [key, forged, 'fdk_', `${forged}x`, `${forged}.x`]) {
      const answer = await call(token, 'queue:overview', {});
      expect(answer.result, token).to.have.nested.property('error.code', 'UNAUTHENTICATED');
    }
    const again = await day.ask('api-key:revoke', { apiKeyId: apiKey.id });
    expect(again.result).to.have.nested.property('error.code', 'NOT_FOUND');
    const { key: other } = await create('queue:read');
    const context = { tenantId: day.branch.shop.site.tenantId };
    await day.test.server.tenancy.provision.setSuspended(context, true);
    expect((await call(other, 'queue:overview', {})).status).to.equal(401);
    await day.test.server.tenancy.provision.setSuspended(context, false);
  });

  it('SOC-01 QA-11: opens no socket, no other audience, and no page of another origin', async () => {
    const { key } = await create('queue:read');
    const socket = day.branch.shop.staff(
      { accessToken: key },
      {
        auth: { token: key, protocol: PROTOCOL_VERSION },
      },
    );
    expect(await socket.refused()).to.include({ code: 'UNAUTHENTICATED' });
    socket.close();
    for (const audience of ['device', 'ticket'] as const) {
      const name = audience === 'device' ? 'device:read' : 'ticket:read';
      const answer = await callHttp(day.test.url, name, {}, { audience, token: key });
      expect(answer.status, audience).to.be.within(401, 404);
    }
    const answer = await call(key, 'queue:overview', {}, { origin: 'https://evil.example' });
    expect(answer.result).to.have.nested.property('error.code', 'ORIGIN_NOT_ALLOWED');
  });

  it('QA-11: says when it was last used', async () => {
    const { apiKey, key } = await create('queue:read');
    expect(apiKey.lastUsedAt).to.equal(null);
    await call(key, 'queue:overview', {});
    const { apiKeys: all } = await day.must<{ apiKeys: ApiKeyDto[] }>('api-key:list', {});
    expect(all.find(({ id }) => id === apiKey.id)?.lastUsedAt).to.equal(new Date(day.nowMs()).toISOString());
  });
});
