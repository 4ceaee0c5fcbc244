import { expect } from 'chai';
import { STAFF_LOCALES } from '@frontdesk/protocol/locales';
import type { MailTemplate } from '@frontdesk/server/mail/index';
import { toInertText } from '@frontdesk/server/mail/letter';
import { renderMail } from '@frontdesk/server/mail/templates';
import { toHeaderText } from '@frontdesk/server/mail/transport';

const TOKEN = 't'.repeat(43);
const PUBLIC_URL = 'https://desk.example';

function buildTemplates(name: string): MailTemplate[] {
  return [
    { name: 'verify-address', token: TOKEN, businessName: name },
    { name: 'account-exists' },
    { name: 'reset-password', token: TOKEN },
    { name: 'invitation', token: TOKEN, businessName: name, inviterName: name },
  ];
}

describe('mail templates', () => {
  const fragments: Readonly<Record<MailTemplate['name'], string>> = {
    'verify-address': `#verify=${TOKEN}`,
    'account-exists': '',
    'reset-password': `#reset=${TOKEN}`,
    invitation: `#invite=${TOKEN}`,
  };

  for (const locale of STAFF_LOCALES) {
    for (const template of buildTemplates('Klinik Sudut')) {
      it(`AUTH-07 ${template.name} in ${locale} links to the public address with the token in the fragment`, () => {
        const { text, html, subject } = renderMail(template, locale, PUBLIC_URL);
        const link = `${PUBLIC_URL}/desk${fragments[template.name]}`;
        expect(text.split('\n')).to.include(link);
        expect(html).to.contain(`href="${link}"`);
        expect(subject).not.to.equal('');
        expect(html).to.contain(`lang="${locale}"`);
      });
    }
  }

  it('speaks Malay in Malay', () => {
    for (const template of buildTemplates('X')) {
      expect(renderMail(template, 'ms', PUBLIC_URL).subject).not.to.equal(
        renderMail(template, 'en', PUBLIC_URL).subject,
      );
    }
  });

  it('MSG-02 a name cannot become markup', () => {
    const evil = '<img src=x onerror=alert(1)>"\'&';
    for (const template of buildTemplates(evil)) {
      const { html } = renderMail(template, 'en', PUBLIC_URL);
      expect(html).not.to.contain('<img').and.not.to.contain('"\'');
    }
  });

  it('HOOK-08 a name cannot become a link that a mail program makes of an address', () => {
    const evil = 'Visit https://evil.example or www.evil.example or me@evil.example';
    for (const template of buildTemplates(evil)) {
      const { text, html, subject } = renderMail(template, 'en', PUBLIC_URL);
      for (const part of [text, html, subject]) expect(part).not.to.match(/evil\.example|:\/\/evil|me@evil/);
    }
    expect(toInertText('Dr. Lim & Co.')).to.equal('Dr. Lim & Co.');
  });

  it('INJ-07 a line break cannot start another header', () => {
    const evil = 'Shop\r\nBcc: victim@people.test\u2028x\u0000';
    expect(toHeaderText(evil)).to.equal('Shop Bcc: victim@people.test x');
  });
});
