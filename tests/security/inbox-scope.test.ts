/**
 * IN-2: a member who is limited to some inboxes. Every staff command that names a conversation, over HTTP and over the
 * socket, every view with its counts, and every live fact: what belongs to another inbox is not there.
 */
import { expect } from 'chai';
import { listCommands } from '@frontdesk/protocol/catalogue';
import type { StaffConversationDto } from '@frontdesk/protocol/chat';
import { createIdempotencyKey, type ConversationId } from '@frontdesk/protocol/ids';
import type { Result } from '@frontdesk/protocol/result';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import { LIST_VIEWS } from '@frontdesk/protocol/vocabulary';
import { callHttp, dataOf, startTestServer, type CallOptions, type TestServer } from '../support/server.js';
import { StaffSocket } from '../support/sockets.js';
import { buildTenant, buildVisitor, signIn, type TenantFixture, type VisitorFixture } from '../support/workspace.js';
import { buildInput, idsOf, randomIds } from './inputs.js';

const LIMITED_ROLES = ['admin', 'agent', 'viewer'] as const;
type LimitedRole = (typeof LIMITED_ROLES)[number];

const conversationCommands = listCommands().filter(
  (command) =>
    command.audience === 'staff' && /"conversationIds?":/.test(JSON.stringify(buildInput(command, randomIds()))),
);

