/** What a holder sees and may ask. */
import { expect } from '@open-wc/testing';
import { buildHolderState, buildPlace, buildTicketState } from '@frontdesk/widgets/ticket/states';
import type { TicketRequestEvent } from '@frontdesk/widgets/ticket/ticket-events';
import { findExample, showTicket } from './ticket-fixture.js';

const actsOf = (requests: readonly TicketRequestEvent[]) =>
  requests.filter(({ request }) => request === 'act').map(({ detail }) => detail);
const textOf = (root: ShadowRoot, selector: string) => root.querySelector(selector)?.textContent.trim();

describe('ticket view', () => {
  it('QP-2: shows number, place and a range rounded outwards to five minutes', async () => {
    const { root } = await showTicket(findExample('waiting'));
    expect(textOf(root, '.label')).to.equal('A012');
    expect(textOf(root, '.place__line')).to.equal('3 people before you');
    expect(textOf(root, '.place__wait')).to.equal('About 20–35 minutes');
  });

  it('QP-2: names no minutes for whoever is next, nor where nobody knows them', async () => {
    for (const id of ['next', 'almost', 'position-only']) {
      const { root } = await showTicket(findExample(id));
      expect(textOf(root, '.place'), id).not.to.include('minute');
    }
  });

  it('QP-12: says in words why the wait grew', async () => {
    const { root } = await showTicket(findExample('risen'));
    expect(textOf(root, '.place__reason')).to.equal('It takes longer: a counter has a break.');
  });

  it('QP-3: a call covers everything, names the counter, and goes when it is answered', async () => {
    const { root, view, button, requests } = await showTicket(findExample('called'));
    const dialog = root.querySelector('dialog');
    expect(dialog?.matches(':modal')).to.equal(true);
    const box = dialog?.getBoundingClientRect();
    expect([box?.width, box?.height]).to.deep.equal([innerWidth, innerHeight]);
    expect(textOf(root, 'dialog .call__counter')).to.equal('Counter 2');
    button('I am coming').click();
    expect(requests.map(({ request }) => request)).to.deep.equal(['acknowledge']);
    view.ticketState = findExample('called-answered').state;
    await view.updateComplete;
    expect(root.querySelector('dialog')?.open).to.equal(false);
    expect(textOf(root, '.card--called')).to.include('Counter 2');
  });

  it('QP-3: Escape answers a call, as the button does', async () => {
    const { root, requests } = await showTicket(findExample('called'));
    root.querySelector('dialog')?.dispatchEvent(new Event('cancel', { cancelable: true }));
    expect(requests.map(({ request }) => request)).to.deep.equal(['acknowledge']);
  });

  it('QP-3: offers to ring, and to stop', async () => {
    const off = await showTicket(findExample('waiting'));
    off.button('Ring me when it is my turn').click();
    const on = await showTicket(findExample('ring-on'));
    on.button('Do not ring').click();
    expect([...off.requests, ...on.requests].map(({ detail }) => detail)).to.deep.equal([
      { isOn: true },
      { isOn: false },
    ]);
  });

  it('QP-4: marks an old picture with its time in the zone of the branch', async () => {
    const { root } = await showTicket(findExample('stale'));
    expect(textOf(root, '.stale')?.replaceAll('\u202f', ' ')).to.equal('No connection. As of 10:42 AM');
    expect(textOf(root, '.label')).to.equal('A012');
  });

  it('QP-5: more time asks how many may pass', async () => {
    const { view, button, requests } = await showTicket(findExample('waiting'));
    button('I need more time').click();
    await view.updateComplete;
    button('Let 3 people go first').click();
    expect(actsOf(requests)).to.deep.equal([{ name: 'ticket:defer', input: { places: 3 } }]);
  });

  it('QP-5: giving up asks first, and may be taken back', async () => {
    const { view, button, requests } = await showTicket(findExample('waiting'));
    button('Give up my place').click();
    await view.updateComplete;
    button('Keep my place').click();
    await view.updateComplete;
    expect(actsOf(requests)).to.deep.equal([]);
    button('Give up my place').click();
    await view.updateComplete;
    button('Yes, give it up').click();
    expect(actsOf(requests)).to.deep.equal([{ name: 'ticket:leave', input: {} }]);
  });

  it('QP-5: arriving and coming back are one touch', async () => {
    const remote = await showTicket(findExample('remote'));
    remote.button('I am here').click();
    const missed = await showTicket(findExample('missed'));
    missed.button('Take me in again').click();
    expect([...actsOf(remote.requests), ...actsOf(missed.requests)]).to.deep.equal([
      { name: 'ticket:arrive', input: {} },
      { name: 'ticket:come-back', input: {} },
    ]);
    const late = await showTicket(findExample('missed-for-good'));
    expect(late.root.querySelector('button')).to.equal(null);
  });

  it('QP-5: a question that was open when the call came does not hide it', async () => {
    const { root, view, button } = await showTicket(findExample('waiting'));
    button('Give up my place').click();
    await view.updateComplete;
    view.ticketState = findExample('called').state;
    await view.updateComplete;
    expect(root.querySelector('.sheet')).to.equal(null);
    expect(root.querySelector('dialog')?.open).to.equal(true);
  });

  it('QP-10: closed, not open yet, and a day that ended say what happens to the holder', async () => {
    const closed = await showTicket(findExample('closed'));
    expect(textOf(closed.root, '.business')).to.include('closed today');
    const opens = await showTicket(findExample('opens'));
    expect(textOf(opens.root, '.place__wait')).to.match(/open about Saturday 8:00.AM\. Your place is kept\./);
    const over = await showTicket(findExample('day-over'));
    expect(textOf(over.root, '.outcome')).to.equal('The day ended before your turn');
    expect(textOf(over.root, '.advice')).to.include('take a new number');
  });

  it('QP-13: stars and a word, once', async () => {
    const { root, view, button, requests } = await showTicket(findExample('rate'));
    root.querySelectorAll<HTMLInputElement>('input[type=radio]')[3]?.click();
    const text = root.querySelector('textarea');
    if (text) text.value = '  Kind people ';
    button('Send').click();
    expect(actsOf(requests)).to.deep.equal([{ name: 'ticket:rate', input: { stars: 4, text: 'Kind people' } }]);
    view.ticketState = findExample('rated').state;
    await view.updateComplete;
    expect(root.querySelector('form')).to.equal(null);
    expect(textOf(root, '.advice')).to.equal('Thank you for telling us.');
  });

  it('QP-13: is optional: nothing is sent without a star', async () => {
    const { button, requests } = await showTicket(findExample('rate'));
    button('Send').click();
    expect(actsOf(requests)).to.deep.equal([]);
  });

  it('QP-14: the name of the service and the words follow the language', async () => {
    const { root } = await showTicket(findExample('tamil'));
    expect(textOf(root, '.service')).to.equal('பொது மருத்துவ ஆலோசனை');
    expect(root.querySelector('.root')?.getAttribute('lang')).to.equal('ta');
  });

  it('QP-14: markup in names and notices is text', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const holder = buildHolderState({ serviceNames: { en: evil }, notice: evil, label: evil }, buildPlace(2));
    const { root } = await showTicket({ id: 'evil', state: buildTicketState(holder) });
    expect(root.querySelector('img')).to.equal(null);
    expect(textOf(root, '.business')).to.equal(evil);
  });
});
