import { expect } from 'chai';
import type { ConversationId, InboxId, MembershipId, TenantId } from '@frontdesk/protocol/ids';
import { TYPING_TTL_MS, VIEWER_TTL_MS } from '@frontdesk/protocol/limits';
import type { Availability } from '@frontdesk/protocol/vocabulary';
import type { FactPublisher } from '@frontdesk/server/core/facts';
import { createAvailabilityBoard, OFFLINE_GRACE_MS } from '@frontdesk/server/presence/availability';
import { createTypingRelay, type TypingSign } from '@frontdesk/server/presence/typing';
import { createViewerBoard } from '@frontdesk/server/presence/viewers';

const tenantId = 'a'.repeat(24) as TenantId;
const memberId = 'b'.repeat(24) as MembershipId;
const otherMemberId = 'c'.repeat(24) as MembershipId;
const place = { id: 'c'.repeat(24) as ConversationId, inboxId: 'd'.repeat(24) as InboxId };

function createClock() {
  let now = 1_000_000;
  return { now: () => now, advance: (ms: number) => void (now += ms) };
}

describe('presence', () => {
  it('IN-7 a viewer who crashed is gone after 45 s, one who renews stays', () => {
    const clock = createClock();
    const told: number[] = [];
    const board = createViewerBoard(clock, (_tenant, _place, viewers) => void told.push(viewers.length));
    board.look(tenantId, 'crashed', { memberId, name: 'A' }, place);
    board.look(tenantId, 'alive', { memberId: 'e'.repeat(24) as MembershipId, name: 'B' }, place);
    clock.advance(VIEWER_TTL_MS - 1);
    board.expire();
    expect(board.of(tenantId, place.id)).to.have.length(2);
    board.look(tenantId, 'alive', { memberId: 'e'.repeat(24) as MembershipId, name: 'B' }, place);
    clock.advance(1);
    board.expire();
    expect(board.of(tenantId, place.id).map(({ name }) => name)).to.deep.equal(['B']);
    expect(told).to.deep.equal([1, 2, 1]);
    expect(VIEWER_TTL_MS).to.be.at.most(45_000);
  });

  it('a viewer looks at one thread, and two tabs of one member are one viewer', () => {
    const board = createViewerBoard(createClock(), () => {});
    const other = { ...place, id: 'f'.repeat(24) as ConversationId };
    board.look(tenantId, 'tab 1', { memberId, name: 'A' }, place);
    board.look(tenantId, 'tab 2', { memberId, name: 'A' }, place);
    expect(board.of(tenantId, place.id)).to.deep.equal([{ memberId, name: 'A' }]);
    board.look(tenantId, 'tab 1', { memberId, name: 'A' }, other);
    expect(board.of(tenantId, place.id)).to.have.length(1);
    board.leave('tab 2');
    expect(board.of(tenantId, place.id)).to.have.length(0);
    expect(board.of(tenantId, other.id)).to.have.length(1);
    expect(board.of('0'.repeat(24) as TenantId, other.id)).to.have.length(0);
  });

  function listenToTyping() {
    const clock = createClock();
    const heard: string[] = [];
    const record = (who: string) => (_room: string, _name: string, fact: unknown) =>
      void heard.push(`${who} ${(fact as { on: boolean }).on}`);
    const facts = { toVisitors: record('customer'), toStaff: record('staff') } as unknown as FactPublisher;
    const sign: TypingSign = {
      tenantId,
      conversationId: place.id,
      inboxId: place.inboxId,
      mode: 'reply',
      author: { kind: 'staff', id: memberId, name: 'Ali Agent' },
      publicName: 'Ali',
      socketId: 'one',
    };
    return { clock, heard, sign, relay: createTypingRelay(clock, facts) };
  }

  it('IN-7 a typing sign without renewal is gone after 6 s', () => {
    const { clock, heard, sign, relay } = listenToTyping();
    relay.set(sign, true);
    clock.advance(TYPING_TTL_MS - 1);
    relay.expire();
    expect(heard).to.deep.equal(['staff true', 'customer true']);
    clock.advance(1);
    relay.expire();
    relay.expire();
    expect(heard.slice(2)).to.deep.equal(['staff false', 'customer false']);
  });

  it('IN-12 what is typed into a note is never shown to the customer, also when the reply was begun before', () => {
    const { heard, sign, relay } = listenToTyping();
    relay.set({ ...sign, mode: 'note' }, true);
    relay.set({ ...sign, mode: 'note' }, false);
    expect(heard).to.deep.equal(['staff true', 'staff false']);
    heard.length = 0;
    relay.set(sign, true);
    relay.set({ ...sign, mode: 'note' }, true);
    relay.leave('one');
    expect(heard).to.deep.equal(['staff true', 'customer true', 'customer false', 'staff true', 'staff false']);
  });

  it('customers hear that someone is here only of those who may answer', () => {
    const board = createAvailabilityBoard(() => undefined);
    board.open(tenantId, memberId, 'viewer', false);
    expect(board.of(tenantId, memberId)).to.equal('online');
    expect(board.isAnyoneOnline(tenantId)).to.equal(false);
    board.open(tenantId, otherMemberId, 'agent', true);
    expect(board.isAnyoneOnline(tenantId)).to.equal(true);
    board.stop();
  });

  it('a reload is not an absence; leaving is, after a moment', async () => {
    const told: Availability[] = [];
    const gone = new Promise<void>((resolve) => {
      const board = createAvailabilityBoard((_tenant, _member, availability) => {
        told.push(availability);
        if (availability === 'offline') resolve();
      });
      board.open(tenantId, memberId, 'one', true);
      board.close(tenantId, memberId, 'one');
      expect(board.of(tenantId, memberId)).to.equal('online');
      board.open(tenantId, memberId, 'two', true);
      board.setAway(tenantId, memberId, true);
      expect(board.isAnyoneOnline(tenantId)).to.equal(false);
      board.close(tenantId, memberId, 'two');
    });
    await gone;
    expect(told).to.deep.equal(['online', 'away', 'offline']);
    expect(OFFLINE_GRACE_MS).to.be.at.most(45_000);
  });
});
