/** The pages of the queue on our own origin: who may embed, load and ask for what, and in which language they speak. */
import { expect } from 'chai';
import type { UserId } from '@frontdesk/protocol/ids';
import { startTestServer, type TestServer } from '../support/server.js';

const ELEMENTS = {
  '/display': 'frontdesk-queue-display',
  '/kiosk': 'frontdesk-kiosk',
  '/t': 'frontdesk-ticket',
  '/join': 'frontdesk-ticket',
  '/booking': 'frontdesk-manage-booking',
} as const;

describe('hosted pages', () => {
  let app: TestServer;

  before(async () => {
    app = await startTestServer();
  });
  after(() => app.close());

  const open = (path: string, language = 'en') => fetch(app.url + path, { headers: { 'Accept-Language': language } });

  for (const [path, element] of Object.entries(ELEMENTS)) {
    it(`WID-09 ${path} is its element under a strict policy, and no search engine keeps it`, async () => {
      const response = await open(path);
      const text = await response.text();
      expect(response.status).to.equal(200);
      expect(text).to.include(`<${element}`).and.include('noindex');
      for (const [, source] of text.matchAll(/<script[^>]*src="([^"]*)"/g)) expect(source).to.match(/^\/widgets\//);
      expect(text)
        .to.match(/<script[^>]*src=/)
        .and.not.to.match(/<script(?![^>]*src=)|<style|\son\w+=/);
      const policy = response.headers.get('content-security-policy')!;
      expect(policy).to.include("default-src 'none'").and.include("script-src 'self';");
      expect(policy)
        .to.include("frame-ancestors 'none'")
        .and.not.match(/unsafe-|\*/);
      expect(response.headers.get('x-robots-tag')).to.equal('noindex');
      expect(response.headers.get('referrer-policy')).to.equal('no-referrer');
    });
  }

  it('QD-13 only the display may load pictures and films of the business, and only over https', async () => {
    const policyOf = async (path: string) => (await open(path)).headers.get('content-security-policy')!;
    expect(await policyOf('/display'))
      .to.include("img-src 'self' data: https:;")
      .and.include("media-src 'self' https:");
    for (const path of ['/kiosk', '/t', '/join', '/desk']) {
      expect(await policyOf(path), path)
        .to.include("img-src 'self' data:;")
        .and.not.include('media-src');
    }
  });

  it('WID-09 each page may ask for the features that its element needs, and for no other', async () => {
    const featuresOf = async (path: string) => (await open(path)).headers.get('permissions-policy')!;
    expect(await featuresOf('/kiosk'))
      .to.include('camera=(self)')
      .and.include('serial=(self)')
      .and.include('usb=()')
      .and.include('geolocation=()');
    expect(await featuresOf('/join'))
      .to.include('geolocation=(self)')
      .and.include('serial=()')
      .and.include('camera=()');
    for (const path of ['/display', '/t', '/desk']) expect(await featuresOf(path), path).not.to.include('(self)');
  });

  it('QP-14 speaks the language of its reader, from right to left where it must', async () => {
    const arabic = await open('/t', 'ar-EG, en;q=0.5');
    expect(await arabic.text())
      .to.include('<html lang="ar" dir="rtl">')
      .and.include('<title>تذكرتك');
    expect(arabic.headers.get('vary')).to.include('Accept-Language');
    expect(await (await open('/t', 'ta')).text()).to.include('<html lang="ta" dir="ltr">');
    expect(await (await open('/kiosk', 'fr')).text()).to.include('<html lang="en" dir="ltr">');
  });

  it('the page of a booking has the colours of the website that its link names, and of no other', async () => {
    const owner = { userId: 'a'.repeat(24) as UserId, name: 'Olga Owner', email: 'olga@people.test' };
    const { tenant } = await app.server.tenancy.provision.createTenant({ name: 'Clinic', owner });
    const theme = { accent: '#0f766e', colorScheme: 'dark', launcherSide: 'end' } as const;
    const settings = { name: 'Clinic', allowedOrigins: [], theme };
    const { publicKey } = await app.server.tenancy.provision.createSite({ tenantId: tenant.id }, settings);
    const read = async (key: string) => (await open(`/booking?site=${key}`)).text();
    expect(await read(publicKey)).to.include('<frontdesk-manage-booking accent="#0f766e" color-scheme="dark">');
    for (const unknown of [`pk_${'0'.repeat(24)}`, '"><script>', '']) {
      expect(await read(encodeURIComponent(unknown))).to.include('<frontdesk-manage-booking>');
    }
  });

  it('OPS-01 the style sheet is there, and nothing else of the folder', async () => {
    expect((await open('/hosted.css')).headers.get('content-type')).to.include('text/css');
    expect((await open('/display.html')).status).to.equal(404);
  });
});
