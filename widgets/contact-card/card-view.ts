import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { describeDays } from '@frontdesk/domain/cards/when';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { CardAction, CardView } from '@frontdesk/protocol/cards';
import type { CardButton } from '@frontdesk/protocol/vocabulary';
import { baseStyles } from '../core/base-styles.js';
import { buttonStyles } from '../core/button-styles.js';
import { canProve } from '../core/client/proof.js';
import { renderIcon } from '../core/render-icon.js';
import {
  calendarCheckIcon,
  chevronDownIcon,
  clockIcon,
  contactRoundIcon,
  externalLinkIcon,
  eyeIcon,
  mailIcon,
  mapPinIcon,
  messageCircleIcon,
  messageSquareIcon,
  messageSquareTextIcon,
  pencilIcon,
  phoneIcon,
  qrCodeIcon,
} from './card-icons.js';
import { cardStyles } from './card-view.styles.js';
import { describeOpeningWords, initialsOf, nameMap, type CardWords } from './card-words.js';
import type { CardState } from './card-session.js';
import type { CardActionKind } from './contact-card-events.js';
import { isOnPage } from './page-elements.js';

const ICONS: Readonly<Record<CardButton, string>> = {
  call: phoneIcon,
  whatsapp: messageCircleIcon,
  sms: messageSquareTextIcon,
  email: mailIcon,
  directions: mapPinIcon,
  book: calendarCheckIcon,
  chat: messageSquareIcon,
};
/** Which property of an h-card a row is (microformats2). */
const PROPERTIES: Readonly<Partial<Record<CardButton, string>>> = { call: 'u-tel', sms: 'u-tel', email: 'u-email' };

type RenderCode = (typeof import('./card-code.js'))['renderCode'];

/** What a card looks like; what its buttons do is decided outside. */
export class FrontdeskCardView extends LitElement {
  static override styles = [baseStyles, buttonStyles, cardStyles];

  @property({ attribute: false })
  words!: CardWords;

  @property({ attribute: false })
  cardState!: CardState;

  @property({ attribute: false })
  serverUrl = '';

  @property({ attribute: false })
  site = '';

  /** Tells what was pressed; true when that is all that shall happen. */
  @property({ attribute: false })
  act: (kind: CardActionKind) => boolean = () => false;

  @state()
  private isWriting = false;

