import type { LocalizedText } from '@frontdesk/protocol/queue-fields';
import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import { toNumber, type CardDraft } from './card-draft.js';
import { fitPhoto } from './card-photo.js';
import { CardForm } from './cards-page.js';
import type { CardMessageKey } from './cards-words.js';

const NOWHERE: LocalizedText = { en: '' };
/** Not filled in yet; without this a card would point into the sea, and nobody could type a minus sign. */
const NO_SPOT = { latitude: Number.NaN, longitude: Number.NaN };

/** The part of a card's form that is about who it is and how they are reached. */
export abstract class ContactForm extends CardForm {
  @state() private photoProblem = false;

  /** Texts in several languages of which none is needed. */
  protected renderTexts(
    path: 'roles' | 'abouts' | 'openers',
    label: CardMessageKey,
    draft: CardDraft,
    maxLength: number,
  ): TemplateResult {
    const set = (texts: LocalizedText): void => {
      const isEmpty = Object.values(texts).every((text) => text === '');
      this.change({ [path]: isEmpty ? null : texts });
    };
    return this.renderNames(path, this.words.t(label), draft[path] ?? NOWHERE, set, maxLength);
  }

  private async handlePhoto(event: Event): Promise<void> {
    const field = event.target as HTMLInputElement;
    const file = field.files?.[0];
    if (!file) return;
    const photo = await fitPhoto(file);
    this.photoProblem = photo === null;
    if (photo !== null) this.change({ photo });
    // So that the same file can be chosen again.
    field.value = '';
  }

  private renderPhoto({ photo }: CardDraft): TemplateResult {
    const { words } = this;
    return html`<div class="field">
      <label class="field__label" for="photo">${words.t('cardPhoto')}</label>
      <div class="actions">
        ${photo === null ? nothing : html`<img class="photo" src=${photo} alt="" width="72" height="72" />`}
        <input
          class="photo-file"
          id="photo"
          type="file"
          accept="image/*"
          aria-describedby="photo-hint"
          ?disabled=${!this.isManager}
          @change=${this.handlePhoto}
        />
        ${
          photo === null || !this.isManager
            ? nothing
            : html`<button class="button button--small" type="button" @click=${() => this.change({ photo: null })}>
                ${words.t('cardPhotoRemove')}
              </button>`
        }
      </div>
      <span class="field__hint" id="photo-hint">${words.t('cardPhotoHint')}</span>
      ${
        this.photoProblem || this.problemOf('photo') !== undefined
          ? html`<span class="field__error" role="alert">${words.t('cardPhotoWrong')}</span>`
          : nothing
      }
    </div>`;
  }

  protected renderWho(draft: CardDraft): TemplateResult {
    const { words } = this;
    return html`<section class="block">
      <h2>${words.t('cardWho')}</h2>
      ${this.renderText('name', words.t('cardName'), draft.name, (name) => this.change({ name }), { maxLength: 80 })}
      ${this.renderTexts('roles', 'cardRole', draft, 80)} ${this.renderTexts('abouts', 'cardAbout', draft, 600)}
      ${this.renderPhoto(draft)}
    </section>`;
  }

  private renderPhone({ phone }: CardDraft): TemplateResult {
    const { words } = this;
    const set = (number: string, extension: string): void => {
      const hasPhone = number !== '' || extension !== '';
      this.change({ phone: hasPhone ? { number, extension: extension === '' ? null : extension } : null });
    };
    const { number = '', extension = null } = phone ?? {};
    return html`${this.renderText(
      'phone.number',
      words.t('cardPhone'),
      number,
      (typed) => set(toNumber(typed), extension ?? ''),
      { type: 'tel', dir: 'ltr', maxLength: 30, hint: 'cardNumberHint' },
    )}
    ${this.renderText(
      'phone.extension',
      words.t('cardExtension'),
      extension ?? '',
      (typed) => set(number, typed.trim()),
      { dir: 'ltr', maxLength: 8, inputMode: 'numeric', hint: 'cardExtensionHint' },
    )}`;
  }

  /** A field that may stay empty. */
  private renderOptional(
    path: 'sms' | 'whatsapp' | 'email' | 'website',
    label: CardMessageKey,
    draft: CardDraft,
    choices: { readonly type: string; readonly hint: CardMessageKey; readonly clean?: (typed: string) => string },
  ): TemplateResult {
    const { type, hint, clean = (typed: string) => typed.trim() } = choices;
    return this.renderText(
      path,
      this.words.t(label),
      draft[path] ?? '',
      (typed) => this.change({ [path]: clean(typed) || null }),
      { type, hint, dir: 'ltr', maxLength: 200 },
    );
  }

  private renderPosition({ position }: CardDraft): TemplateResult {
    const { words } = this;
    const set = (patch: { latitude?: number; longitude?: number }): void =>
      this.change({ position: { ...NO_SPOT, ...position, ...patch } });
    return html`${this.renderCheck(
      words.t('cardPosition'),
      position !== null,
      (isOn) => this.change({ position: isOn ? NO_SPOT : null }),
      'cardPositionHint',
    )}
    ${
      position === null
        ? nothing
        : html`<div class="pair">
            ${this.renderNumber(
              'position.latitude',
              words.t('cardLatitude'),
              position.latitude,
              (value) => set({ latitude: value ?? Number.NaN }),
              { min: -90, max: 90 },
            )}
            ${this.renderNumber(
              'position.longitude',
              words.t('cardLongitude'),
              position.longitude,
              (value) => set({ longitude: value ?? Number.NaN }),
              { min: -180, max: 180 },
            )}
          </div>`
    }`;
  }

  protected renderContact(draft: CardDraft): TemplateResult {
    const { words } = this;
    return html`<section class="block">
      <h2>${words.t('cardContact')}</h2>
      <p class="lead">${words.t('cardContactLead')}</p>
      <div class="names">
        ${this.renderPhone(draft)}
        ${this.renderOptional('whatsapp', 'cardWhatsapp', draft, { type: 'tel', hint: 'cardNumberHint', clean: toNumber })}
        ${this.renderOptional('sms', 'cardSms', draft, { type: 'tel', hint: 'cardNumberHint', clean: toNumber })}
        ${this.renderOptional('email', 'cardEmail', draft, { type: 'email', hint: 'cardEmailHint' })}
        ${this.renderOptional('website', 'cardWebsite', draft, { type: 'url', hint: 'cardWebsiteHint' })}
      </div>
      ${this.renderTexts('openers', 'cardOpener', draft, 200)} ${this.renderPosition(draft)}
      ${this.renderCheck(
        words.t('cardHides'),
        draft.hidesContactData,
        (hidesContactData) => this.change({ hidesContactData }),
        'cardHidesHint',
      )}
    </section>`;
  }
}
