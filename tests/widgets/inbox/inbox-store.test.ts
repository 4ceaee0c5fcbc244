import { expect } from '@open-wc/testing';
import {
  composerOf,
  countArrivals,
  INITIAL_INBOX,
  neighbourOf,
  reduceInbox,
  selectRows,
  type InboxAction,
  type InboxState,
} from '@frontdesk/widgets/inbox/inbox-store';
import { conversationIdOf, DEMO_THREAD, INBOX_STATES } from '@frontdesk/widgets/inbox/inbox-states';

const first = conversationIdOf(0);
const second = conversationIdOf(1);
const LIST = INBOX_STATES['list'] ?? INITIAL_INBOX;

function run(state: InboxState, ...actions: readonly InboxAction[]): InboxState {
  return actions.reduce(reduceInbox, state);
}

describe('inbox store', () => {
  it('IN-12 mode and both texts belong to a thread and survive a switch to another', () => {
    const state = run(
      LIST,
      { type: 'thread-chosen', conversationId: first },
      { type: 'draft-typed', conversationId: first, text: 'For the customer' },
      { type: 'mode-chosen', conversationId: first, mode: 'note' },
      { type: 'draft-typed', conversationId: first, text: 'For us' },
      { type: 'thread-chosen', conversationId: second },
    );
    expect(composerOf(state, second)).to.deep.equal({ mode: 'reply', reply: '', note: '' });
    expect(composerOf(state, first)).to.deep.equal({ mode: 'note', reply: 'For the customer', note: 'For us' });
  });

  it('IN-12 sending a note clears the note and never the reply', () => {
    const state = run(
      LIST,
      { type: 'draft-typed', conversationId: first, text: 'reply' },
      { type: 'mode-chosen', conversationId: first, mode: 'note' },
      { type: 'draft-typed', conversationId: first, text: 'note' },
      { type: 'draft-sent', conversationId: first, mode: 'note' },
    );
    expect(composerOf(state, first)).to.deep.equal({ mode: 'note', reply: 'reply', note: '' });
  });

  it('IN-6 a text that comes back stands above what was typed since', () => {
    const state = run(
      LIST,
      { type: 'draft-typed', conversationId: first, text: 'second thought' },
      { type: 'draft-returned', conversationId: first, mode: 'reply', text: 'first thought' },
    );
    expect(composerOf(state, first).reply).to.equal('first thought\nsecond thought');
  });

  it('IN-1 the end of a session keeps every draft, the open thread and nothing of the customers', () => {
    const state = run(
      LIST,
      { type: 'thread-chosen', conversationId: first },
      { type: 'draft-typed', conversationId: first, text: 'half a sentence' },
      { type: 'signed-out' },
    );
    expect(composerOf(state, first).reply).to.equal('half a sentence');
    expect(state.selectedId).to.equal(first);
    expect(state.list.conversations).to.have.length(0);
    expect(state.thread).to.equal(null);
    expect(state.members).to.have.length(0);
  });

  it('ignores a late answer of a thread that is no longer open', () => {
    const open = run(LIST, { type: 'thread-chosen', conversationId: second });
    const late = run(open, { type: 'thread-changed', conversationId: first, thread: DEMO_THREAD });
    expect(late).to.equal(open);
  });

  it('draws the unread line where the thread stood when it was opened, and leaves it there', () => {
    const open = run(LIST, { type: 'thread-chosen', conversationId: first });
    expect(open.unreadAfter).to.equal(6);
    const conversation = { ...DEMO_THREAD.conversation!, staffReadUpTo: 9 };
    const read = run(open, {
      type: 'thread-changed',
      conversationId: first,
      thread: { ...DEMO_THREAD, conversation },
    });
    expect(read.unreadAfter).to.equal(6);
    expect(run(LIST, { type: 'thread-chosen', conversationId: conversationIdOf(4) }).unreadAfter).to.equal(null);
  });

  it('IN-8 a conflict of a thread that was left meanwhile is not shown over another', () => {
    const conversation = DEMO_THREAD.conversation!;
    const conflict = { conversationId: first, wanted: { priority: 'high' as const }, current: conversation };
    const here = run(LIST, { type: 'thread-chosen', conversationId: first }, { type: 'conflict-found', conflict });
    const elsewhere = run(
      LIST,
      { type: 'thread-chosen', conversationId: second },
      { type: 'conflict-found', conflict },
    );
    expect(here.conflict).to.equal(conflict);
    expect(elsewhere.conflict).to.equal(null);
    expect(run(here, { type: 'thread-chosen', conversationId: second }).conflict).to.equal(null);
  });

  it('filters by every word, in names, last lines and labels', () => {
    const names = (filter: string): (string | null)[] =>
      selectRows({ ...LIST, filter }).map(({ contact }) => contact.name);
    expect(names('siti')).to.deep.equal(['Siti Nurhaliza']);
    expect(names('check-up FRIDAY')).to.deep.equal(['Siti Nurhaliza']);
    expect(names('billing')).to.deep.equal(['Farid Hassan']);
    expect(names('siti billing')).to.deep.equal([]);
  });

  it('walks to the neighbour and stops at the ends', () => {
    expect(neighbourOf(LIST, 1)).to.equal(first);
    const open = run(LIST, { type: 'thread-chosen', conversationId: first });
    expect(neighbourOf(open, 1)).to.equal(second);
    expect(neighbourOf(open, -1)).to.equal(null);
  });

  it('IN-28 counts new messages of contacts, and nothing that was loaded by scrolling or changed by us', () => {
    const { list } = LIST;
    const bump = (index: number, patch: object) =>
      list.conversations.map((row, place) => (place === index ? { ...row, ...patch } : row));
    expect(countArrivals(list, { ...list, conversations: bump(1, { lastContactSeq: 3 }) })).to.equal(1);
    expect(countArrivals(list, { ...list, conversations: bump(1, { head: 9, rev: 9 }) })).to.equal(0);
    const older = { ...list.conversations[0]!, id: conversationIdOf(99), lastActivityAt: '2001-01-01T00:00:00.000Z' };
    expect(countArrivals(list, { ...list, conversations: [...list.conversations, older] })).to.equal(0);
    const fresh = { ...older, lastActivityAt: new Date().toISOString() };
    expect(countArrivals(list, { ...list, conversations: [fresh, ...list.conversations] })).to.equal(1);
    expect(countArrivals(list, { ...list, view: 'mine', conversations: [fresh] })).to.equal(0);
  });
});