  @state()
  private renderCode: RenderCode | null = null;

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('cardState');
    const { view } = this.cardState;
    // The button that was pressed is gone; what it showed stands in its place.
    if (before?.view?.isContactHidden && view && !view.isContactHidden) {
      this.renderRoot.querySelector<HTMLElement>('.row')?.focus();
    }
  }

  private handlePress(event: Event, kind: CardActionKind): void {
    if (this.act(kind)) event.preventDefault();
  }

  private async handleCode(event: Event): Promise<void> {
    this.handlePress(event, 'code');
    if (event.defaultPrevented) return;
    const { renderCode } = await import('./card-code.js');
    this.renderCode = this.renderCode ? null : renderCode;
  }

  private handleWrite(event: Event): void {
    this.handlePress(event, 'form');
    if (event.defaultPrevented) return;
    this.isWriting = !this.isWriting;
    if (this.isWriting) void import('./form/define.js');
  }

  private urlOf(extension: 'vcf' | 'html', { id }: CardView): string {
    return `${this.serverUrl}/cards/${id}.${extension}?lang=${this.words.locale}`;
  }

  private renderLink(kind: CardActionKind, url: string, className: string, content: unknown): TemplateResult {
    // Another app opens by itself; another website stands beside this one.
    const isWebsite = url.startsWith('https:') && kind !== 'book' && kind !== 'chat' && kind !== 'save';
    return html`<a
      class=${className}
      part="button"
      href=${url}
      target=${isWebsite ? '_blank' : nothing}
      rel=${isWebsite ? 'noopener' : nothing}
      @click=${(event: Event) => this.handlePress(event, kind)}
      >${content}</a
    >`;
  }

  private renderState(): unknown {
    const said = describeOpeningWords(this.words, this.cardState);
    if (!said) return nothing;
    return html`<p class="state ${said.isOpen ? 'state--open' : ''}" role="status">
      <span class="state__dot" aria-hidden="true"></span>
      <span><strong>${said.state}</strong> ${said.more === null ? nothing : html`<span>${said.more}</span>`}</span>
    </p>`;
  }

  private renderHead({ name, role, photo, subject, businessName }: CardView): TemplateResult {
    const isStaff = subject === 'staff';
    return html`<header>
      ${
        photo === null
          ? html`<span class="portrait portrait--letters" aria-hidden="true">${initialsOf(name)}</span>`
          : html`<img class="portrait u-photo" src=${photo} alt="" width="72" height="72" />`
      }
      <div class="names">
        <h2 class="p-name ${isStaff ? '' : 'p-org'}"><bdi>${name}</bdi></h2>
        ${role === null ? nothing : html`<p class=${isStaff ? 'p-job-title' : 'p-category'} dir="auto">${role}</p>`}
        ${isStaff ? html`<p class="p-org" dir="auto">${businessName}</p>` : nothing}
      </div>
    </header>`;
  }

  private renderMain(actions: readonly CardAction[]): unknown {
    const shown = actions.filter(({ kind, url }) => (kind === 'book' || kind === 'chat') && (url ?? isOnPage(kind)));
    if (shown.length === 0) return nothing;
    return html`<div class="main">
      ${shown.map(({ kind, url }) => {
        const className = `button ${kind === 'book' ? 'button--primary' : ''}`;
        const content = html`${renderIcon(ICONS[kind])} ${this.words.t(`card.${kind}`)}`;
        if (url !== null) return this.renderLink(kind, url, className, content);
        return html`<button
          class=${className}
          part="button"
          type="button"
          @click=${(event: Event) => this.handlePress(event, kind)}
        >
          ${content}
        </button>`;
      })}
    </div>`;
  }

  private renderRows({ actions, isContactHidden }: CardView): unknown {
    const rows = actions.filter(({ kind, text }) => text !== null && kind !== 'directions');
    if (rows.length === 0 && !isContactHidden) return nothing;
    return html`<ul class="rows">
      ${rows.map(({ kind, url, text }) => {
        const content = html`${renderIcon(ICONS[kind])}<span class="row__words"
            ><span class="row__label">${this.words.t(`card.${kind}`)}</span>
            <bdi class="row__text" dir="ltr">${text}</bdi></span
          >`;
        return html`<li>${this.renderLink(kind, url ?? '', `row ${PROPERTIES[kind] ?? ''}`, content)}</li>`;
      })}
      ${isContactHidden ? html`<li>${this.renderReveal()}</li>` : nothing}
    </ul>`;
  }

  private renderReveal(): TemplateResult {
    const { words } = this;
    const { reveal } = this.cardState;
    return html`<button
        class="row"
        part="button"
        type="button"
        aria-disabled=${reveal === 'busy'}
        @click=${(event: Event) => this.handlePress(event, 'reveal')}
      >
        ${renderIcon(eyeIcon)}<span class="row__text">${words.t('card.reveal')}</span>
      </button>
      ${reveal === 'failed' ? html`<p class="problem" role="alert">${words.t('card.revealFailed')}</p>` : nothing}`;
  }

  private renderPlace({ address, actions }: CardView): unknown {
    const maps = actions.filter(({ kind, url }) => kind === 'directions' && url !== null);
    if (address === null && maps.length === 0) return nothing;
    const { words } = this;
    return html`<section class="place">
      ${renderIcon(mapPinIcon)}
      <div>
        ${
          address === null
            ? html`<p>${words.t('card.directions')}</p>`
            : html`<p class="p-adr" dir="auto">
                <span class="visually-hidden">${words.t('card.address')}: </span>${address}
              </p>`
        }
        ${
          maps.length === 0
            ? nothing
            : html`<ul class="maps">
                ${maps.map((action) => {
                  const map = nameMap(words, action);
                  const label = words.t('card.directionsWith', { map });
                  const content = html`<span aria-hidden="true">${map}</span
                    ><span class="visually-hidden">${label}</span>`;
                  return html`<li>${this.renderLink('directions', action.url ?? '', 'chip', content)}</li>`;
                })}
              </ul>`
        }
      </div>
    </section>`;
  }

  private renderSpans(spans: readonly string[], isAllDay: boolean): unknown {
    if (spans.length === 0) return html`<span class="muted">${this.words.t('card.dayClosed')}</span>`;
    return (isAllDay ? [this.words.t('card.allDay')] : spans).map((span) => html`<span>${span}</span>`);
  }

  private renderHours({ hours, timeZone }: CardView): unknown {
    if (!hours) return nothing;
    const { words } = this;
    const days = describeDays(hours, getZone(timeZone), this.cardState.nowMs, words.tag);
    return html`<details class="hours">
      <summary>
        ${renderIcon(clockIcon)}<span>${words.t('card.hours')}</span> ${renderIcon(chevronDownIcon, 'chevron')}
      </summary>
      <table>
        <tbody>
          ${days.map(
            ({ weekday, spans, isAllDay, label }, index) =>
              html`<tr class=${index === 0 ? 'today' : ''}>
                <th scope="row">
                  ${index === 0 ? words.t('card.today') : weekday}
                  ${label === null ? nothing : html`<small dir="auto">${label}</small>`}
                </th>
                <td>${this.renderSpans(spans, isAllDay)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>`;
  }

  private renderLinks({ links }: CardView): unknown {
    if (links.length === 0) return nothing;
    return html`<ul class="links" aria-label=${this.words.t('card.links')}>
      ${links.map(({ label, url }) => {
        const content = html`<bdi>${label}</bdi> ${renderIcon(externalLinkIcon, 'icon--small')}`;
        return html`<li>${this.renderLink('link', url, 'link u-url', content)}</li>`;
      })}
    </ul>`;
  }

  private renderForm({ id, hasForm }: CardView): unknown {
    if (!hasForm || !canProve()) return nothing;
    const { words, isWriting, serverUrl, site } = this;
    return html`<section class="write">
      <button
        class="button"
        part="button"
        type="button"
        aria-expanded=${isWriting}
        @click=${(event: Event) => this.handleWrite(event)}
      >
        ${renderIcon(pencilIcon)} ${words.t('card.write')}
      </button>
      ${
        isWriting
          ? html`<frontdesk-card-form
              .words=${words}
              .serverUrl=${serverUrl}
              .site=${site}
              .cardId=${id}
            ></frontdesk-card-form>`
          : nothing
      }
    </section>`;
  }

  private renderFoot(view: CardView): TemplateResult {
    const { words, renderCode } = this;
    // Whoever sees the number already takes it along.
    const isRevealed = !view.isContactHidden && view.actions.some(({ text }) => text !== null);
    const url = this.urlOf('vcf', view) + (isRevealed ? '&show=contact' : '');
    return html`<footer>
      ${this.renderLink('save', url, 'foot', html`${renderIcon(contactRoundIcon)} ${words.t('card.save')}`)}
      <button
        class="foot"
        part="button"
        type="button"
        aria-expanded=${renderCode !== null}
        @click=${(event: Event) => void this.handleCode(event)}
      >
        ${renderIcon(qrCodeIcon)} ${words.t('card.code')}
      </button>
      ${renderCode ? renderCode(words, this.urlOf('html', view), view.name) : nothing}
    </footer>`;
  }

  protected override render(): unknown {
    const { words } = this;
    const { view } = this.cardState;
    if (!view) return nothing;
    return html`<div class="root" lang=${words.tag} dir=${words.direction}>
      <article class="card h-card" aria-label=${words.t('card.label', { name: view.name })}>
        ${this.renderState()} ${this.renderHead(view)}
        ${view.about === null ? nothing : html`<p class="about p-note" dir="auto">${view.about}</p>`}
        ${this.renderMain(view.actions)} ${this.renderRows(view)} ${this.renderPlace(view)} ${this.renderHours(view)}
        ${this.renderLinks(view)} ${this.renderForm(view)} ${this.renderFoot(view)}
      </article>
    </div>`;
  }
}
