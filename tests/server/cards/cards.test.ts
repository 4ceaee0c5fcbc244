import { expect } from 'chai';
import { createIdempotencyKey } from '@frontdesk/protocol/ids';
import type { CardDto, CardView } from '@frontdesk/protocol/cards';
import { CARD_PHOTO_MAX_BYTES } from '@frontdesk/protocol/limits';
import { callHttp, dataOf, startTestServer, type TestServer } from '../../support/server.js';
import { SHOP_ORIGIN } from '../../support/sockets.js';
import { listOpeningDays } from '@frontdesk/domain/hours/opening-days';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { OpeningHours } from '@frontdesk/protocol/hours';
import { HOURS, openClinic, PHOTO, type Clinic } from './clinic.js';

/** The second day is the server's today, at whatever hour the test runs. */
function expectDays({ days }: CardView, hours: OpeningHours): void {
  const todayMs = (days?.[1]?.start ?? 0) * 60_000;
  expect(days).to.deep.equal(listOpeningDays(hours, getZone('Asia/Kuala_Lumpur'), todayMs));
}

describe('contact cards', function cards() {
  this.timeout(20_000);
  let app: TestServer;
  let clinic: Clinic;

  before(async () => {
    app = await startTestServer();
  });
  after(() => app.close());
  beforeEach(async () => {
    clinic = await openClinic(app);
  });

  const codeOf = (answer: { result: { ok: boolean } }): unknown =>
    (answer.result as { error?: { code: string } }).error?.code;

  it('CC-1: a visitor gets name, role, photo, hours and buttons from one record, in the language of the reader', async () => {
    const view = await clinic.read('ms');
    expect(view).to.include({ name: clinic.card.name, role: 'Klinik keluarga', photo: PHOTO, locationName: 'Bangsar' });
    expect(view.about).to.equal(clinic.card.abouts?.en);
    expectDays(view, HOURS);
    expect(view.timeZone).to.equal('Asia/Kuala_Lumpur');
    expect(view.links).to.deep.equal([{ label: 'Price list', url: 'https://klinikmawar.example/prices' }]);
    expect(view.actions.map(({ kind, map }) => map ?? kind)).to.deep.equal([
      'call',
      'whatsapp',
      'sms',
      'email',
      'google',
      'geo',
      'book',
      'chat',
    ]);
  });

  it('CC-1: absent data makes no button, and the order is the one that was chosen', async () => {
    const none = { phone: null, sms: null, whatsapp: null, email: null, photo: null, roles: null, abouts: null };
    await clinic.change({ ...none, buttons: ['directions', 'email', 'call'], position: null });
    expect((await clinic.read()).actions.map(({ kind }) => kind)).to.deep.equal(['directions', 'directions']);
    await clinic.change({ email: 'a@b.example', phone: { number: '+919876543210', extension: null } });
    const { actions } = await clinic.read();
    expect(actions.map(({ kind }) => kind)).to.deep.equal(['directions', 'directions', 'email', 'call']);
    const bare = dataOf(
      await clinic.staff<CardDto>('card:create', { locationId: clinic.locationId, subject: 'location', name: 'Bare' }),
    );
    const view = await clinic.read('en', bare.id);
    expect(view.actions.map(({ map }) => map)).to.deep.equal(['google', 'apple', 'waze']);
    expect(view).to.deep.include({ role: null, about: null, photo: null, links: [], hasForm: true });
  });

  it('CC-5: the buttons are exact: +60 with an extension, +91, and the text encoded', async () => {
    const url = (view: CardView, kind: string) => view.actions.find((action) => action.kind === kind);
    const view = await clinic.read();
    const opener = encodeURIComponent('Hi, I am writing from your website.');
    expect(url(view, 'call')).to.include({ url: 'tel:+60355500123;ext=12', text: '+60 3 5550 0123 × 12' });
    expect(url(view, 'whatsapp')?.url).to.equal(`https://wa.me/60123456789?text=${opener}`);
    expect(url(view, 'email')?.url).to.equal(`mailto:hello@klinikmawar.example?body=${opener}`);
    expect(url(await clinic.read('ms'), 'sms')?.url).to.equal('sms:+60123456789?body=Hai!');
    await clinic.change({ phone: { number: '+919876543210', extension: null } });
    expect(url(await clinic.read(), 'call')).to.include({ url: 'tel:+919876543210', text: '+91 98765 43210' });
  });

  it('CC-16: a card of a person inherits the hours of the location, may have its own, and follows a change', async () => {
    const created = await clinic.staff<CardDto>('card:create', {
      locationId: clinic.locationId,
      subject: 'staff',
      name: 'Dr. Nurul Aisyah',
      roles: { en: 'Family doctor' },
    });
    const { id } = dataOf(created);
    expectDays(await clinic.read('en', id), HOURS);
    const own = { ...HOURS, weekly: HOURS.weekly.map(() => [{ from: '09:00', to: '11:00' }]) };
    await clinic.change({ hours: own }, id);
    expectDays(await clinic.read('en', id), own);
    expectDays(await clinic.read(), HOURS);
    await clinic.change({ hours: null }, id);
    await clinic.staff('location:update', { locationId: clinic.locationId, hours: own });
    expectDays(await clinic.read('en', id), own);
    await clinic.change({ showsHours: false }, id);
    expect((await clinic.read('en', id)).days).to.equal(null);
  });

  it('CC-17: what the owner hides is in no view before it is asked for', async () => {
    await clinic.change({ hidesContactData: true });
    const hidden = await clinic.read();
    expect(hidden.isContactHidden).to.equal(true);
    expect(JSON.stringify(hidden)).not.to.match(/60355500123|5550|60123456789|hello@/);
    expect(hidden.actions.map(({ kind }) => kind)).to.deep.equal(['directions', 'directions', 'book', 'chat']);
    const shown = dataOf(await clinic.ask<CardView>('card:reveal', { cardId: clinic.card.id, locale: 'en' }));
    expect(shown.isContactHidden).to.equal(false);
    expect(shown.actions.find(({ kind }) => kind === 'call')?.url).to.equal('tel:+60355500123;ext=12');
    await clinic.change({ phone: null, sms: null, whatsapp: null, email: null });
    expect((await clinic.read()).isContactHidden).to.equal(false);
  });

  it('CC-13: structured data follow the card, and cannot end the script element that they stand in', async () => {
    await clinic.change({ name: 'A</script><script>alert(1)' });
    const { structuredData } = await clinic.read();
    expect(structuredData).not.to.include('<');
    expect((JSON.parse(structuredData) as { name: string }).name).to.equal('A</script><script>alert(1)');
  });

  it('TEN-09: members read the cards, owners and admins change them', async () => {
    for (const role of ['admin', 'agent', 'viewer'] as const) {
      const { email } = await clinic.shop.addMember(role, `Person ${role}`);
      const { accessToken: token } = await clinic.shop.signIn(email);
      const options = { audience: 'staff', token } as const;
      const list = await callHttp<{ cards: CardDto[] }>(app.url, 'card:list', {}, options);
      expect(dataOf(list).cards[0]?.id).to.equal(clinic.card.id);
      const change = await callHttp(app.url, 'card:update', { cardId: clinic.card.id, name: role }, options);
      const fresh = { locationId: clinic.locationId, subject: 'location', name: 'More' };
      const create = await callHttp(app.url, 'card:create', fresh, options);
      const expected = role === 'admin' ? undefined : 'FORBIDDEN';
      expect([codeOf(change), codeOf(create)], role).to.deep.equal([expected, expected]);
    }
    expect((await clinic.read()).name).to.equal('admin');
  });

  it('TEN-02: nobody reads or changes a card of another business, nor puts one at its location', async () => {
    const other = await openClinic(app);
    const foreign = { cardId: other.card.id, locale: 'en' };
    expect(codeOf(await clinic.ask('card:read', foreign))).to.equal('NOT_FOUND');
    expect(codeOf(await clinic.ask('card:reveal', foreign))).to.equal('NOT_FOUND');
    expect(codeOf(await clinic.staff('card:update', { cardId: other.card.id, name: 'Ours' }))).to.equal('NOT_FOUND');
    const there = { locationId: other.locationId, subject: 'location', name: 'Ours' };
    expect(codeOf(await clinic.staff('card:create', there))).to.equal('NOT_FOUND');
    expect((await other.read()).name).to.equal(other.card.name);
    const elsewhere = await clinic.ask(
      'card:read',
      { cardId: clinic.card.id, locale: 'en' },
      { origin: 'https://x.example' },
    );
    expect(codeOf(elsewhere)).to.equal('ORIGIN_NOT_ALLOWED');
    expect(SHOP_ORIGIN).not.to.equal('https://x.example');
  });

  it('CC-1: an archived card is gone, and comes back', async () => {
    await clinic.change({ isArchived: true });
    expect(codeOf(await clinic.ask('card:read', { cardId: clinic.card.id, locale: 'en' }))).to.equal('NOT_FOUND');
    expect((await fetch(`${app.url}/cards/${clinic.card.id}.html`)).status).to.equal(404);
    await clinic.change({ isArchived: false });
    expect((await clinic.read()).id).to.equal(clinic.card.id);
  });

  it('SOC-04: a lost acknowledgement makes no second card, and another body under the key is refused', async () => {
    const key = createIdempotencyKey();
    const input = { locationId: clinic.locationId, subject: 'staff', name: 'Dr. Mei' };
    const [first, again] = [
      await clinic.staff<CardDto>('card:create', input, key),
      await clinic.staff('card:create', input, key),
    ];
    expect(again.result).to.deep.equal(first.result);
    expect(codeOf(await clinic.staff('card:create', { ...input, name: 'Else' }, key))).to.equal('IDEMPOTENCY_MISMATCH');
    const { cards } = dataOf(await clinic.staff<{ cards: CardDto[] }>('card:list', {}));
    expect(cards).to.have.length(2);
  });

  it('SOC-01: bad input is refused by field', async () => {
    const dataUrl = (type: string, bytes: Buffer): string => `data:image/${type};base64,${bytes.toString('base64')}`;
    const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
    const bad: Record<string, unknown>[] = [
      { phone: { number: '03-5550 0123', extension: null } },
      { phone: { number: '+60355500123', extension: 'x' } },
      { email: 'nobody' },
      { website: 'http://klinik.example/' },
      { website: 'javascript:alert(1)' },
      { links: [{ labels: { en: 'x' }, url: 'data:text/html,x' }] },
      { photo: 'https://images.example/me.jpg' },
      { photo: dataUrl('svg+xml', Buffer.from('<svg/>')) },
      { photo: dataUrl('png', Buffer.from('GIF89a--------')) },
      { photo: dataUrl('png', Buffer.concat([png, Buffer.alloc(CARD_PHOTO_MAX_BYTES)])) },
      { position: { latitude: 91, longitude: 0 } },
      { buttons: ['fax'] },
      { roles: { ms: 'Tanpa bahasa Inggeris' } },
      { name: ' ' },
    ];
    for (const patch of bad) {
      const answer = await clinic.staff('card:update', { cardId: clinic.card.id, ...patch });
      expect(codeOf(answer), JSON.stringify(patch).slice(0, 80)).to.equal('VALIDATION');
      const fields = Object.keys((answer.result as { error: { fields?: object } }).error.fields ?? {});
      expect(fields[0]).to.match(new RegExp(`^${Object.keys(patch)[0]}`));
    }
    const largest = dataUrl('png', Buffer.concat([png, Buffer.alloc(CARD_PHOTO_MAX_BYTES - png.length)]));
    expect((await clinic.change({ photo: largest })).photo).to.equal(largest);
    expect((await clinic.change({ photo: dataUrl('webp', Buffer.from('RIFF\x10\0\0\0WEBPVP8 ')) })).photo).to.match(
      /webp/,
    );
    expect((await clinic.change({ photo: dataUrl('jpeg', Buffer.from([255, 216, 255, 224, 0])) })).photo).to.match(
      /jpeg/,
    );
  });
});
