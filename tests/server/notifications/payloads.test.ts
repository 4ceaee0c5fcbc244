/** BK-24: what leaves for a channel, by the rules of the country and the carrier. */
import { expect } from 'chai';
import fc from 'fast-check';
import type { CustomerMessage } from '@frontdesk/server/notifications/index';
import { preparePayload } from '@frontdesk/server/notifications/payloads';
import type { SmsSender } from '@frontdesk/server/notifications/sms-rules';
import type { WhatsAppTemplate } from '@frontdesk/server/notifications/whatsapp-rules';

const LINK = 'https://desk.example/booking?site=pk_1#secret';

function buildMessage(patch: Partial<CustomerMessage['fields']> = {}, sender = 'Klinik Damai'): CustomerMessage {
  const fields = {
    business: sender,
    service: 'Consultation',
    when: 'Tue, 24 Nov, 10:00 am',
    code: 'K7MP3XQ9',
    link: LINK,
  };
  const all = { ...fields, ...patch };
  return {
    sender,
    id: 'booking.2.confirmed',
    topic: 'confirmed',
    fields: all,
    letter: {
      language: 'en',
      subject: `Booked: ${all.service}, ${all.when}`,
      paragraphs: ['Your appointment is booked.'],
      action: { label: 'Change or cancel', url: LINK },
      footer: 'You get this because …',
    },
  };
}

const INDIA: NonNullable<SmsSender['india']> = {
  entityId: '1101234567890123456',
  header: 'KLINIK',
  linkPrefixes: ['https://desk.example/'],
  templates: {
    confirmed: {
      id: '1107161234567890123',
      text: 'Booked at {#alphanumeric#}: {#alphanumeric#}. Change it: {#url#}',
      variables: ['business', 'when', 'link'],
    },
  },
};

