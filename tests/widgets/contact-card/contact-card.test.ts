import { expect, nextFrame, waitUntil } from '@open-wc/testing';
import type { FrontdeskCardActionEvent } from '@frontdesk/widgets/contact-card/contact-card-events';
import type { FrontdeskContactCard } from '@frontdesk/widgets/contact-card/contact-card';
import { EXAMPLE_ACTIONS } from '@frontdesk/widgets/contact-card/states';
import { openCard, partsOf, SITE, startCardServer, viewOf, type CardServer } from './card-fixture.js';

const scriptsInHead = (): HTMLScriptElement[] => [
  ...document.head.querySelectorAll<HTMLScriptElement>('script[type="application/ld+json"]'),
];

function press(element: FrontdeskContactCard, selector: string): void {
  const found = partsOf(element).querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`Nothing is ${selector}`);
  found.click();
}

describe('contact card', () => {
  let server: CardServer;
  const stayHere = (event: Event): void => event.preventDefault();

  beforeEach(() => {
    server = startCardServer();
    // Links of the card must not leave the page of the test; this runs after everything else.
    window.addEventListener('click', stayHere);
  });
  afterEach(() => {
    server.restore();
    window.removeEventListener('click', stayHere);
    for (const one of document.querySelectorAll('frontdesk-booking, frontdesk-chat')) one.remove();
  });

  it('CC-1: shows the record, and between its tags what stands there until it is known', async () => {
    const card = await openCard();
    const text = partsOf(card).textContent.replaceAll(/\s+/g, ' ');
    for (const words of [
      'Klinik Mawar',
      'Family doctors in Bangsar',
      '+60 3 5550 0123',
      '12 Jalan Kenanga',
      'Price list',
    ]) {
      expect(text).to.include(words);
    }
    const unknown = await openCard('nonsense');
    expect(unknown.shadowRoot?.querySelector('slot')?.assignedElements()[0]?.textContent).to.equal('Contact');
    expect(server.heard).to.deep.equal(['card:read']);
  });

  it('CC-5: the links are those that the server made', async () => {
    const card = await openCard();
    const links = [...partsOf(card).querySelectorAll('a')].map((link) => link.getAttribute('href'));
    for (const { url } of EXAMPLE_ACTIONS) expect(links).to.include(url);
    expect(links).to.include('https://desk.example/cards/0123456789abcdef01234567.vcf?lang=en&show=contact');
  });

  it('CC-13: JSON-LD stands in the head once per card, follows the data, and goes with the last card', async () => {
    const before = scriptsInHead().length;
    const [one, two] = [await openCard(), await openCard()];
    const script = scriptsInHead().at(-1);
    expect(scriptsInHead()).to.have.length(before + 1);
    expect(JSON.parse(script?.textContent ?? '')).to.deep.equal(JSON.parse(server.view.structuredData));
    server.view = { ...server.view, structuredData: server.view.structuredData.replace('}', ',"name":"New"}') };
    two.locale = 'ms';
    await waitUntil(() => script?.textContent.includes('"name":"New"'));
    expect(scriptsInHead()).to.have.length(before + 1);
    one.remove();
    expect(scriptsInHead()).to.include(script);
    two.remove();
    expect(scriptsInHead()).to.have.length(before);
    expect(one.shadowRoot?.querySelector('script')).to.equal(null);
  });

  it('CC-14: carries the classes of an h-card', async () => {
    const root = partsOf(await openCard()).querySelector('.h-card');
    expect(root?.querySelector('.p-name.p-org')?.textContent).to.equal('Klinik Mawar');
    expect(root?.querySelector('.p-category')?.textContent).to.include('Family doctors');
    expect(root?.querySelector('a.u-tel')?.getAttribute('href')).to.match(/^tel:/);
    expect(root?.querySelector('a.u-email')?.getAttribute('href')).to.match(/^mailto:/);
    expect(root?.querySelector('.p-adr')?.textContent).to.include('12 Jalan Kenanga');
    expect(root?.querySelector('.p-note')).not.to.equal(null);
    expect(root?.querySelector('a.u-url')?.getAttribute('href')).to.equal('https://klinikmawar.example/prices');
  });

  it('CC-19: the page hears which kind was pressed, and nothing else', async () => {
    const card = await openCard();
    const heard: FrontdeskCardActionEvent[] = [];
    const listen = (event: FrontdeskCardActionEvent): void => void heard.push(event);
    document.body.addEventListener('frontdesk-card-action', listen);
    for (const selector of ['a.u-tel', 'a.u-email', '.chip', 'a.link', 'footer a']) press(card, selector);
    document.body.removeEventListener('frontdesk-card-action', listen);
    expect(heard.map(({ kind }) => kind)).to.deep.equal(['call', 'email', 'directions', 'link', 'save']);
    for (const event of heard) {
      expect(Object.keys(event).filter((name) => name !== 'isTrusted')).to.deep.equal(['kind']);
      expect(event.target).to.equal(card);
    }
  });

  it('CC-19: a page that cancels does something else instead', async () => {
    const card = await openCard();
    card.addEventListener('frontdesk-card-action', (event) => event.preventDefault());
    let isLeft = true;
    const look = (event: Event): void => void (isLeft = !event.defaultPrevented);
    card.addEventListener('click', look);
    press(card, 'a.u-tel');
    expect(isLeft).to.equal(false);
  });

  it('CC-20: booking opens the element of the page, preset to service and person', async () => {
    const booking = document.createElement('frontdesk-booking');
    document.body.append(booking);
    server.view = { ...server.view, book: { serviceId: 'a'.repeat(24) as never, staffId: 'b'.repeat(24) as never } };
    const card = await openCard();
    let isLeft = true;
    card.addEventListener('click', (event) => void (isLeft = !event.defaultPrevented));
    press(card, '.button--primary');
    expect(isLeft).to.equal(false);
    expect([booking.getAttribute('service'), booking.getAttribute('staff')]).to.deep.equal([
      'a'.repeat(24),
      'b'.repeat(24),
    ]);
    expect(document.activeElement).to.equal(booking);
  });

  it('CC-20: a form that stands behind a button is opened', async () => {
    const booking = document.createElement('frontdesk-booking');
    booking.setAttribute('view', 'popup');
    document.body.append(booking);
    press(await openCard(), '.button--primary');
    expect(booking.hasAttribute('open')).to.equal(true);
  });

  it('CC-20: without that element it is a link, and without a link there is no button', async () => {
    const card = await openCard();
    let isLeft = false;
    card.addEventListener('click', (event) => void (isLeft = !event.defaultPrevented));
    press(card, '.button--primary');
    expect(isLeft).to.equal(true);
    card.remove();
    const actions = server.view.actions.map((action) => (action.kind === 'book' ? { ...action, url: null } : action));
    server.view = { ...server.view, actions };
    expect(partsOf(await openCard()).querySelector('.button--primary')).to.equal(null);
  });

  it('CC-20: chat opens the chat of the page', async () => {
    const chat = document.createElement('frontdesk-chat');
    document.body.append(chat);
    const card = await openCard();
    press(card, '.main .button:not(.button--primary)');
    expect(chat.hasAttribute('open')).to.equal(true);
  });

  it('CC-17: what is hidden stands nowhere until it is pressed for; then the focus is on it', async () => {
    server.restore();
    const shown = { actions: [...EXAMPLE_ACTIONS], isContactHidden: false };
    const hidden = { actions: EXAMPLE_ACTIONS.filter(({ text }) => text === null), isContactHidden: true };
    server = startCardServer(hidden, shown);
    const card = await openCard();
    expect(partsOf(card).querySelector('article')?.outerHTML).not.to.match(/5550|hello@/);
    expect(partsOf(card).querySelector('footer a')?.getAttribute('href')).not.to.include('show=contact');
    press(card, 'button.row');
    await waitUntil(() => partsOf(card).querySelector('a.u-tel') !== null);
    await viewOf(card)?.updateComplete;
    expect(partsOf(card).activeElement?.getAttribute('href')).to.match(/^tel:/);
    expect(server.heard).to.deep.equal(['card:read', 'card:reveal']);
  });

  it('CC-11: the code is fetched and drawn at the press, with a name, and goes again', async () => {
    const card = await openCard();
    press(card, 'footer button');
    await waitUntil(() => partsOf(card).querySelector('.qr') !== null);
    expect(partsOf(card).querySelector('.qr')?.getAttribute('aria-label')).to.equal(
      'QR code with the card of Klinik Mawar',
    );
    press(card, 'footer button');
    await waitUntil(() => partsOf(card).querySelector('.qr') === null);
  });

  it('CC-15: the form comes at the press, with the focus in its first field', async () => {
    const card = await openCard();
    press(card, '.write button');
    await waitUntil(() => partsOf(card).querySelector('frontdesk-card-form')?.shadowRoot?.activeElement);
    const form = partsOf(card).querySelector('frontdesk-card-form')?.shadowRoot;
    expect(form?.activeElement?.getAttribute('name')).to.equal('name');
    expect(partsOf(card).querySelector('.write button')?.getAttribute('aria-expanded')).to.equal('true');
    await nextFrame();
  });

  it('CC-15: what somebody types, the focus and the opened hours stay when the card is drawn anew', async () => {
    const card = await openCard();
    press(card, '.write button');
    const formOf = () => partsOf(card).querySelector('frontdesk-card-form')?.shadowRoot;
    await waitUntil(() => formOf()?.activeElement);
    const field = formOf()?.querySelector<HTMLTextAreaElement>('textarea');
    if (!field) throw new Error('There is no field.');
    field.value = 'Do you see';
    field.focus();
    partsOf(card).querySelector('details')?.setAttribute('open', '');
    server.view = { ...server.view, name: 'Klinik Melur', about: null, links: [], role: 'Dentists' };
    card.locale = 'ms';
    await waitUntil(() => partsOf(card).textContent.includes('Klinik Melur'));
    expect(partsOf(card).querySelector('.about, .links')).to.equal(null);
    await waitUntil(() => formOf()?.textContent.includes('Hantar'));
    expect(formOf()?.querySelector('textarea')?.value).to.equal('Do you see');
    expect(formOf()?.activeElement).to.equal(field);
    expect(partsOf(card).querySelector('details')?.open).to.equal(true);
    expect(partsOf(card).querySelectorAll('.hours')).to.have.length(1);
  });

  it('CC-1: takes what a framework sets before the code is there, and sets attributes by properties', async () => {
    const early = document.createElement('div');
    const tag = 'frontdesk-contact-card';
    const { constructor } = document.createElement(tag);
    // As an element that was on the page before its class: what is set then stands on the element itself.
    early.innerHTML = `<${tag}></${tag}>`;
    const card = early.firstElementChild as FrontdeskContactCard;
    Object.defineProperty(card, 'site', { value: SITE, configurable: true, writable: true, enumerable: true });
    document.body.append(early);
    expect(card.constructor).to.equal(constructor);
    expect([card.getAttribute('site'), card.site, Object.hasOwn(card, 'site')]).to.deep.equal([SITE, SITE, false]);
    card.colorScheme = 'dark';
    expect(card.getAttribute('color-scheme')).to.equal('dark');
    card.colorScheme = null;
    expect(card.hasAttribute('color-scheme')).to.equal(false);
    early.remove();
  });
});
