/** A card under its own address, over plain HTTP. */
import { expect } from 'chai';
import { startTestServer, type TestServer } from '../../support/server.js';
import { rasterizeSvg, readQr } from '../../support/qr-reader.js';
import { readVCard } from '../../domain/support/vcard-reader.js';
import { FULL_CARD, openClinic, PHOTO, type Clinic } from './clinic.js';

/** Two centimetres at 300 dots per inch. */
const PRINTED_DOTS = Math.floor((2 / 2.54) * 300);
/** Friday, 10:42 in Kuala Lumpur. */
const NOW = Date.parse('2026-11-20T02:42:00.000Z');

describe('pages of a contact card', function pages() {
  this.timeout(20_000);
  let app: TestServer;
  let clinic: Clinic;
  let nowMs = NOW;

  before(async () => {
    app = await startTestServer({ clock: { now: () => nowMs } });
    clinic = await openClinic(app);
  });
  after(() => app.close());
  afterEach(() => {
    nowMs = NOW;
  });

  const pathOf = (file: string): string => `${app.url}/cards/${clinic.card.id}.${file}`;
  const get = (file: string, headers: Record<string, string> = {}) =>
    fetch(pathOf(file), { headers: { 'Accept-Language': 'en', ...headers } });
  const textOf = async (file: string): Promise<string> => (await get(file)).text();

  it('CC-6: every button is a link of the page, which has no script and sends no form', async () => {
    const response = await get('html');
    expect(response.headers.get('content-type')).to.equal('text/html; charset=utf-8');
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).to.include("default-src 'none'").and.include("script-src 'self'").and.include("form-action 'none'");
    const html = await response.text();
    expect(html).not.to.match(/<script(?! type="application\/ld\+json")|<form|<style|\sstyle=|\son\w+=/);
    const links = [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));
    const { actions } = await clinic.read();
    for (const { url } of actions) expect(links).to.include(url);
    expect(links).to.include(pathOf('vcf?lang=en'));
  });

  it('CC-6: speaks the language of the reader, from right to left where it must, or the one that is asked for', async () => {
    const arabic = await (await get('html', { 'Accept-Language': 'ar-EG,en;q=0.5' })).text();
    expect(arabic).to.include('<html lang="ar" dir="rtl">').and.include('حفظ جهة الاتصال');
    expect(await textOf('html?lang=ta'))
      .to.include('<html lang="ta" dir="ltr">')
      .and.include('தொடர்பைச் சேமி');
    expect(await textOf('html?lang=ms')).to.include('Klinik keluarga');
    expect(await textOf('html?lang=xx')).to.include('<html lang="en"');
  });

  it('CC-2: says whether it is open now, by the clock of the branch', async () => {
    expect(await textOf('html')).to.match(/state--open">Open now, until 12:15\sPM</);
    nowMs = Date.parse('2026-11-20T04:15:00.000Z');
    expect(await textOf('html')).to.match(/state">Closed now, opens 2:45\sPM</);
    nowMs = Date.parse('2026-11-20T13:00:00.000Z');
    expect(await textOf('html')).to.match(/Closed now, opens Mon,? 8:30\sAM/);
  });

  it('CC-14: is an h-card: name, organisation, photo, number, mail, address, note', async () => {
    const html = await textOf('html');
    const root = /<main class="h-card">([\s\S]*)<\/main>/.exec(html)?.[1] ?? '';
    const valueOf = (name: string): string | undefined =>
      new RegExp(`<\\w+ class="(?:[^"]* )?${name}(?: [^"]*)?"[^>]*>([^<]*)<`).exec(root)?.[1];
    const linkOf = (name: string): string | undefined =>
      new RegExp(`<(?:a|img) class="(?:[^"]* )?${name}"[^>]*(?:href|src)="([^"]*)"`).exec(root)?.[1];
    const escaped = 'Klinik Mawar; &quot;Bangsar&quot; &lt;1&gt;';
    expect([valueOf('p-name'), valueOf('p-org')]).to.deep.equal([escaped, escaped]);
    expect(valueOf('p-category')).to.equal('Family clinic');
    expect(valueOf('p-adr')).to.equal('12 Jalan Kenanga, 46000 Petaling Jaya');
    expect(valueOf('p-note')).to.equal('We see everybody, also &lt;b&gt;without&lt;/b&gt; an appointment.');
    expect(linkOf('u-tel')).to.equal('tel:+60355500123;ext=12');
    expect(linkOf('u-email')).to.match(/^mailto:hello@klinikmawar\.example/);
    expect(linkOf('u-photo')).to.equal(PHOTO);
    expect(linkOf('u-url')).to.equal('https://klinikmawar.example/prices');
  });

  it('CC-13: carries its structured data, which read back as they are', async () => {
    const html = await textOf('html');
    const [, json = ''] = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(html) ?? [];
    const data = JSON.parse(json) as Record<string, unknown>;
    expect(data).to.include({ '@type': 'LocalBusiness', '@id': pathOf('html'), name: FULL_CARD.name });
    expect(data['openingHoursSpecification']).to.have.length(2);
    expect(JSON.stringify(data['specialOpeningHoursSpecification'])).to.include('2026-12-25');
  });

  it('CC-9: the vCard comes over HTTP with the right type, a safe name and a tag', async () => {
    const response = await get('vcf');
    expect(response.headers.get('content-type')).to.equal('text/vcard; charset=utf-8');
    expect(response.headers.get('content-disposition')).to.equal(
      `attachment; filename="klinik-mawar-bangsar-1.vcf"; filename*=UTF-8''Klinik%20Mawar%3B%20Bangsar%201.vcf`,
    );
    expect(response.headers.get('x-content-type-options')).to.equal('nosniff');
    const read = readVCard(await response.text());
    expect(read.version).to.equal('3.0');
    expect(read.one('FN')).to.equal(FULL_CARD.name);
    const tag = response.headers.get('etag') ?? '';
    expect((await get('vcf', { 'If-None-Match': tag })).status).to.equal(304);
    await clinic.change({ abouts: { en: 'Something new.' } });
    const changed = await get('vcf', { 'If-None-Match': tag });
    expect(changed.status).to.equal(200);
    expect(readVCard(await changed.text()).one('NOTE')).to.equal('Something new.');
    await clinic.change({ abouts: FULL_CARD.abouts });
  });

  it('CC-9: a name in another script makes a name that every system takes', async () => {
    await clinic.change({ name: '玫瑰诊所 / கிளினிக்' });
    const disposition = (await get('vcf')).headers.get('content-disposition') ?? '';
    expect(disposition).to.match(/^attachment; filename="contact\.vcf"; filename\*=UTF-8''%[\w%.]+\.vcf$/);
    expect(decodeURIComponent(disposition.split("''")[1] ?? '')).to.equal('玫瑰诊所 கிளினிக்.vcf');
    await clinic.change({ name: FULL_CARD.name });
  });

  it('CC-8: 4.0 and jCard are there by address, and the photo only when it is asked for', async () => {
    expect(readVCard(await textOf('vcf?version=4')).version).to.equal('4.0');
    const json = await get('json');
    expect(json.headers.get('content-type')).to.match(/^application\/vcard\+json/);
    expect(await json.json()).to.have.property('0', 'vcard');
    expect(await textOf('vcf')).not.to.include('PHOTO');
    expect(await textOf('vcf?photo=1')).to.match(/\r\nPHOTO;ENCODING=b;TYPE=PNG:\S+\r\n\r\nEND:VCARD/);
  });

  it('CC-11: the code leads to the page, printed at 2 cm and 300 dpi, in a quiet zone, with a name', async () => {
    const response = await get('svg');
    expect(response.headers.get('content-type')).to.match(/^image\/svg\+xml/);
    expect(response.headers.get('cross-origin-resource-policy')).to.equal('cross-origin');
    const svg = await response.text();
    const read = readQr(rasterizeSvg(svg, PRINTED_DOTS));
    expect(read.text).to.equal(pathOf('html'));
    expect(read.quietModules).to.be.at.least(3.9);
    expect(svg).to.include('role="img"').and.include('<title>QR code with the card of Klinik Mawar; &quot;');
  });

  it('CC-12: the code for places without a network holds name and number, in version 7 or below', async () => {
    const read = readQr(rasterizeSvg(await textOf('svg?code=contact'), PRINTED_DOTS));
    expect(read.version).to.be.at.most(7);
    expect(Buffer.byteLength(read.text)).to.be.at.most(120);
    expect(readVCard(`${read.text}\r\n`).one('TEL')).to.equal('+60355500123');
    await clinic.change({ name: 'ஸ்ரீ முருகன் பல் மருத்துவமனை மற்றும் ஆராய்ச்சி மையம்' });
    const long = readQr(rasterizeSvg(await textOf('svg?code=contact'), PRINTED_DOTS));
    expect(long.version).to.be.at.most(7);
    expect(readVCard(`${long.text}\r\n`).one('FN')).to.match(/^ஸ்ரீ முருகன்/);
    await clinic.change({ name: FULL_CARD.name, phone: null });
    expect((await get('svg?code=contact')).status).to.equal(404);
    await clinic.change({ phone: FULL_CARD.phone });
  });

  it('CC-17: what is hidden is in no page, file or code before it is asked for, and search engines keep none that shows it', async () => {
    await clinic.change({ hidesContactData: true });
    try {
      for (const file of ['html', 'vcf', 'vcf?version=4', 'vcf?photo=1', 'json', 'svg']) {
        expect(await textOf(file), file).not.to.match(/60355500123|5550 0123|60123456789|hello@/);
      }
      expect((await get('svg?code=contact')).status).to.equal(404);
      const html = await textOf('html');
      const [, reveal = ''] = /href="([^"]*show=contact)"/.exec(html) ?? [];
      const shown = await fetch(reveal.replaceAll('&amp;', '&'));
      expect(shown.headers.get('x-robots-tag')).to.equal('noindex');
      expect(await shown.text()).to.include('tel:+60355500123;ext=12');
      expect(await textOf('vcf?show=contact')).to.include('TEL;TYPE=WORK,VOICE:+60355500123 x12');
    } finally {
      await clinic.change({ hidesContactData: false });
    }
  });

  it('CC-9: an unknown card, another file and another method are not there', async () => {
    expect((await fetch(`${app.url}/cards/${'0'.repeat(24)}.html`)).status).to.equal(404);
    expect((await get('exe')).status).to.equal(404);
    expect((await fetch(`${app.url}/cards/..%2f..%2fpackage.json`)).status).to.equal(404);
    expect((await fetch(pathOf('vcf'), { method: 'POST' })).status).to.be.oneOf([404, 405]);
    expect((await fetch(pathOf('vcf'), { method: 'HEAD' })).status).to.equal(200);
  });

  it('SES-04: the cards of a suspended business are gone', async () => {
    const { provision } = app.server.tenancy;
    const context = { tenantId: clinic.shop.site.tenantId };
    await provision.setSuspended(context, true);
    expect((await get('html')).status).to.equal(404);
    await provision.setSuspended(context, false);
    expect((await get('html')).status).to.equal(200);
  });
});
