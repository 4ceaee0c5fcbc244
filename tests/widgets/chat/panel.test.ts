import { aTimeout, expect, nextFrame, waitUntil } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { deepActiveElement } from '@frontdesk/widgets/core/a11y';
import { buildChatState, buildMine, buildTheirs } from '@frontdesk/widgets/chat/states';
import type { ErrorCode } from '@frontdesk/protocol/result';
import type { MessageState } from '@frontdesk/widgets/core/client/session-types';
import { findExample, openPanel, query, type PanelFixture } from './panel-fixture.js';

const announcementOf = ({ panel }: PanelFixture): string => query(panel, '[role="status"]').textContent?.trim() ?? '';
const textOf = (element: Element): string => element.shadowRoot?.textContent?.replaceAll(/\s+/g, ' ') ?? '';
const textsOf = (fixture: PanelFixture, selector: string): string[] =>
  [...(fixture.thread.shadowRoot?.querySelectorAll(selector) ?? [])].map(
    ({ textContent }) => textContent?.replaceAll(/\s+/g, ' ').trim() ?? '',
  );

describe('chat panel', () => {
  const WORDS: readonly (readonly [MessageState, string])[] = [
    ['queued', 'Waiting to be sent'],
    ['sending', 'Sending…'],
    ['sent', 'Sent'],
    ['delivered', 'Delivered'],
    ['read', 'Read'],
  ];
  for (const [state, words] of WORDS) {
    it(`CH-13 an own message that is ${state} says so in words and by a shape`, async () => {
      const fixture = await openPanel({ state: buildChatState({ messages: [buildMine('Hi', { state })] }) });
      expect(textsOf(fixture, '.state')).to.deep.equal([words]);
      const shape = fixture.thread.shadowRoot?.querySelector('.state path')?.getAttribute('d');
      expect(shape).to.be.a('string').and.not.equal('');
    });
  }

  it('CH-13 each state but waiting and sending has a shape of its own', async () => {
    const fixture = await openPanel(findExample('states'));
    const shapes = [...(fixture.thread.shadowRoot?.querySelectorAll('.state path') ?? [])].map((path) =>
      path.getAttribute('d'),
    );
    expect(new Set(shapes).size).to.equal(4);
    expect(textsOf(fixture, '.meta--shown .state')).to.deep.equal([
      'Read',
      'Delivered',
      'Sent',
      'Sending…',
      'Waiting to be sent',
    ]);
  });

  it('CH-12 a failed message stays, says why, and offers to retry, copy and remove', async () => {
    const fixture = await openPanel(findExample('failed'));
    const failure = query(fixture.thread, '.failure');
    expect(failure.textContent).to.contain('Not sent.');
    expect(failure.textContent).to.contain('This website may not send messages here.');
    expect(textsOf(fixture, '.bubble')).to.include('4:15 please');
    const [retry, copy, remove] = failure.querySelectorAll('button');
    retry?.click();
    remove?.click();
    const key = fixture.panel.state.messages.at(-1)?.key;
    expect(fixture.asked('retry')).to.deep.equal([{ key }]);
    expect(fixture.asked('remove')).to.deep.equal([{ key }]);
    let copied = '';
    const { writeText } = navigator.clipboard;
    navigator.clipboard.writeText = async (text) => void (copied = text);
    copy?.click();
    await waitUntil(() => copy?.textContent?.includes('Copied'));
    navigator.clipboard.writeText = writeText;
    expect(copied).to.equal('4:15 please');
  });

  it('CH-12 every error that the server may answer has words', async () => {
    const codes: readonly ErrorCode[] = [
      'TOO_LARGE',
      'FORBIDDEN',
      'UNAUTHENTICATED',
      'VALIDATION',
      'INTERNAL',
      'CONFLICT',
    ];
    const fixture = await openPanel({});
    for (const code of codes) {
      const error = { code, message: 'for developers', requestId: 'x' };
      await fixture.set({ messages: [buildMine('Hi', { state: 'failed', seq: null, error })] });
      expect(textOf(fixture.thread)).to.contain('Not sent.').and.not.contain('for developers');
    }
  });

  it('CH-23 announces what others write, once, and never the history or own messages', async () => {
    const history = [buildMine('a'), buildTheirs('history')];
    const fixture = await openPanel({ state: buildChatState({ phase: 'loading' }) });
    await fixture.set({ phase: 'ready', messages: history });
    expect(announcementOf(fixture)).to.equal('');
    await fixture.set({ messages: [...history, buildMine('mine')] });
    expect(announcementOf(fixture)).to.equal('');
    const fresh = [...history, buildMine('mine'), buildTheirs('**Hello** there', { authorName: 'Ben' })];
    await fixture.set({ messages: fresh });
    expect(announcementOf(fixture)).to.equal('Ben says: Hello there');
    const line = query(fixture.panel, '[role="status"]').firstElementChild;
    await fixture.set({ messages: [...fresh], unreadCount: 1 });
    expect(query(fixture.panel, '[role="status"]').firstElementChild === line).to.equal(true);
    const log = query(fixture.thread, '[role="log"]');
    expect(log.getAttribute('aria-live'), 'the log itself must not be read out a second time').to.equal('off');
  });

  it('CH-23 counts many new messages instead of reading each', async () => {
    const history = [buildTheirs('history')];
    const fixture = await openPanel({ state: buildChatState({ messages: history }) });
    await fixture.set({ messages: [...history, ...Array.from({ length: 5 }, () => buildTheirs('news'))] });
    expect(announcementOf(fixture)).to.equal('5 new messages');
  });

  it('CH-23 Escape asks to close and goes no further', async () => {
    const { panel, composer, asked } = await openPanel({});
    let heard = 0;
    const listener = () => void (heard += 1);
    document.addEventListener('keydown', listener);
    composer.focus();
    await sendKeys({ press: 'Escape' });
    document.removeEventListener('keydown', listener);
    expect(asked('close')).to.have.length(1);
    expect(heard).to.equal(0);
    expect(query(panel, '.panel').getAttribute('role')).to.equal('dialog');
  });

  it('CH-23 the Tab key goes through everything and out again', async () => {
    const fixture = await openPanel(findExample('failed'));
    const before = document.createElement('button');
    const after = document.createElement('button');
    document.body.prepend(before);
    document.body.append(after);
    before.focus();
    const names: string[] = [];
    for (let step = 0; step < 20 && deepActiveElement() !== after; step += 1) {
      await sendKeys({ press: 'Tab' });
      const active = deepActiveElement();
      names.push(active?.getAttribute('aria-label') ?? active?.textContent?.trim() ?? '');
    }
    expect(deepActiveElement() === after).to.equal(true);
    expect(names.slice(0, -1)).to.deep.equal([
      'Turn sound off',
      'Close chat',
      'Messages',
      'Try again',
      'Copy text',
      'Remove',
      'Your message',
      'Send',
    ]);
    before.remove();
    after.remove();
    fixture.panel.remove();
  });

  it('says that it is offline only after a while, and stops when it is back', async () => {
    const { panel, set } = await openPanel({});
    panel.offlineNoticeAfterMs = 200;
    const offline = { ...panel.state.connection, phase: 'offline' } as const;
    await set({ connection: offline });
    await aTimeout(30);
    expect(textOf(panel)).not.to.contain('No connection');
    await waitUntil(() => textOf(panel).includes('No connection. What you write is kept'));
    expect(textOf(panel), 'nobody knows that any more').not.to.contain('We are here');
    expect(query(panel, '.notices').getAttribute('role'), 'it is read out, too').to.equal('status');
    await set({ connection: { ...offline, phase: 'online' } });
    expect(query(panel, '.notices').textContent?.trim()).to.equal('');
    panel.offlineNoticeAfterMs = 60;
    await set({ connection: offline });
    await set({ connection: { ...offline, phase: 'online' } });
    await aTimeout(90);
    expect(query(panel, '.notices').textContent?.trim(), 'a short loss passes unseen').to.equal('');
  });

  it('CH-14 the divider stands before the first unread message and stays while the panel is open', async () => {
    const fixture = await openPanel(findExample('unread'));
    const items = [...(fixture.thread.shadowRoot?.querySelectorAll('.day--unread, .bubble') ?? [])];
    const divider = items.findIndex((item) => item.matches('.day--unread'));
    expect(items[divider + 1]?.textContent).to.contain('One more thing');
    expect(fixture.asked('read').length).to.be.at.least(1);
    await fixture.set({ unreadCount: 0 });
    expect(Boolean(fixture.thread.shadowRoot?.querySelector('.day--unread'))).to.equal(true);
    fixture.panel.isOpen = false;
    await fixture.panel.updateComplete;
    fixture.panel.isOpen = true;
    await fixture.panel.updateComplete;
    await fixture.thread.updateComplete;
    expect(Boolean(fixture.thread.shadowRoot?.querySelector('.day--unread'))).to.equal(false);
  });

  it('keeps the newest message in sight, but does not pull the reader down', async () => {
    const fixture = await openPanel(findExample('long'));
    const scroller = query(fixture.thread, '.scroller');
    const fromEnd = () => Math.round(scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop);
    expect(fromEnd()).to.be.below(2);
    scroller.scrollTop = 0;
    await waitUntil(() => !fixture.thread.isAtNewest);
    const { messages } = fixture.panel.state;
    const more = [...messages, buildTheirs('And another thing')];
    await fixture.set({ messages: more });
    expect(scroller.scrollTop).to.equal(0);
    const jump = query(fixture.thread, '.jump');
    expect(jump.textContent).to.contain('1 new message');
    jump.click();
    await waitUntil(() => fromEnd() < 2);
    // No reader scrolls back within the frame of the jump, and the observer reports once a frame.
    await nextFrame();
    await nextFrame();
    scroller.scrollTop = 0;
    await waitUntil(() => !fixture.thread.isAtNewest);
    await fixture.set({ messages: [...more, buildMine('My answer')] });
    expect(fromEnd(), 'an own message is always shown').to.be.below(2);
  });

  it('asks for earlier messages and keeps the place when they come', async () => {
    const fixture = await openPanel(findExample('long'));
    const scroller = query(fixture.thread, '.scroller');
    query(fixture.thread, '.older').click();
    expect(fixture.asked('older')).to.have.length(1);
    scroller.scrollTop = 0;
    await waitUntil(() => !fixture.thread.isAtNewest);
    const first = query(fixture.thread, '.group');
    const top = first.getBoundingClientRect().top;
    const earlier = Array.from({ length: 6 }, (_, minute) => buildTheirs('Earlier', { minute: minute - 60 }));
    await fixture.set({ messages: [...earlier, ...fixture.panel.state.messages] });
    expect(Math.abs(first.getBoundingClientRect().top - top)).to.be.below(60);
  });

  it('asks to turn the sound off and on', async () => {
    const { panel, asked } = await openPanel({});
    query(panel, '[aria-label="Turn sound off"]').click();
    panel.isMuted = true;
    await panel.updateComplete;
    query(panel, '[aria-label="Turn sound on"]').click();
    expect(asked('sound')).to.deep.equal([{ isOn: false }, { isOn: true }]);
  });

  it('offers no field where nothing can be sent, unless something is typed already', async () => {
    const fixture = await openPanel(findExample('refused'));
    expect(Boolean(fixture.panel.shadowRoot?.querySelector('frontdesk-chat-composer'))).to.equal(false);
    await fixture.set({ draft: 'Half a thought' });
    expect(query(fixture.composer, 'textarea')).to.have.property('value', 'Half a thought');
    query(fixture.composer, '.send').click();
    expect(fixture.asked('send')).to.have.length(0);
  });

  it('puts no style element and no style attribute into its templates', async () => {
    const { panel, thread, composer } = await openPanel(findExample('conversation'));
    for (const host of [panel, thread, composer]) {
      expect(host.shadowRoot?.querySelector('style, [style]'), host.tagName).to.equal(null);
    }
  });
});
