import type { OpeningHours } from '@frontdesk/protocol/hours';
import { CARD_BUTTONS, MAP_SERVICES, type CardButton, type MapService } from '@frontdesk/protocol/vocabulary';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../staff/staff-icons.js';
import type { HoursChangedEvent } from '../setup/setup-hours.js';
import { nameIn } from '../setup/setup-words.js';
import { ContactForm } from './card-contact.js';
import type { CardDraft } from './card-draft.js';
import type { CardMessageKey } from './cards-words.js';

const MAX_LINKS = 8;
const BUTTON_MESSAGES: Readonly<Record<CardButton, CardMessageKey>> = {
  call: 'buttonCall',
  whatsapp: 'buttonWhatsapp',
  sms: 'buttonSms',
  email: 'buttonEmail',
  directions: 'buttonDirections',
  book: 'buttonBook',
  chat: 'buttonChat',
};
/** Names of products, the same in every language. */
const MAP_NAMES: Readonly<Record<Exclude<MapService, 'geo'>, string>> = {
  google: 'Google Maps',
  apple: 'Apple Maps',
  waze: 'Waze',
};

/** The part of a card's form that is about what it shows: buttons, links, hours, form. */
export abstract class FaceForm extends ContactForm {
  private moveUp({ buttons }: CardDraft, kind: CardButton): void {
    const at = buttons.indexOf(kind);
    const moved = buttons.filter((one) => one !== kind);
    moved.splice(at - 1, 0, kind);
    this.change({ buttons: moved });
  }

  private renderButton(draft: CardDraft, kind: CardButton): TemplateResult {
    const { words } = this;
    const { buttons } = draft;
    const name = words.t(BUTTON_MESSAGES[kind]);
    const isOn = buttons.includes(kind);
    const toggle = (): void =>
      this.change({ buttons: isOn ? buttons.filter((one) => one !== kind) : [...buttons, kind] });
    return html`<li class="actions" data-button=${kind}>
      <label class="choice"
        ><input type="checkbox" .checked=${isOn} ?disabled=${!this.isManager} @change=${toggle} /><span
          >${name}</span
        ></label
      >
      ${
        this.isManager && isOn && buttons.indexOf(kind) > 0
          ? html`<button
              class="button button--small"
              type="button"
              aria-label="${words.t('moveUp')}: ${name}"
              @click=${() => this.moveUp(draft, kind)}
            >
              ${words.t('moveUp')}
            </button>`
          : nothing
      }
    </li>`;
  }

  private renderPreset(draft: CardDraft): TemplateResult {
    const { words } = this;
    const { services = [], resources = [] } = this.data.setup.data ?? {};
    const { serviceId, staffId } = draft.book;
    const anything = ['', words.t('cardBookAny')] as const;
    const offered = services.filter(({ id, isArchived }) => !isArchived || id === serviceId);
    const people = resources.filter(({ kind, id, isArchived }) => kind === 'staff' && (!isArchived || id === staffId));
    return html`<div class="pair">
      ${this.renderSelect(
        'book.serviceId',
        words.t('cardBookService'),
        [anything, ...offered.map(({ id, names }) => [id, nameIn(words, names)] as const)],
        serviceId ?? '',
        (id) => this.change({ book: { staffId, serviceId: id === '' ? null : id } }),
      )}
      ${this.renderSelect(
        'book.staffId',
        words.t('cardBookStaff'),
        [anything, ...people.map(({ id, name }) => [id, name] as const)],
        staffId ?? '',
        (id) => this.change({ book: { serviceId, staffId: id === '' ? null : id } }),
      )}
    </div>`;
  }

