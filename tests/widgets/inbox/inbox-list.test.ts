import { expect, nextFrame } from '@open-wc/testing';
import { buildLongList } from '@frontdesk/widgets/inbox/inbox-states';
import { countNodes, findState, openDesk, pierce } from './desk-fixture.js';

const LONG = buildLongList(10_000);

describe('inbox list', () => {
  const longState = () => {
    const state = findState('list');
    return { ...state, list: { ...state.list, conversations: LONG } };
  };

  it('IN-3 ten thousand conversations are at most 2,000 nodes, at the top, in the middle and at the end', async () => {
    const fixture = await openDesk(longState());
    const scroller = pierce(fixture.desk, '[role="listbox"]');
    for (const share of [0, 0.5, 1]) {
      scroller.scrollTop = scroller.scrollHeight * share;
      await nextFrame();
      await fixture.settle();
      expect(countNodes(fixture.desk), String(share)).to.be.at.most(2_000);
      const box = scroller.getBoundingClientRect();
      const rows = [...scroller.querySelectorAll('.option')].map((row) => row.getBoundingClientRect());
      expect(Math.min(...rows.map(({ top }) => top)), `top ${share}`).to.be.at.most(box.top);
      expect(Math.max(...rows.map(({ bottom }) => bottom)), `bottom ${share}`).to.be.at.least(box.bottom - 1);
    }
  });

  it('IN-3 draws the first rows of ten thousand within a second', async () => {
    const startedAt = performance.now();
    await openDesk(longState());
    expect(performance.now() - startedAt).to.be.lessThan(1_000);
  });

  it('tells a screen reader where a row stands among all of them', async () => {
    const { desk } = await openDesk(longState());
    const row = pierce(desk, '[role="option"]');
    expect(row.getAttribute('aria-setsize')).to.equal('10000');
    expect(row.getAttribute('aria-posinset')).to.equal('1');
  });

  it('asks for the next page before the end is reached, and not while one is coming', async () => {
    const state = longState();
    const short = { ...state.list, conversations: LONG.slice(0, 50), hasMore: true };
    const fixture = await openDesk({ ...state, list: short });
    expect(fixture.asked('load-more')).to.have.length(0);
    const scroller = pierce(fixture.desk, '[role="listbox"]');
    scroller.scrollTop = scroller.scrollHeight;
    await nextFrame();
    await fixture.settle();
    expect(fixture.asked('load-more').length).to.be.greaterThan(0);
    const asked = fixture.asked('load-more').length;
    await fixture.set({ ...state, list: { ...short, isLoadingMore: true } });
    expect(fixture.asked('load-more')).to.have.length(asked);
  });

  it('gives a nameless visitor a short label, and unread a word beside the dot', async () => {
    const { desk } = await openDesk(findState('list'));
    const rows = [...(pierce(desk, 'frontdesk-inbox-list').shadowRoot?.querySelectorAll('frontdesk-inbox-row') ?? [])];
    const texts = rows.map((row) => row.shadowRoot?.textContent?.replace(/\s+/g, ' '));
    expect(texts[1]).to.match(/Visitor [0-9A-F]{4}/);
    expect(texts[1]).to.include('Unread');
    expect(texts[4]).to.include('Team: Perfect, see you on Tuesday at ten.');
    expect(texts[4]).to.not.include('Unread');
  });

  it('shows more rows when compact', async () => {
    const state = longState();
    const roomy = await openDesk(state);
    const dense = await openDesk({ ...state, density: 'compact' });
    const heightOf = (element: Element) => pierce(element, '.option').offsetHeight;
    expect(heightOf(dense.desk)).to.be.lessThan(heightOf(roomy.desk));
  });
});
