import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { nameIn } from '../setup/setup-words.js';
import { BookingPage } from './booking-page.js';
import { buildTag, TAG_KINDS, type TagChoice, type TagKind } from './booking-tag.js';
import type { BookingMessageKey } from './booking-words.js';

const KIND_MESSAGES: Readonly<Record<TagKind, readonly [label: BookingMessageKey, hint: BookingMessageKey]>> = {
  inline: ['tagInline', 'tagInlineHint'],
  popup: ['tagPopup', 'tagPopupHint'],
  floating: ['tagFloating', 'tagFloatingHint'],
  manage: ['tagManage', 'tagManageHint'],
};

/** What is pasted into a website so that it takes bookings. */
export class FrontdeskBookingTags extends BookingPage {
  /** Where this server is reached from the outside. */
  @property() serverUrl = '';

  @state() private choice: TagChoice = { kind: 'inline', siteKey: '', locationId: '', serviceId: '', staffId: '' };

  private choose(change: Partial<TagChoice>): void {
    this.choice = { ...this.choice, ...change };
  }

  private renderSelect(
    id: string,
    label: string,
    options: readonly (readonly [string, string])[],
    value: string,
    set: (value: string) => void,
  ): TemplateResult {
    return html`<div class="field">
      <label class="field__label" for=${id}>${label}</label>
      <select class="input" id=${id} @change=${(event: Event) => set((event.target as HTMLSelectElement).value)}>
        ${options.map(([option, text]) => html`<option value=${option} ?selected=${option === value}>${text}</option>`)}
      </select>
    </div>`;
  }

  private renderKinds(): TemplateResult {
    const { words, choice } = this;
    return html`<fieldset>
      <legend>${words.t('tagKind')}</legend>
      ${TAG_KINDS.map((kind) => {
        const [label, hint] = KIND_MESSAGES[kind];
        return html`<label class="check">
          <input
            type="radio"
            name="kind"
            .value=${kind}
            .checked=${kind === choice.kind}
            @change=${() => this.choose({ kind })}
          />
          <span class="check__text">${words.t(label)} <span class="field__hint">${words.t(hint)}</span></span>
        </label>`;
      })}
    </fieldset>`;
  }

  /** What the customer need not be asked. */
  private renderPresets(): TemplateResult | typeof nothing {
    const { words, choice, desk, data } = this;
    if (choice.kind === 'manage') return nothing;
    const any = ['', words.t('tagAny')] as const;
    const { services, resources } = desk.setup;
    const offered = services
      .filter(({ isArchived }) => !isArchived)
      .map(({ id, names }) => [id, nameIn(words, names)] as const);
    const people = resources
      .filter(({ kind, isArchived }) => kind === 'staff' && !isArchived)
      .map(({ id, name }) => [id, name] as const);
    const hasBranches = data.locations.data.filter(({ isArchived }) => !isArchived).length > 1;
    return html`<div class="pair">
      ${
        hasBranches
          ? this.renderSelect(
              'tag-location',
              words.t('branch'),
              [any, [data.locationId ?? '', desk.location?.name ?? '']],
              choice.locationId,
              (locationId) => this.choose({ locationId }),
            )
          : nothing
      }
      ${this.renderSelect('tag-service', words.t('tagService'), [any, ...offered], choice.serviceId, (serviceId) => this.choose({ serviceId }))}
      ${this.renderSelect('tag-staff', words.t('tagStaff'), [any, ...people], choice.staffId, (staffId) => this.choose({ staffId }))}
    </div>`;
  }

  private renderTag(): TemplateResult {
    const { words, data, choice } = this;
    const sites = data.sites.data;
    const siteKey = sites.find(({ publicKey }) => publicKey === choice.siteKey)?.publicKey ?? sites[0]?.publicKey;
    if (siteKey === undefined) return html`<p class="notice">${words.t('tagNoSite')}</p>`;
    return html`${
        sites.length < 2
          ? nothing
          : this.renderSelect(
              'tag-site',
              words.t('tagSite'),
              sites.map((site) => [site.publicKey, site.name] as const),
              siteKey,
              (key) => this.choose({ siteKey: key }),
            )
      }
      <frontdesk-setup-copy
        .words=${words}
        .label=${words.t('tagText')}
        .text=${buildTag(this.serverUrl, { ...choice, siteKey }, words.t('tagFallback'))}
      ></frontdesk-setup-copy>
      <p class="field__hint">${words.t('tagOrigins')}</p>`;
  }

  protected override render(): TemplateResult {
    return html`<div class="root page">
      ${this.renderHead('pageTags', 'tagsLead')}
      ${
        this.renderPending(this.data.sites) ??
        html`<section class="block">${this.renderKinds()} ${this.renderPresets()} ${this.renderTag()}</section>`
      }
    </div>`;
  }
}
