import { expect } from 'chai';
import * as fc from 'fast-check';
import type { IdempotencyKey } from '@frontdesk/protocol/ids';
import { mergeDisplay } from '@frontdesk/widgets/core/client/display';
import type { OutboxItem, OutboxItemState } from '@frontdesk/widgets/core/client/outbox-item';

function buildItem(index: number, state: OutboxItemState, seq: number | null): OutboxItem {
  return {
    key: `key-${index}` as IdempotencyKey,
    conversationId: null,
    opens: false,
    start: null,
    kind: 'message',
    body: `text ${index}`,
    state,
    error: null,
    attempts: 0,
    createdAt: 0,
    order: index,
    seq,
    at: null,
    seenSeq: null,
    force: false,
  };
}

describe('display', () => {
  it('P2 CH-8 shows each message once, the log by seq and the rest in local order, whatever is known of both', () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.nat(20),
        fc.nat(20),
        fc.nat(20),
        (loggedCount, othersCount, stillListed, unsentCount) => {
          // Own messages 0…loggedCount-1 are in the log; the outbox still lists some of them, acknowledged or not.
          const own = Array.from({ length: loggedCount }, (_, index) => ({ seq: index + 1, key: `key-${index}` }));
          const others = Array.from({ length: othersCount }, (_, index) => ({
            seq: loggedCount + index + 1,
            key: null,
          }));
          const items = [
            ...own
              .slice(-stillListed)
              .map((entry, index) =>
                buildItem(
                  Number(entry.key.slice(4)),
                  index % 2 === 0 ? 'acked' : 'sending',
                  index % 2 === 0 ? entry.seq : null,
                ),
              ),
            ...Array.from({ length: unsentCount }, (_, index) => buildItem(100 + index, 'queued', null)),
          ];
          const display = mergeDisplay([...own, ...others], items.reverse());
          const ids = display.map((item) => item.id);
          expect(new Set(ids).size, 'no id twice').to.equal(ids.length);
          expect(display.length).to.equal(loggedCount + othersCount + unsentCount);
          const pending = display.flatMap((item) => (item.type === 'pending' ? [item.item.order] : []));
          expect(pending).to.deep.equal([...pending].sort((a, b) => a - b));
          expect(display.slice(0, loggedCount + othersCount).every((item) => item.type === 'entry')).to.equal(true);
        },
      ),
    );
  });

  it('keeps an acknowledged message visible, before the unsent ones, until the log brings it', () => {
    const items = [buildItem(2, 'queued', null), buildItem(1, 'acked', 7)];
    const before = mergeDisplay([{ seq: 6, key: null }], items);
    expect(before.map((item) => item.id)).to.deep.equal(['seq:6', 'key-1', 'key-2']);
    const after = mergeDisplay(
      [
        { seq: 6, key: null },
        { seq: 7, key: 'key-1' },
      ],
      items,
    );
    expect(after.map((item) => item.id)).to.deep.equal(['seq:6', 'key-1', 'key-2']);
    expect(after.map((item) => item.type)).to.deep.equal(['entry', 'entry', 'pending']);
  });

  it('leaves out an acknowledged message that lies before the first loaded page', () => {
    const display = mergeDisplay([{ seq: 50, key: null }], [buildItem(1, 'acked', 7)]);
    expect(display.map((item) => item.id)).to.deep.equal(['seq:50']);
  });
});
