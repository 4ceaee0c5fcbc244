/** What stands around a ticket and around joining: whose it is, in which language, and what is shown instead of it. */
import { html, nothing, type TemplateResult } from 'lit';
import { LOCALES, type Locale } from '@frontdesk/protocol/locales';
import type { HolderTicketDto } from '@frontdesk/protocol/queue-tickets';
import { languagesIcon } from '../core/icons.js';
import { renderIcon } from '../core/render-icon.js';
import type { TicketWords } from './ticket-words.js';

/** Each in its own letters, for whoever cannot read the present one. */
const LANGUAGE_NAMES: Readonly<Record<Locale, string>> = {
  en: 'English',
  ms: 'Bahasa Melayu',
  zh: '中文',
  ta: 'தமிழ்',
  hi: 'हिन्दी',
  ar: 'العربية',
};

export interface Frame {
  readonly words: TicketWords;
  readonly ticket: Pick<HolderTicketDto, 'businessName' | 'locationName'> | null;
  readonly screen: 'loading' | 'shown' | 'gone' | 'content';
  /** What there is none of. */
  readonly gone: 'ticket' | 'join';
  readonly content: unknown;
  handleLanguage(event: Event): void;
}

function renderLanguage({ words, handleLanguage }: Frame): TemplateResult {
  return html`<label class="language">
    ${renderIcon(languagesIcon)}
    <span class="visually-hidden">${words.t('ticket.language')}</span>
    <select @change=${handleLanguage}>
      ${LOCALES.map(
        (locale) =>
          html`<option value=${locale} lang=${locale} ?selected=${locale === words.locale}>
            ${LANGUAGE_NAMES[locale]}
          </option>`,
      )}
    </select>
  </label>`;
}

/** The same words for wrong, purged and foreign links (QP-11). */
function renderGone({ words, gone }: Frame): TemplateResult {
  const [title, text] =
    gone === 'join'
      ? (['join.unavailable', 'join.unavailableText'] as const)
      : (['ticket.gone', 'ticket.goneText'] as const);
  return html`<section class="gone">
    <h1>${words.t(title)}</h1>
    <p>${words.t(text)}</p>
  </section>`;
}

export function renderFrame(frame: Frame): TemplateResult {
  const { words, ticket, screen, content } = frame;
  return html`<main class="frame" aria-label=${words.t(frame.gone === 'join' ? 'join.title' : 'ticket.label')}>
    <header>
      <div class="house">
        ${
          ticket
            ? html`<p class="house__name"><bdi>${ticket.businessName}</bdi></p>
                <p class="house__place"><bdi>${ticket.locationName}</bdi></p>`
            : nothing
        }
      </div>
      ${renderLanguage(frame)}
    </header>
    ${screen === 'loading' ? html`<p class="loading" role="status">${words.t('ticket.loading')}</p>` : nothing}
    ${screen === 'gone' ? renderGone(frame) : content}
  </main>`;
}
