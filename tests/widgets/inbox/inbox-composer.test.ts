import { expect } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { conversationIdOf, DEMO_THREAD } from '@frontdesk/widgets/inbox/inbox-states';
import { findButton, findDeep, findState, openDesk, pierce, type DeskFixture } from './desk-fixture.js';

const fieldOf = ({ desk }: DeskFixture): HTMLTextAreaElement => pierce(desk, 'textarea') as HTMLTextAreaElement;

async function type(fixture: DeskFixture, text: string): Promise<void> {
  fieldOf(fixture).focus();
  await sendKeys({ type: text });
  await fixture.settle();
}

describe('inbox composer', () => {
  it('IN-12 a note is sent as a note, by key and by button, whatever was chosen before', async () => {
    const fixture = await openDesk(findState('thread'));
    findButton(fixture.desk, 'Private note').click();
    await fixture.settle();
    await type(fixture, 'one');
    await sendKeys({ press: 'Enter' });
    await fixture.settle();
    await type(fixture, 'two');
    findButton(fixture.desk, 'Add note').click();
    await fixture.settle();
    expect(fixture.asked('send').map(({ mode, text }) => [mode, text])).to.deep.equal([
      ['note', 'one'],
      ['note', 'two'],
    ]);
    expect(fixture.asked('set-typing').every(({ mode }) => mode === 'note')).to.equal(true);
  });

  it('IN-12 the text of a note never moves into the reply', async () => {
    const fixture = await openDesk(findState('thread-note'));
    expect(fieldOf(fixture).value).to.equal('Her brother is a patient of ours too.');
    findButton(fixture.desk, 'Reply').click();
    await fixture.settle();
    expect(fieldOf(fixture).value).to.equal('');
    await sendKeys({ press: 'Enter' });
    expect(fixture.asked('send')).to.deep.equal([]);
  });

  it('IN-12 the note differs in colour, border, icon, words and button', async () => {
    const look = async (name: string) => {
      const { desk } = await openDesk(findState(name));
      const box = getComputedStyle(pierce(desk, '.box'));
      return {
        colour: box.backgroundColor,
        border: box.borderTopStyle,
        audience: pierce(desk, '.audience').textContent,
        button: pierce(desk, '.send').textContent?.trim(),
        label: pierce(desk, 'textarea').getAttribute('aria-label'),
        icon: pierce(desk, '.send').querySelector('path')?.getAttribute('d'),
      };
    };
    const reply = await look('thread-draft');
    const note = await look('thread-note');
    for (const key of Object.keys(reply) as (keyof typeof reply)[]) expect(note[key], key).to.not.equal(reply[key]);
    expect(note.audience).to.equal('Only your team sees this');
  });

  it('IN-12 the mode stays with its thread', async () => {
    const fixture = await openDesk(findState('thread'));
    findButton(fixture.desk, 'Private note').click();
    pierce(fixture.desk, `#row-${conversationIdOf(1)}`).click();
    await fixture.settle();
    expect(pierce(fixture.desk, '[data-mode="reply"]').getAttribute('aria-checked')).to.equal('true');
    pierce(fixture.desk, `#row-${conversationIdOf(0)}`).click();
    await fixture.settle();
    expect(pierce(fixture.desk, '[data-mode="note"]').getAttribute('aria-checked')).to.equal('true');
  });

  it('Enter of an input method does not send, Shift and Enter makes a line', async () => {
    const fixture = await openDesk(findState('thread'));
    await type(fixture, 'ni hao');
    const enter = { key: 'Enter', bubbles: true, cancelable: true, composed: true };
    fieldOf(fixture).dispatchEvent(new KeyboardEvent('keydown', { ...enter, isComposing: true }));
    fieldOf(fixture).dispatchEvent(new KeyboardEvent('keydown', { ...enter, keyCode: 229 }));
    fieldOf(fixture).dispatchEvent(new KeyboardEvent('keydown', { ...enter, shiftKey: true }));
    expect(fixture.asked('send')).to.have.length(0);
    fieldOf(fixture).dispatchEvent(new KeyboardEvent('keydown', { ...enter, ctrlKey: true }));
    expect(fixture.asked('send')).to.have.length(1);
  });

  it('refuses nothing and too much, and says by how much', async () => {
    const fixture = await openDesk(findState('thread'));
    await type(fixture, '   ');
    await sendKeys({ press: 'Enter' });
    const id = conversationIdOf(0);
    await fixture.set({
      ...fixture.desk.state,
      composers: { [id]: { mode: 'reply', reply: '😀'.repeat(4_003), note: '' } },
    });
    fieldOf(fixture).focus();
    await sendKeys({ press: 'Enter' });
    findButton(fixture.desk, 'Send').click();
    expect(fixture.asked('send')).to.deep.equal([]);
    expect(pierce(fixture.desk, '.over').textContent).to.equal('3 characters too long');
  });

  it('IN-6 shows what arrived, keeps the reply in sight, and sends only at the second press', async () => {
    const fixture = await openDesk(findState('thread-draft'));
    await fixture.set(findState('thread-moved'));
    const banner = pierce(fixture.desk, '[role="alertdialog"]');
    expect(banner.textContent).to.include('Oh wait, could it be in the afternoon instead?');
    expect(banner.textContent).to.include('Friday at ten it is.');
    expect(banner.textContent).to.include('was not sent');
    expect(findDeep(fixture.desk, 'textarea')).to.equal(null);
    // Another Enter from the first press's momentum must not count as the decision.
    await sendKeys({ press: 'Enter' });
    expect(fixture.asked('send-anyway')).to.have.length(0);
    findButton(fixture.desk, 'Send anyway').click();
    expect(fixture.asked('send-anyway')).to.have.length(1);
  });

  it('IN-6 the rest of a word that was being typed when the warning came is no shortcut', async () => {
    const fixture = await openDesk(findState('thread-draft'));
    fieldOf(fixture).focus();
    await fixture.set(findState('thread-moved'));
    fixture.requests.length = 0;
    for (const press of ['e', 'a', 'j', 'n', 'r']) await sendKeys({ press });
    await fixture.settle();
    expect(fixture.requests).to.deep.equal([]);
  });

  it('IN-6 the reply can go back to the composer instead', async () => {
    const fixture = await openDesk(findState('thread-moved'));
    findButton(fixture.desk, 'Keep editing').click();
    expect(fixture.asked('take-back')).to.have.length(1);
    expect(fixture.asked('send-anyway')).to.have.length(0);
  });

  it('IN-6 the held reply is not shown as sent in the log', async () => {
    const state = findState('thread-moved');
    const moved = DEMO_THREAD.items[5]!;
    const thread = {
      ...state.thread!,
      items: [...state.thread!.items, { ...moved, id: 'held', key: state.thread!.moved!.key }],
    };
    const { desk } = await openDesk({ ...state, thread });
    const keys = pierce(desk, 'frontdesk-inbox-timeline').shadowRoot?.querySelectorAll('frontdesk-inbox-entry');
    expect([...(keys ?? [])].some((entry) => entry.item?.id === 'held')).to.equal(false);
  });

  it('IN-8 the loser of a race reads who won, what is now, and may try again', async () => {
    const fixture = await openDesk(findState('thread-conflict'));
    const notice = pierce(fixture.desk, '.conflict');
    expect(notice.getAttribute('role')).to.equal('alert');
    expect(notice.textContent).to.include('Mei Ling Tan was faster');
    expect(notice.textContent).to.include('now assigned to Mei Ling Tan');
    findButton(fixture.desk, 'Change it anyway').click();
    findButton(fixture.desk, 'Leave it').click();
    expect(fixture.requests.map(({ type: name }) => name).filter((name) => name !== 'seen')).to.deep.equal([
      'change-again',
      'dismiss-conflict',
    ]);
  });

  it('IN-7 shows who is viewing, and what they are writing', async () => {
    const { desk } = await openDesk(findState('thread-company'));
    const text = pierce(desk, '.presence').textContent;
    expect(text).to.include('Mei Ling Tan is viewing');
    expect(text).to.include('Mei Ling Tan is writing a note…');
  });

  it('a message that was not sent says why, and offers to try again or to edit', async () => {
    const fixture = await openDesk(findState('thread-unsent'));
    const failed = pierce(fixture.desk, '.root--failed');
    expect(failed.textContent).to.include('Not sent');
    expect(failed.textContent).to.include('Wait a moment');
    findButton(fixture.desk, 'Try again').click();
    findButton(fixture.desk, 'Back to the draft').click();
    expect(fixture.asked('retry-entry')).to.have.length(1);
    expect(fixture.asked('remove-entry')).to.have.length(1);
  });
});
