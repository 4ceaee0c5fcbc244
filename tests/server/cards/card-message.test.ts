/** The message form of a card ends in the inbox, once. */
import { expect } from 'chai';
import { createIdempotencyKey, createVisitorToken } from '@frontdesk/protocol/ids';
import type { StaffConversationDto, StaffEntryDto } from '@frontdesk/protocol/chat';
import type { ProofOfWork } from '@frontdesk/protocol/proof';
import { askProof } from '../../support/proof.js';
import { dataOf, startTestServer, type CallOptions, type TestServer } from '../../support/server.js';
import { openClinic, type Clinic } from './clinic.js';

interface Thread {
  readonly conversation: StaffConversationDto;
  readonly bodies: readonly string[];
}

describe('the message form of a contact card', function form() {
  this.timeout(30_000);
  let app: TestServer;
  let clinic: Clinic;

  before(async () => {
    app = await startTestServer();
  });
  after(() => app.close());
  beforeEach(async () => {
    clinic = await openClinic(app);
  });

  const build = (proof: ProofOfWork, patch: object = {}) => ({
    cardId: clinic.card.id,
    name: 'Siti',
    email: 'Siti@Example.com',
    phone: null,
    body: 'Do you see children?',
    locale: 'ms',
    website: '',
    proof,
    ...patch,
  });
  const prove = (options: CallOptions = clinic.visitor) => askProof(app.url, options);
  const send = (input: object, options: Partial<CallOptions> = {}) => clinic.ask('card:send-message', input, options);
  const codeOf = (answer: { result: unknown }): unknown => (answer.result as { error?: { code: string } }).error?.code;

  async function readInbox(): Promise<Thread[]> {
    type List = { conversations: StaffConversationDto[] };
    const { conversations } = dataOf(await clinic.staff<List>('conversation:list', { view: 'all-open' }));
    return Promise.all(
      conversations.map(async (conversation) => {
        const ask = { conversationId: conversation.id, epoch: null, after: 0 };
        const { entries } = dataOf(await clinic.staff<{ entries: StaffEntryDto[] }>('conversation:sync', ask));
        return { conversation, bodies: entries.filter(({ kind }) => kind === 'message').map(({ body }) => body) };
      }),
    );
  }

  it('CC-15: begins a conversation with name, address and number, which staff see', async () => {
    dataOf(await send(build(await prove(), { phone: '012-345 6789' })));
    const [thread, ...others] = await readInbox();
    expect(others).to.deep.equal([]);
    expect(thread?.bodies).to.deep.equal(['Do you see children?']);
    expect(thread?.conversation.contact).to.include({
      name: 'Siti',
      email: 'siti@example.com',
      phone: '+60123456789',
      locale: 'ms',
    });
  });

  it('CC-15: a second message goes on in the same conversation, as does one after a chat', async () => {
    dataOf(await send(build(await prove())));
    dataOf(await send(build(await prove(), { body: 'And on Saturdays?' })));
    expect((await readInbox()).map(({ bodies }) => bodies)).to.deep.equal([
      ['Do you see children?', 'And on Saturdays?'],
    ]);
    const token = createVisitorToken();
    dataOf(await clinic.ask('conversation:start', { body: 'Hello from the chat' }, { token }));
    dataOf(await send(build(await prove({ ...clinic.visitor, token }), { body: 'And from the card' }), { token }));
    const bodies = (await readInbox()).map((thread) => thread.bodies);
    expect(bodies).to.deep.include(['Hello from the chat', 'And from the card']);
    expect(bodies).to.have.length(2);
  });

  it('CC-15: a lost acknowledgement sends nothing twice, however often and however parallel it is tried again', async () => {
    const input = build(await prove());
    const key = createIdempotencyKey();
    const tries = await Promise.all(Array.from({ length: 5 }, () => send(input, { key })));
    for (const answer of tries) expect(codeOf(answer)).to.be.oneOf([undefined, 'IDEMPOTENCY_IN_FLIGHT']);
    dataOf(await send(input, { key }));
    expect((await readInbox()).map(({ bodies }) => bodies)).to.deep.equal([['Do you see children?']]);
    expect(codeOf(await send({ ...input, body: 'Other' }, { key }))).to.equal('IDEMPOTENCY_MISMATCH');
  });

  it('CC-15: a first try that died before it was noted is finished by its retry', async () => {
    const input = build(await prove());
    const key = createIdempotencyKey();
    dataOf(await send(input, { key }));
    // As if the process had ended after the entry was written and before the ledger knew.
    const ledger = app.server.core.connection.collection('idempotency');
    const rows = await ledger.find({ key }).toArray();
    expect(rows).to.have.length(1);
    await ledger.deleteMany({ key });
    dataOf(await send(input, { key }));
    expect((await readInbox()).map(({ bodies }) => bodies)).to.deep.equal([['Do you see children?']]);
  });

  it('CC-15: without proof of work nothing is taken, and a proof counts once', async () => {
    const proof = await prove();
    expect(codeOf(await send(build({ ...proof, solution: '999999999999' })))).to.equal('PROOF_REFUSED');
    dataOf(await send(build(proof)));
    expect(codeOf(await send(build(proof, { body: 'Again' })))).to.equal('PROOF_REFUSED');
    expect((await readInbox()).flatMap(({ bodies }) => bodies)).to.have.length(1);
  });

  it('CC-15: what fills in the field that nobody sees is thanked and forgotten', async () => {
    const answer = await send(build(await prove(), { website: 'https://spam.example' }));
    const honest = await send(build(await prove()));
    expect(answer.status).to.equal(honest.status);
    expect(answer.result).to.deep.equal(honest.result);
    expect((await readInbox()).flatMap(({ bodies }) => bodies)).to.have.length(1);
  });

  it('CC-15: wants a way to answer, and a number that rings; a number to correct costs no second proof', async () => {
    const proof = await prove();
    expect(codeOf(await send(build(proof, { email: null })))).to.equal('VALIDATION');
    expect(codeOf(await send(build(proof, { email: null, phone: ' ' })))).to.equal('VALIDATION');
    expect(codeOf(await send(build(proof, { email: null, phone: '12' })))).to.equal('VALIDATION');
    expect(codeOf(await send(build(proof, { body: '  ' })))).to.equal('VALIDATION');
    dataOf(await send(build(proof, { email: null, phone: '+91 98765 43210' })));
    expect((await readInbox())[0]?.conversation.contact.phone).to.equal('+919876543210');
  });

  it('CC-15: a card without the form takes none', async () => {
    await clinic.change({ hasForm: false });
    expect(codeOf(await send(build(await prove())))).to.equal('NOT_FOUND');
    expect(await readInbox()).to.deep.equal([]);
  });

  it('CC-15: nobody writes to another business, and nobody who is not on the website', async () => {
    const other = await openClinic(app);
    expect(codeOf(await send(build(await prove(), { cardId: other.card.id })))).to.equal('NOT_FOUND');
    expect(codeOf(await send(build(await prove()), { origin: 'https://else.example' }))).to.equal('ORIGIN_NOT_ALLOWED');
    expect(codeOf(await send(build(await prove()), { token: 'short' }))).to.equal('UNAUTHENTICATED');
  });

  it('CC-15: over the limit is told when to come back', async () => {
    const strict = await startTestServer({ env: { RATE_LIMIT_MULTIPLIER: '1' } });
    try {
      clinic = await openClinic(strict);
      const attempt = () => clinic.ask('card:send-message', {});
      const answers = await Promise.all(Array.from({ length: 11 }, attempt));
      const limited = answers.filter(({ status }) => status === 429);
      expect(limited).to.have.length(1);
      expect(Number(limited[0]?.headers.get('retry-after'))).to.be.within(1, 600);
    } finally {
      await strict.close();
    }
  });
});