describe('inbox scope', function inboxScope() {
  this.timeout(30_000);
  let app: TestServer;
  let tenant: TenantFixture;
  /** A conversation of the inbox that nobody but the owner may see. */
  let hidden: VisitorFixture & { readonly siteKey: string; readonly origin: string };
  const tokens = {} as Record<LimitedRole, string>;
  const sockets: StaffSocket[] = [];

  before(async () => {
    app = await startTestServer();
    tenant = await buildTenant(app, 'scope');
    const origin = 'https://hidden.example';
    const site = await app.server.tenancy.provision.createSite(
      { tenantId: tenant.tenantId },
      { name: 'Hidden', allowedOrigins: [origin] },
    );
    hidden = {
      ...(await buildVisitor(app.url, { publicKey: site.publicKey, origin }, 'HIDDEN hello')),
      siteKey: site.publicKey,
      origin,
    };
    for (const role of LIMITED_ROLES) {
      await limit(role, [tenant.inboxId]);
      tokens[role] = await freshToken(role);
    }
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.close();
  });
  after(() => app.close());

  const asOwner = (): CallOptions => ({ audience: 'staff', token: tenant.members.owner.accessToken });
  const asStaff = (token: string): CallOptions => ({ audience: 'staff', token });
  const asHiddenVisitor = (): CallOptions => ({
    audience: 'visitor',
    token: hidden.token,
    site: hidden.siteKey,
    origin: hidden.origin,
  });
  const asSeenVisitor = (): CallOptions => ({
    audience: 'visitor',
    token: tenant.visitor.token,
    site: tenant.site.publicKey,
    origin: tenant.site.origin,
  });
  const hiddenId = (): ConversationId => hidden.conversation.id;

  async function limit(role: LimitedRole, inboxIds: readonly string[] | null): Promise<void> {
    const { membershipId: memberId } = tenant.members[role];
    dataOf(await callHttp<object>(app.url, 'member:update', { memberId, inboxIds }, asOwner()));
  }

  /** A change of scope voids the access tokens of before. */
  async function freshToken(role: LimitedRole): Promise<string> {
    return (await signIn(app.url, tenant.members[role].email)).session.accessToken;
  }

  async function connect(token: string): Promise<StaffSocket> {
    const socket = new StaffSocket(app.url, '/staff', {
      query: { audience: 'staff' },
      extraHeaders: { Origin: app.url },
      auth: { token, protocol: PROTOCOL_VERSION },
    });
    sockets.push(socket);
    await socket.ready();
    return socket;
  }

  const withoutRequestId = (result: unknown): unknown =>
    JSON.parse(JSON.stringify(result).replace(/"requestId":"[^"]*"/, '"requestId":""'));

  it('IN-2 the matrix covers every command that names a conversation', () => {
    expect(conversationCommands.map(({ name }) => name)).to.include.members([
      'conversation:read',
      'conversation:sync',
      'conversation:check',
      'conversation:mark',
      'conversation:update',
      'conversation:view',
      'message:send',
      'note:add',
      'typing:set',
    ]);
  });

  for (const role of LIMITED_ROLES) {
    for (const command of conversationCommands) {
      const inputFor = (conversationId: string) => buildInput(command, { ...idsOf(tenant), conversationId });

      const expectUnknown = (foreign: Result<unknown>, unknown: Result<unknown>): void => {
        expect(withoutRequestId(foreign)).to.deep.equal(withoutRequestId(unknown));
        if (command.name === 'conversation:check') {
          expect(foreign).to.have.nested.property('data.heads').that.deep.equals([]);
        } else {
          expect(foreign).to.have.nested.property('error.code').that.is.oneOf(['NOT_FOUND', 'FORBIDDEN']);
          if (role !== 'viewer') expect(foreign).to.have.nested.property('error.code', 'NOT_FOUND');
        }
      };

      if (command.transports.includes('http')) {
        it(`IN-2 ${role}, HTTP ${command.name}: another inbox's conversation looks like a random id`, async () => {
          const options = asStaff(tokens[role]);
          const foreign = await callHttp(app.url, command.name, inputFor(hiddenId()), options);
          const unknown = await callHttp(app.url, command.name, inputFor(randomIds().conversationId), options);
          expect(foreign.status).to.equal(unknown.status);
          expectUnknown(foreign.result, unknown.result);
        });
      }
      if (command.transports.includes('socket')) {
        it(`IN-2 ${role}, socket ${command.name}: another inbox's conversation looks like a random id`, async () => {
          const socket = await connect(tokens[role]);
          const ask = (conversationId: string) =>
            socket.raw(command.name, { input: inputFor(conversationId), idempotencyKey: createIdempotencyKey() });
          expectUnknown(await ask(hiddenId()), await ask(randomIds().conversationId));
        });
      }
    }

    it(`IN-2 ${role}: no view lists or counts another inbox's conversations`, async () => {
      for (const status of ['open', 'resolved', 'spam', 'snoozed'] as const) {
        await setStatus(hiddenId(), status);
        for (const view of LIST_VIEWS) {
          const seen = dataOf(
            await callHttp<{ conversations: { id: string }[]; counts: Record<string, number> }>(
              app.url,
              'conversation:list',
              { view },
              asStaff(tokens[role]),
            ),
          );
          expect(seen.conversations.map(({ id }) => id)).to.not.include(hiddenId());
          expect(seen.counts).to.include({ 'all-open': 2, snoozed: 0, resolved: 0, spam: 0 });
        }
      }
      await setStatus(hiddenId(), 'open');
    });

    it(`IN-2 ${role}: the list of inboxes ends where the scope ends`, async () => {
      const { inboxes } = dataOf(
        await callHttp<{ inboxes: { id: string }[] }>(app.url, 'inbox:list', {}, asStaff(tokens[role])),
      );
      expect(inboxes.map(({ id }) => id)).to.deep.equal([tenant.inboxId]);
    });
  }

  async function setStatus(conversationId: ConversationId, status: string): Promise<void> {
    const { conversation } = await readAsOwner(conversationId);
    const input = { conversationId, ifRev: conversation.rev, set: { status } };
    dataOf(await callHttp<object>(app.url, 'conversation:update', input, asOwner()));
  }

  async function readAsOwner(conversationId: ConversationId): Promise<{ conversation: StaffConversationDto }> {
    return dataOf(
      await callHttp<{ conversation: StaffConversationDto }>(
        app.url,
        'conversation:read',
        { conversationId },
        asOwner(),
      ),
    );
  }

  /** Everything that makes a fact, in one conversation. */
  async function stir(owner: StaffSocket, conversationId: ConversationId, asVisitor: CallOptions): Promise<void> {
    owner.socket.emit('typing:set', { input: { conversationId, on: true, mode: 'reply' } }, () => {});
    await owner.call('conversation:view', { conversationId });
    await callHttp(app.url, 'typing:set', { conversationId, on: true }, asVisitor);
    await callHttp(app.url, 'message:send', { conversationId, body: 'stirred' }, asVisitor);
    await owner.call('note:add', { conversationId, body: 'stirred note' });
    await owner.call('message:send', { conversationId, body: 'stirred reply', seenSeq: 0, force: true });
    await callHttp(app.url, 'conversation:mark', { conversationId, readUpTo: 1 }, asVisitor);
    const { conversation } = await readAsOwner(conversationId);
    const priority = conversation.priority === 'high' ? 'low' : 'high';
    dataOf(
      await owner
        .call('conversation:update', { conversationId, ifRev: conversation.rev, set: { priority } })
        .then((result) => ({ result })),
    );
  }

  for (const role of LIMITED_ROLES) {
    it(`IN-2 ${role}: no live fact of another inbox arrives: entries, changes, heads, viewers, typing`, async () => {
      const owner = await connect(tenant.members.owner.accessToken);
      const limited = await connect(tokens[role]);
      await stir(owner, hiddenId(), asHiddenVisitor());
      // The same in the inbox that may be seen, so that silence about the other one means something.
      await stir(owner, tenant.conversation.id, asSeenVisitor());
      for (const name of [
        'entry:appended',
        'conversation:changed',
        'viewers:changed',
        'typing:changed',
        'heads:reported',
      ]) {
        await limited.until(name, () =>
          limited.heard.some(
            (heard) => heard.name === name && JSON.stringify(heard.fact).includes(tenant.conversation.id),
          ),
        );
        await owner.until(
          `${name} of both`,
          () =>
            name === 'typing:changed' ||
            owner.heard.some((heard) => heard.name === name && JSON.stringify(heard.fact).includes(hiddenId())),
        );
      }
      const leaked = limited.heard.filter(
        ({ fact }) => /HIDDEN/.test(JSON.stringify(fact)) || JSON.stringify(fact).includes(hiddenId()),
      );
      expect(leaked).to.deep.equal([]);
    });
  }

  it("IN-2 another inbox's conversation cannot be given to somebody who may not see it", async () => {
    const { conversation } = await readAsOwner(hiddenId());
    const set = { assigneeId: tenant.members.agent.membershipId };
    const input = { conversationId: hiddenId(), ifRev: conversation.rev, set };
    const answer = await callHttp(app.url, 'conversation:update', input, asOwner());
    expect(answer.result).to.have.nested.property('error.code', 'NOT_FOUND');
    expect((await readAsOwner(hiddenId())).conversation.assigneeId).to.equal(null);
  });

  it('IN-2 a limit ends what was open: token, socket, answers kept for a repeated request', async () => {
    await limit('agent', null);
    const token = await freshToken('agent');
    const socket = await connect(token);
    const key = createIdempotencyKey();
    const note = { conversationId: hiddenId(), body: 'while I could' };
    dataOf(await callHttp<object>(app.url, 'note:add', note, { ...asStaff(token), key }));
    await limit('agent', [tenant.inboxId]);
    await socket.fact<{ reason: string }>('session:revoked', ({ reason }) => reason === 'role-changed');
    await socket.closed(5_000);
    expect((await callHttp(app.url, 'conversation:list', { view: 'all-open' }, asStaff(token))).status).to.equal(401);
    tokens.agent = await freshToken('agent');
    const again = await callHttp(app.url, 'note:add', note, { ...asStaff(tokens.agent), key });
    expect(again.result).to.have.nested.property('error.code', 'NOT_FOUND');
  });

  it('IN-2 no inbox at all means no conversation at all', async () => {
    await limit('viewer', []);
    const token = await freshToken('viewer');
    const socket = await connect(token);
    const { conversations, counts } = dataOf(
      await callHttp<{ conversations: unknown[]; counts: Record<string, number> }>(
        app.url,
        'conversation:list',
        { view: 'all-open' },
        asStaff(token),
      ),
    );
    expect(conversations).to.deep.equal([]);
    expect(Object.values(counts).every((count) => count === 0)).to.equal(true);
    expect(socket.heard.filter(({ name }) => name === 'heads:reported')).to.deep.equal([]);
  });

  it('IN-2 nobody widens a scope from inside it', async () => {
    for (const role of LIMITED_ROLES) {
      const { membershipId: memberId } = tenant.members[role];
      const answer = await callHttp(
        app.url,
        'member:update',
        { memberId, inboxIds: null },
        asStaff(await freshToken(role)),
      );
      expect(answer.result, role).to.have.nested.property('error.code', 'FORBIDDEN');
    }
  });
});
