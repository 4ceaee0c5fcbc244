import { expect } from '@open-wc/testing';
import { LOCALES, type Locale } from '@frontdesk/protocol/locales';
import {
  daysBetween,
  loadTranslator,
  matchLocale,
  resolveLocale,
  Translator,
  type Message,
} from '@frontdesk/widgets/core/locale';
import { customerCatalogue } from '@frontdesk/widgets/locales/customer';
import { en, type CustomerKey } from '@frontdesk/widgets/locales/en';
import { LAUNCHER_LABELS } from '@frontdesk/widgets/chat/launcher-labels';

const KEYS = Object.keys(en) as CustomerKey[];
const formsOf = (message: Message): string[] =>
  typeof message === 'string' ? [message] : Object.values(message).filter((text): text is string => text !== undefined);
const placesOf = (message: Message): string[] =>
  [...new Set(formsOf(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].toSorted();

/** Letters that a message of the language is made of. */
const SCRIPTS: Partial<Record<Locale, RegExp>> = {
  zh: /\p{Script=Han}/u,
  ta: /\p{Script=Tamil}/u,
  hi: /\p{Script=Devanagari}/u,
  ar: /\p{Script=Arabic}/u,
};
/** Names of keys on a keyboard stay as they are printed there. */
const PROPER_NAMES = /\b(?:Enter|Shift)\b/g;

async function loadTable(locale: Locale) {
  if (locale === 'en') return customerCatalogue.fallback;
  const load = customerCatalogue.loaders[locale];
  if (!load) throw new Error(`No table for ${locale}`);
  return load();
}

describe('locales', () => {
  for (const locale of LOCALES) {
    it(`CH-26 ${locale} has every key with the places of the English one`, async () => {
      const table = await loadTable(locale);
      expect(Object.keys(table).toSorted()).to.deep.equal(KEYS.toSorted());
      for (const key of KEYS) {
        expect(placesOf(table[key]), key).to.deep.equal(placesOf(en[key]));
        for (const text of formsOf(table[key])) expect(text.trim(), key).to.equal(text).and.not.equal('');
      }
    });

    if (locale === 'en') continue;

    it(`CH-26 ${locale} has no English left over`, async () => {
      const table = await loadTable(locale);
      const script = SCRIPTS[locale];
      for (const key of KEYS) {
        for (const text of formsOf(table[key])) {
          expect(formsOf(en[key]), key).not.to.include(text);
          if (!script) continue;
          const words = text.replaceAll(/\{\w+\}/g, '').replaceAll(PROPER_NAMES, '');
          expect(script.test(words), `${key}: ${text}`).to.equal(true);
          expect(/[a-z]/i.test(words), `${key} has Latin letters: ${text}`).to.equal(false);
        }
      }
    });

    it(`CH-26 ${locale} has each plural form that its grammar asks for`, async () => {
      const table = await loadTable(locale);
      const rules = new Intl.PluralRules(locale);
      for (const key of KEYS) {
        const message: Message = table[key];
        if (typeof message === 'string') continue;
        for (const count of [0, 1, 2, 5, 11, 100]) {
          const text = message[rules.select(count)] ?? message.other;
          expect(text, `${key} ${count}`).to.be.a('string').and.not.equal('');
        }
      }
    });
  }

  it('CH-26 the launcher speaks all six languages, each differently', () => {
    const openLabels = LOCALES.map((locale) => LAUNCHER_LABELS[locale].open);
    expect(new Set(openLabels).size).to.equal(LOCALES.length);
  });

  it('CH-26 a missing key falls back to English', () => {
    const translator = new Translator<CustomerKey>({ locale: 'ms', tag: 'ms' }, {}, en);
    expect(translator.t('chat.send')).to.equal('Send');
  });

  it('speaks English when a table cannot be fetched', async () => {
    const broken = { fallback: en, loaders: { ar: () => Promise.reject(new Error('offline')) } };
    const translator = await loadTranslator<CustomerKey>(broken, { locale: 'ar', tag: 'ar' });
    expect(translator.t('chat.send')).to.equal('Send');
    expect(translator.direction).to.equal('ltr');
  });

  it('fills places, and leaves the braces in the values alone', () => {
    const translator = new Translator<CustomerKey>({ locale: 'en', tag: 'en' }, en, en);
    expect(translator.t('chat.announce', { name: '{text}', text: 'hi' })).to.equal('{text} says: hi');
    expect(translator.t('chat.newMessages', { count: 1 })).to.equal('1 new message');
    expect(translator.t('chat.newMessages', { count: 1_200 })).to.equal('1,200 new messages');
  });

  it('finds the language of the page around it, through shadow roots', () => {
    const outer = document.createElement('section');
    outer.lang = 'ms-MY';
    const host = document.createElement('div');
    outer.append(host);
    const inner = document.createElement('span');
    host.attachShadow({ mode: 'open' }).append(inner);
    document.body.append(outer);
    expect(resolveLocale(inner)).to.deep.equal({ locale: 'ms', tag: 'ms-MY' });
    expect(resolveLocale(inner, 'zh-Hant-TW').locale).to.equal('zh');
    expect(resolveLocale(inner, 'xx-not a tag').locale).to.equal('ms');
    outer.remove();
  });

  it('takes a tag only when it speaks the language', () => {
    expect(matchLocale('pt-BR', LOCALES)).to.equal(undefined);
    expect(matchLocale('zh_CN', LOCALES)?.locale).to.equal('zh');
    expect(matchLocale('', LOCALES)).to.equal(undefined);
  });

  it('writes days and ages as people say them', () => {
    const translator = new Translator<CustomerKey>({ locale: 'en', tag: 'en-GB' }, en, en);
    const now = new Date(2025, 2, 5, 0, 30);
    expect(translator.day(new Date(2025, 2, 4, 23, 50), now)).to.equal('Yesterday');
    expect(translator.day(new Date(2025, 2, 5, 0, 1), now)).to.equal('Today');
    expect(translator.day(new Date(2025, 2, 3), now)).to.equal('Monday');
    expect(translator.day(new Date(2024, 2, 3), now)).to.equal('3 March 2024');
    expect(daysBetween(new Date(2025, 2, 4, 23, 59), now)).to.equal(1);
    expect(translator.relative(now.getTime() - 5 * 60_000, now)).to.match(/^5 min/);
    expect(translator.relative(now.getTime() - 20_000, now)).to.equal('now');
  });
});