  protected renderButtons(draft: CardDraft): TemplateResult {
    const { words } = this;
    const order = [...draft.buttons, ...CARD_BUTTONS.filter((kind) => !draft.buttons.includes(kind))];
    return html`<section class="block">
      <h2>${words.t('cardButtons')}</h2>
      <p class="lead">${words.t('cardButtonsLead')}</p>
      <ul>
        ${order.map((kind) => this.renderButton(draft, kind))}
      </ul>
      ${
        draft.buttons.includes('directions')
          ? this.renderChoices(
              words.t('cardMaps'),
              MAP_SERVICES.map((map) => [map, map === 'geo' ? words.t('mapOfPhone') : MAP_NAMES[map]] as const),
              draft.maps,
              (maps) => this.change({ maps: [...maps] }),
            )
          : nothing
      }
      ${draft.buttons.includes('book') ? this.renderPreset(draft) : nothing}
    </section>`;
  }

  private renderLink(draft: CardDraft, { labels, url }: CardDraft['links'][number], at: number): TemplateResult {
    const { words } = this;
    const { links } = draft;
    const put = (patch: Partial<CardDraft['links'][number]>): void =>
      this.change({ links: links.map((one, index) => (index === at ? { ...one, ...patch } : one)) });
    return html`<li class="part">
      ${this.renderNames(`links.${at}.labels`, words.t('linkLabel'), labels, (changed) => put({ labels: changed }), 40)}
      ${this.renderText(`links.${at}.url`, words.t('linkAddress'), url, (typed) => put({ url: typed.trim() }), {
        type: 'url',
        dir: 'ltr',
        maxLength: 200,
        hint: 'cardWebsiteHint',
      })}
      ${
        this.isManager
          ? html`<div>
              <button
                class="button button--small"
                type="button"
                aria-label="${words.t('linkRemove')}: ${labels.en}"
                @click=${() => this.change({ links: links.filter((_, index) => index !== at) })}
              >
                ${icon('trash', 'small')} ${words.t('linkRemove')}
              </button>
            </div>`
          : nothing
      }
    </li>`;
  }

  protected renderLinks(draft: CardDraft): TemplateResult {
    const { words } = this;
    const { links } = draft;
    return html`<section class="block">
      <h2>${words.t('cardLinks')}</h2>
      <ul class="page">
        ${links.map((link, at) => this.renderLink(draft, link, at))}
      </ul>
      ${
        this.isManager && links.length < MAX_LINKS
          ? html`<div>
              <button
                class="button button--small"
                type="button"
                @click=${() => this.change({ links: [...links, { labels: { en: '' }, url: '' }] })}
              >
                ${icon('plus', 'small')} ${words.t('linkAdd')}
              </button>
            </div>`
          : nothing
      }
    </section>`;
  }

  protected renderShown(draft: CardDraft): TemplateResult {
    const { words, error, phase, desk } = this;
    const refused = phase === 'failed' ? Object.keys(error?.fields ?? {}) : [];
    const own = (): OpeningHours => ({
      weekly: desk.location?.hours.weekly ?? [[], [], [], [], [], [], []],
      specialDays: [],
      holidays: [],
    });
    return html`<section class="block">
      <h2>${words.t('cardShown')}</h2>
      ${this.renderCheck(words.t('cardShowsHours'), draft.showsHours, (showsHours) => this.change({ showsHours }), 'cardShowsHoursHint')}
      ${
        draft.showsHours && draft.subject === 'staff'
          ? this.renderCheck(
              words.t('cardOwnHours'),
              draft.hours !== null,
              (isOn) => this.change({ hours: isOn ? own() : null }),
              'cardOwnHoursHint',
            )
          : nothing
      }
      ${
        draft.showsHours && draft.hours !== null
          ? html`<frontdesk-setup-hours
              .words=${words}
              .memberRole=${this.memberRole}
              .hours=${draft.hours}
              .refused=${refused.filter((path) => path.startsWith('hours.')).map((path) => path.slice('hours.'.length))}
              @hours-changed=${({ hours }: HoursChangedEvent) => this.change({ hours })}
            ></frontdesk-setup-hours>`
          : nothing
      }
      ${this.renderCheck(words.t('cardForm'), draft.hasForm, (hasForm) => this.change({ hasForm }), 'cardFormHint')}
    </section>`;
  }
}
