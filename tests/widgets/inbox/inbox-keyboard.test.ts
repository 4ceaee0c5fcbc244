import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { deepActiveElement } from '@frontdesk/widgets/core/a11y';
import { conversationIdOf, DEMO_SESSION } from '@frontdesk/widgets/inbox/inbox-states';
import { SHORTCUTS } from '@frontdesk/widgets/inbox/inbox-keys';
import { findDeep, findState, openDesk, pierce, type DeskFixture } from './desk-fixture.js';

async function press(fixture: DeskFixture, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) {
    await sendKeys({ press: key });
    await fixture.settle();
  }
}

describe('inbox keyboard', () => {
  beforeEach(() => (document.activeElement as HTMLElement | null)?.blur());

  it('IN-28 triage without a mouse: walk, take, answer, note, resolve', async () => {
    const fixture = await openDesk(findState('list'));
    const { desk } = fixture;
    await press(fixture, 'j', 'j', 'k', 'j');
    expect(desk.state.selectedId).to.equal(conversationIdOf(1));
    await press(fixture, 'a');
    expect(fixture.asked('change').at(-1)?.set).to.deep.equal({ assigneeId: DEMO_SESSION.membership.id });
    await press(fixture, 'r');
    await sendKeys({ type: 'Yes, we are open.' });
    await press(fixture, 'Enter');
    expect(fixture.asked('send')).to.deep.equal([{ type: 'send', mode: 'reply', text: 'Yes, we are open.' }]);
    await press(fixture, 'Escape', 'n');
    await sendKeys({ type: 'Asked twice already' });
    await press(fixture, 'Enter');
    expect(fixture.asked('send').at(-1)).to.deep.equal({ type: 'send', mode: 'note', text: 'Asked twice already' });
    await press(fixture, 'Escape', 'e');
    expect(fixture.asked('change').at(-1)?.set).to.deep.equal({ status: 'resolved' });
  });

  it('IN-28 no shortcut fires inside a field', async () => {
    const fixture = await openDesk(findState('thread'));
    await press(fixture, 'r');
    const before = fixture.requests.length;
    await sendKeys({ type: 'jkrnea/?' });
    await fixture.settle();
    const others = fixture.requests.slice(before).filter(({ type }) => type !== 'type-draft' && type !== 'set-typing');
    expect(others).to.deep.equal([]);
    expect(fixture.asked('type-draft').at(-1)?.text).to.equal('jkrnea/?');
    await press(fixture, 'Escape', '/');
    await sendKeys({ type: 'je' });
    expect(fixture.asked('filter').at(-1)?.text).to.equal('je');
    expect(fixture.asked('change')).to.have.length(0);
  });

  it('IN-28 no shortcut fires with a modifier, or while the page has the focus elsewhere', async () => {
    const fixture = await openDesk(findState('list'));
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'j' });
    await sendKeys({ up: 'Control' });
    const button = document.createElement('button');
    document.body.append(button);
    button.focus();
    await press(fixture, 'j');
    button.remove();
    expect(fixture.requests).to.deep.equal([]);
  });

  it('IN-28 a on my own conversation opens the list of colleagues', async () => {
    const fixture = await openDesk(findState('thread'));
    await press(fixture, 'a');
    const menu = pierce(fixture.desk, '#assign').shadowRoot?.querySelector('.menu');
    expect(menu?.matches(':popover-open')).to.equal(true);
    await expect(fixture.desk).to.be.accessible();
    await press(fixture, 'ArrowDown', 'Enter');
    expect(fixture.asked('change').at(-1)?.set.assigneeId).to.be.a('string');
  });

  it('IN-28 ? opens the help, which lists every shortcut, and Escape closes it', async () => {
    const fixture = await openDesk(findState('thread'));
    await press(fixture, '?');
    const dialog = pierce(fixture.desk, 'dialog') as HTMLDialogElement;
    expect(dialog.open).to.equal(true);
    expect(dialog.querySelectorAll('kbd')).to.have.length(SHORTCUTS.length + 1);
    await press(fixture, 'j');
    expect(fixture.asked('open')).to.have.length(0);
    await press(fixture, 'Escape');
    expect(dialog.open).to.equal(false);
    expect(fixture.desk.state.selectedId).to.equal(conversationIdOf(0));
  });

  it('IN-28 shortcuts can be switched off', async () => {
    const fixture = await openDesk({ ...findState('thread'), shortcutsOn: false });
    await press(fixture, 'j', 'e', 'r', '?');
    expect(fixture.requests.filter(({ type }) => type !== 'seen')).to.deep.equal([]);
  });

  it('IN-28 Escape goes one step out at a time', async () => {
    const fixture = await openDesk(findState('thread-details'), { widthPx: 800 });
    await press(fixture, 'Escape');
    expect(fixture.desk.state.pane).to.equal('thread');
    await press(fixture, 'Escape');
    expect(fixture.desk.state.selectedId).to.equal(null);
  });

  it('IN-28 the list is one stop, walked with arrows, opened with Enter', async () => {
    const fixture = await openDesk(findState('list'));
    const list = pierce(fixture.desk, '[role="listbox"]');
    list.focus();
    await press(fixture, 'ArrowDown', 'ArrowDown', 'Enter');
    expect(fixture.asked('open').at(-1)?.conversationId).to.equal(conversationIdOf(1));
    expect(list.getAttribute('aria-activedescendant')).to.equal(`row-${conversationIdOf(1)}`);
    expect(deepActiveElement()).to.equal(list);
  });

  for (const widthPx of [390, 768]) {
    it(`IN-28 at ${widthPx} px the focus follows into the details and back to the thread`, async () => {
      const fixture = await openDesk(findState('thread'), { widthPx });
      const { state } = fixture.desk;
      await fixture.set({ ...state, pane: 'details' });
      expect(deepActiveElement()?.textContent).to.equal('Details');
      await press(fixture, 'Escape');
      expect(fixture.desk.state.pane).to.equal('thread');
      expect(deepActiveElement()?.localName).to.equal('h2');
      expect(deepActiveElement()?.textContent).to.not.equal('Details');
    });
  }

  it('IN-28 says the sum of what is new, once, and not every line', async () => {
    const fixture = await openDesk(findState('list'));
    const status = pierce(fixture.desk, '.root > [role="status"].visually-hidden');
    const { state } = fixture.desk;
    const bump = (count: number) => ({
      ...state,
      list: {
        ...state.list,
        conversations: state.list.conversations.map((row, index) =>
          index < count ? { ...row, lastContactSeq: row.lastContactSeq + 1 } : row,
        ),
      },
    });
    for (const count of [1, 2, 3]) await fixture.set(bump(count));
    expect(status.textContent).to.equal('');
    await new Promise<void>((resolve) => {
      new MutationObserver(() => resolve()).observe(status, { childList: true });
    });
    expect(status.textContent).to.equal('3 new messages');
    expect(findDeep(fixture.desk, '[aria-live="assertive"]')).to.equal(null);
  });
});