describe('payloads of messages', () => {
  const sms = (number: string, message: CustomerMessage, india: SmsSender['india'] = INDIA) =>
    preparePayload('sms', { channel: 'sms', number }, message, { india });
  const textOf = (prepared: ReturnType<typeof sms>): string => (prepared.ok ? prepared.payload.text : prepared.reason);

  describe('to Malaysia', () => {
    it('BK-24: an SMS has the business first, the code, no link and no number to call', () => {
      expect(textOf(sms('+60123456789', buildMessage()))).to.equal(
        'Klinik Damai: Booked: Consultation, Tue, 24 Nov, 10:00 am. K7MP3XQ9',
      );
    });

    it('BK-24: what a business wrote into its names is taken out', () => {
      const message = buildMessage(
        { service: 'Check-up (call 03-7955 1234) www.damai.example' },
        'Klinik Damai klinik.example +60 12 345 6789',
      );
      const text = textOf(sms('+60123456789', message));
      expect(text).to.equal('Klinik Damai klinik. example: Booked: Check-up (call ) Tue, 24 Nov, 10:00 am. K7MP3XQ9');
    });

    it('BK-24: whatever the words are, no SMS to +60 has a link or a number in it', () => {
      const part = fc.oneof(
        fc.string(),
        fc.constantFrom(
          'http://a.example',
          'WWW.B.EXAMPLE',
          'c.example/x',
          '+60 12-345 6789',
          '(03) 7955.1234',
          '٠١٢٣٤٥٦٧٨٩',
        ),
      );
      const words = fc.array(part, { maxLength: 5 }).map((parts) => parts.join(' '));
      fc.assert(
        fc.property(words, words, words, (service, sender, code) => {
          const prepared = sms('+60123456789', buildMessage({ service, code }, sender));
          if (!prepared.ok) return;
          const { text } = prepared.payload;
          expect(text).not.to.match(/https?:\/\/|www\.|[\p{L}\d]\.\p{L}/iu);
          expect(text).not.to.match(/\p{Nd}(?:[\s().\-/]*\p{Nd}){6,}/u);
        }),
      );
    });

    it('BK-24: a code that reads like a number is not sent', () => {
      expect(sms('+60123456789', buildMessage({ code: '23456789' }))).to.deep.equal({ ok: false, reason: 'content' });
    });
  });

  describe('to India', () => {
    it('BK-24: an SMS carries its registered template, header and entity, word for word', () => {
      expect(sms('+919876543210', buildMessage())).to.deep.equal({
        ok: true,
        payload: {
          to: '+919876543210',
          text: `Booked at Klinik Damai: Tue, 24 Nov, 10:00 am. Change it: ${LINK}`,
          header: 'KLINIK',
          entityId: '1101234567890123456',
          templateId: '1107161234567890123',
        },
      });
    });

    it('BK-24: without registration, template, or id of one, nothing is sent', () => {
      const refused = { ok: false, reason: 'template' };
      const to = '+919876543210';
      const { confirmed } = INDIA.templates;
      expect(sms(to, buildMessage(), null)).to.deep.equal(refused);
      expect(sms(to, { ...buildMessage(), topic: 'moved' })).to.deep.equal(refused);
      expect(sms(to, buildMessage(), { ...INDIA, header: 'KD' })).to.deep.equal(refused);
      const withTemplate = (patch: object) => ({ ...INDIA, templates: { confirmed: { ...confirmed!, ...patch } } });
      expect(sms(to, buildMessage(), withTemplate({ id: '123' }))).to.deep.equal(refused);
      expect(sms(to, buildMessage(), withTemplate({ variables: ['business'] }))).to.deep.equal(refused);
    });

    it('BK-24: links stand where a link was registered, and under a prefix on the list', () => {
      const to = '+919876543210';
      const refused = { ok: false, reason: 'content' };
      expect(sms(to, buildMessage({ link: 'https://evil.example/' }))).to.deep.equal(refused);
      expect(sms(to, buildMessage({ business: 'www.evil.example' }))).to.deep.equal(refused);
    });
  });

  it('BK-24: elsewhere an SMS has the link', () => {
    expect(textOf(sms('+6581234567', buildMessage()))).to.match(/^Klinik Damai: Booked: .* K7MP3XQ9 https:/);
  });

  describe('over WhatsApp', () => {
    const nowMs = Date.parse('2026-11-20T12:00:00Z');
    const TEMPLATE: WhatsAppTemplate = {
      name: 'booking_confirmed',
      language: 'en',
      category: 'utility',
      status: 'approved',
      variables: ['business', 'when'],
      buttons: [
        { type: 'quick-reply', payload: 'confirm' },
        { type: 'url', variable: 'code' },
      ],
    };
    const send = (patch: { hasOptedIn?: boolean; lastHeardMs?: number | null }, ...templates: WhatsAppTemplate[]) =>
      preparePayload(
        'whatsapp',
        { channel: 'whatsapp', number: '+60123456789', hasOptedIn: true, lastHeardMs: null, ...patch },
        buildMessage(),
        { nowMs, templates: { confirmed: templates } },
      );

    it('BK-24: nobody is written to who did not ask for it', () => {
      expect(send({ hasOptedIn: false, lastHeardMs: nowMs - 1 }, TEMPLATE)).to.deep.equal({
        ok: false,
        reason: 'consent',
      });
    });

    it('BK-24: for 24 hours after their last message in free words, then in those of the template', () => {
      const dayMs = 24 * 60 * 60 * 1_000;
      const typeOf = (prepared: ReturnType<typeof send>) => (prepared.ok ? prepared.payload.type : prepared.reason);
      expect(typeOf(send({ lastHeardMs: nowMs - dayMs + 1 }))).to.equal('text');
      expect(typeOf(send({ lastHeardMs: nowMs - dayMs }))).to.equal('template');
      const prepared = send({ lastHeardMs: nowMs - dayMs }, TEMPLATE);
      expect(prepared).to.deep.equal({
        ok: true,
        payload: {
          messaging_product: 'whatsapp',
          to: '60123456789',
          type: 'template',
          template: {
            name: 'booking_confirmed',
            language: { code: 'en' },
            components: [
              {
                type: 'body',
                parameters: [
                  { type: 'text', text: 'Klinik Damai' },
                  { type: 'text', text: 'Tue, 24 Nov, 10:00 am' },
                ],
              },
              {
                type: 'button',
                sub_type: 'quick_reply',
                index: '0',
                parameters: [{ type: 'payload', payload: 'confirm' }],
              },
              { type: 'button', sub_type: 'url', index: '1', parameters: [{ type: 'text', text: 'K7MP3XQ9' }] },
            ],
          },
        },
      });
    });

    it('BK-24: only approved utility templates in the customer’s language, with ten buttons at most', () => {
      const [button] = TEMPLATE.buttons;
      const wrong: Partial<WhatsAppTemplate>[] = [
        { status: 'pending' },
        { status: 'paused' },
        { category: 'marketing' },
        { language: 'ms' },
        { buttons: Array.from({ length: 11 }, () => button!) },
      ];
      for (const patch of wrong) {
        const prepared = send({}, { ...TEMPLATE, ...patch });
        expect(prepared, JSON.stringify(patch)).to.deep.equal({ ok: false, reason: 'template' });
      }
      expect(send({}, { ...TEMPLATE, buttons: Array.from({ length: 10 }, () => button!) }).ok).to.equal(true);
    });
  });

  it('BK-24: a mail is a letter from the business with its own id', () => {
    const address = { channel: 'email', address: 'mei@example.test' } as const;
    const prepared = preparePayload('email', address, buildMessage(), { host: 'desk.example' });
    expect(prepared.ok && prepared.payload).to.include({
      to: 'mei@example.test',
      fromName: 'Klinik Damai',
      messageId: 'booking.2.confirmed@desk.example',
      subject: 'Booked: Consultation, Tue, 24 Nov, 10:00 am',
    });
  });
});
