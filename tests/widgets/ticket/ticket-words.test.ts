/** Six languages with the same keys, places and scripts; times of the branch. */
import { expect } from '@open-wc/testing';
import { LOCALES, type Locale } from '@frontdesk/protocol/locales';
import { loadTranslator, type Message } from '@frontdesk/widgets/core/locale';
import { ticketCatalogue, type TicketKey } from '@frontdesk/widgets/locales/ticket';
import { ticketEn } from '@frontdesk/widgets/locales/ticket-en';
import { writeTime } from '@frontdesk/widgets/ticket/ticket-words';

const KEYS = Object.keys(ticketEn) as TicketKey[];
const formsOf = (message: Message): string[] =>
  typeof message === 'string' ? [message] : Object.values(message).filter((text): text is string => text !== undefined);
const placesOf = (message: Message): string[] =>
  [...new Set(formsOf(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].toSorted();
const SCRIPTS: Partial<Record<Locale, RegExp>> = {
  zh: /\p{Script=Han}/u,
  ta: /\p{Script=Tamil}/u,
  hi: /\p{Script=Devanagari}/u,
  ar: /\p{Script=Arabic}/u,
};

describe('ticket words', () => {
  for (const locale of LOCALES) {
    if (locale === 'en') continue;
    it(`QP-14: ${locale} has every key, with the places of the English one and no English left over`, async () => {
      const table = await ticketCatalogue.loaders[locale]?.();
      expect(Object.keys(table ?? {}).toSorted()).to.deep.equal(KEYS.toSorted());
      for (const key of KEYS) {
        const message = table?.[key] ?? '';
        expect(placesOf(message), key).to.deep.equal(placesOf(ticketEn[key]));
        for (const text of formsOf(message)) {
          expect(text.trim(), key).to.equal(text).and.not.equal('');
          expect(formsOf(ticketEn[key]), key).not.to.include(text);
          const script = SCRIPTS[locale];
          const words = text.replaceAll(/\{\w+\}/g, '');
          if (script) expect(script.test(words) && !/[a-z]/i.test(words), `${key}: ${text}`).to.equal(true);
        }
      }
    });
  }

  it('QP-14: writes times in the zone of the branch, with the day where it is another', async () => {
    const words = await loadTranslator(ticketCatalogue, { locale: 'ms', tag: 'ms' });
    const now = '2026-11-20T15:30:00.000Z'; // 23:30 in Kuala Lumpur, 10:30 in New York.
    expect(writeTime(words, '2026-11-20T15:45:00.000Z', 'Asia/Kuala_Lumpur', now)).to.match(/^11:45/);
    expect(writeTime(words, '2026-11-20T16:15:00.000Z', 'Asia/Kuala_Lumpur', now)).to.match(/^Sabtu.*12:15/);
    expect(writeTime(words, '2026-11-20T16:15:00.000Z', 'America/New_York', now)).to.match(/^11:15/);
  });
});
