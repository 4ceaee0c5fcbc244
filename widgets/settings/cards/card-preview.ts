/** The card as visitors will see it, from what stands in the form; its links lead nowhere here. */
import { listOpeningDays } from '@frontdesk/domain/hours/opening-days';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { CardAction, CardView } from '@frontdesk/protocol/cards';
import type { CardId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { LocationDto } from '@frontdesk/protocol/locations';
import type { CardButton } from '@frontdesk/protocol/vocabulary';
import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { CardState } from '../../contact-card/card-session.js';
import type { CardLook } from '../../contact-card/card-view.js';
import type { CardWords } from '../../contact-card/card-words.js';
import type { CardDraft } from './card-draft.js';

type CardCode = typeof import('../../contact-card/preview.js');

const NO_ID = '0'.repeat(24) as CardId;

/** The buttons that have something behind them; addresses are made by the server, for the card itself. */
function listActions({ buttons, maps, phone, sms, whatsapp, email }: CardDraft): CardAction[] {
  const texts: Readonly<Partial<Record<CardButton, string | undefined>>> = {
    call: phone?.number,
    sms: sms ?? undefined,
    whatsapp: whatsapp ?? undefined,
    email: email ?? undefined,
  };
  const action = (kind: CardButton, text: string | null): CardAction => ({ kind, map: null, url: '#', text });
  return buttons.flatMap((kind) => {
    if (kind === 'directions') return maps.map((map) => ({ ...action(kind, null), map }));
    if (kind === 'book' || kind === 'chat') return [action(kind, null)];
    const text = texts[kind];
    return text === undefined ? [] : [action(kind, text)];
  });
}

export function buildPreview(draft: CardDraft, location: LocationDto, businessName: string, locale: Locale): CardView {
  const { phone, sms, whatsapp, email, hidesContactData, subject, name, roles, abouts, photo, book, hasForm } = draft;
  const isHidden = hidesContactData && [phone, sms, whatsapp, email].some((one) => one !== null);
  const hours = draft.showsHours ? (draft.hours ?? location.hours) : null;
  const shown = isHidden ? { ...draft, phone: null, sms: null, whatsapp: null, email: null } : draft;
  return {
    id: NO_ID,
    subject,
    businessName,
    locationName: location.name,
    name,
    role: roles && (roles[locale] ?? roles.en),
    about: abouts && (abouts[locale] ?? abouts.en),
    photo,
    address: location.address.trim() || null,
    timeZone: location.timeZone,
    days: hours && listOpeningDays(hours, getZone(location.timeZone), Date.now()),
    actions: listActions(shown),
    isContactHidden: isHidden,
    book,
    links: draft.links.map(({ labels }) => ({ label: labels[locale] ?? labels.en, url: '#' })),
    hasForm,
    structuredData: '',
  };
}

/** Draws the visitors' own card. */
export class FrontdeskCardPreview extends LitElement {
  static override styles = css`
    :host {
      display: block;
    }
  `;

  @property({ attribute: false }) view: CardView | null = null;
  @property() locale: Locale = 'en';

  @state() private drawn: { readonly code: CardCode; readonly words: CardWords } | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('locale') || this.drawn === null) void this.fetchCode(this.locale);
  }

  private async fetchCode(locale: Locale): Promise<void> {
    const code = await import('../../contact-card/preview.js');
    const words = await code.loadCardWords({ locale, tag: locale });
    if (locale === this.locale) this.drawn = { code, words };
  }

  protected override render(): TemplateResult | typeof nothing {
    const { view, drawn } = this;
    if (view === null || drawn === null) return nothing;
    const { words, code } = drawn;
    const state: CardState = { phase: 'ready', reveal: 'idle', ...code.describeView(view, Date.now()) };
    const look: CardLook = { words, state, serverUrl: '', site: '', act: () => true };
    return html`<frontdesk-card-view inert .look=${look}></frontdesk-card-view>`;
  }
}
