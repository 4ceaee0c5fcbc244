import { expect } from '@open-wc/testing';
import { buildItem, DEMO_ITEMS } from '@frontdesk/widgets/inbox/inbox-states';
import { buildTimeline, type TimelineItem } from '@frontdesk/widgets/inbox/inbox-timeline';
import { computeWindow, scrollToReveal } from '@frontdesk/widgets/inbox/inbox-window';

const dayOf = (instant: string): string => instant.slice(0, 10);
const at = (time: string): string => `2026-11-20T${time}:00.000Z`;
const kinds = (items: readonly TimelineItem[]): string => items.map(({ kind }) => kind).join(' ');

describe('timeline', () => {
  it('separates days and draws one unread line before the first unread message of the contact', () => {
    const items = buildTimeline({ items: DEMO_ITEMS, unreadAfter: 6 });
    expect(items.filter(({ kind }) => kind === 'unread')).to.have.length(1);
    const index = items.findIndex(({ kind }) => kind === 'unread');
    const next = items[index + 1];
    expect(next?.kind === 'entry' && next.item.seq).to.equal(7);
    expect(buildTimeline({ items: DEMO_ITEMS, unreadAfter: null }).some(({ kind }) => kind === 'unread')).to.equal(
      false,
    );
  });

  it('does not draw the unread line above our own entries', () => {
    const items = [
      buildItem(1, { at: at('09:00') }),
      buildItem(2, { at: at('09:01'), authorKind: 'staff', kind: 'note' }),
      buildItem(3, { at: at('09:02') }),
    ];
    expect(kinds(buildTimeline({ items, unreadAfter: 1, dayOf }))).to.equal('day entry entry unread entry');
  });

  it('groups entries of one author within five minutes, and never a note with a message', () => {
    const items = [
      buildItem(1, { at: at('09:00') }),
      buildItem(2, { at: at('09:04') }),
      buildItem(3, { at: at('09:10') }),
      buildItem(4, { at: at('09:11'), authorKind: 'staff', authorId: 'a' }),
      buildItem(5, { at: at('09:11'), authorKind: 'staff', authorId: 'a', kind: 'note' }),
    ];
    const groups = buildTimeline({ items, unreadAfter: null, dayOf }).map((item) =>
      item.kind === 'entry' ? `${item.startsGroup ? '[' : ''}${item.item.seq}${item.endsGroup ? ']' : ''}` : '',
    );
    expect(groups.join('')).to.equal('[12][3][4][5]');
  });

  it('begins a new group after an event line and on a new day', () => {
    const items = [
      buildItem(1, { at: '2026-11-19T23:59:00.000Z' }),
      buildItem(2, { at: '2026-11-20T00:01:00.000Z' }),
      buildItem(3, { at: at('00:02'), kind: 'event', event: { type: 'status', from: 'open', to: 'resolved' } }),
      buildItem(4, { at: at('00:03') }),
    ];
    const timeline = buildTimeline({ items, unreadAfter: null, dayOf });
    expect(kinds(timeline)).to.equal('day entry day entry event entry');
    const starts = timeline.filter((item) => item.kind === 'entry').map((item) => item.startsGroup);
    expect(starts).to.deep.equal([true, true, true]);
  });
});

describe('list window', () => {
  const viewport = { count: 10_000, rowHeightPx: 84, scrollTopPx: 0, heightPx: 800 };

  it('IN-3 keeps few rows, wherever one scrolls, and the height of all of them', () => {
    for (const scrollTopPx of [0, 1, 83, 84, 400_000, 839_200, 900_000]) {
      const { start, end, beforePx, afterPx } = computeWindow({ ...viewport, scrollTopPx });
      expect(end - start, String(scrollTopPx)).to.be.within(1, 40);
      expect(beforePx + (end - start) * 84 + afterPx).to.equal(840_000);
    }
  });

  it('covers the visible rows', () => {
    const { start, end } = computeWindow({ ...viewport, scrollTopPx: 84 * 500 + 10 });
    expect(start).to.be.at.most(500);
    expect(end).to.be.at.least(511);
  });

  it('needs nothing for an empty list', () => {
    expect(computeWindow({ ...viewport, count: 0 })).to.deep.equal({ start: 0, end: 0, beforePx: 0, afterPx: 0 });
  });

  it('scrolls no further than needed', () => {
    expect(scrollToReveal(3, viewport)).to.equal(undefined);
    expect(scrollToReveal(9, viewport)).to.equal(40);
    expect(scrollToReveal(2, { ...viewport, scrollTopPx: 500 })).to.equal(168);
  });
});
