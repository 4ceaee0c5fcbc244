/** The screens on which somebody types: name, phone number, what they hold in their hand. */
import { html, nothing } from 'lit';
import { cameraIcon } from '../core/icons.js';
import { renderIcon } from '../core/render-icon.js';
import type { KioskEntryEvent } from './kiosk-entry.js';
import { findService } from './kiosk-store.js';
import type { KioskView, ScreenParts } from './kiosk-view.js';

function renderAsked(view: KioskView, field: 'name' | 'phone'): ScreenParts {
  const { words, state, ask } = view;
  const { t } = words;
  const service = findService(state, state.session.answers.serviceId);
  const rule = field === 'name' ? service?.askName : service?.askPhone;
  const give = (text: string | null): void =>
    ask(field === 'name' ? { type: 'give-name', name: text } : { type: 'give-phone', phone: text });
  const isWrong = state.session.failure?.error?.fields?.[field] !== undefined;
  const consent = service?.consentText || t('kiosk.consentDefault');
  return {
    title: t(field === 'name' ? 'kiosk.name' : 'kiosk.phone'),
    text: html`<p class="lead">${consent}</p>
      ${rule === 'required' ? html`<p class="lead muted">(${t('kiosk.required')})</p>` : nothing}`,
    actions: html`<frontdesk-kiosk-entry
      data-field=${field}
      .words=${words}
      .keyboard=${field === 'name' ? 'letters' : 'phone'}
      .label=${t(field === 'name' ? 'kiosk.name' : 'kiosk.phone')}
      .action=${t('kiosk.agree')}
      .error=${isWrong ? t(field === 'name' ? 'kiosk.nameWrong' : 'kiosk.phoneWrong') : ''}
      .maxLength=${field === 'name' ? 80 : 20}
      @frontdesk-kiosk-entry=${(event: KioskEntryEvent) => give(event.text)}
    >
      ${
        rule === 'optional' ? html`<button class="way" @click=${() => give(null)}>${t('kiosk.skip')}</button>` : nothing
      }
    </frontdesk-kiosk-entry>`,
    canGoBack: true,
  };
}

export const renderName = (view: KioskView): ScreenParts => renderAsked(view, 'name');
export const renderPhone = (view: KioskView): ScreenParts => renderAsked(view, 'phone');

export function renderCheckIn(
  view: KioskView,
  camera: { readonly open: () => void; readonly content: unknown },
): ScreenParts {
  const { words, ask, canScan } = view;
  const { t } = words;
  return {
    title: t('kiosk.checkInTitle'),
    text: html`<p class="lead">${t('kiosk.checkInHint')}</p>`,
    actions: html`${camera.content}
      <frontdesk-kiosk-entry
        .words=${words}
        .keyboard=${'code'}
        .label=${t('kiosk.checkInTitle')}
        .action=${t('kiosk.checkInButton')}
        .maxLength=${300}
        @frontdesk-kiosk-entry=${(event: KioskEntryEvent) => ask({ type: 'check-in', code: event.text })}
      >
        ${
          canScan
            ? html`<button class="way" @click=${() => camera.open()}>
                ${renderIcon(cameraIcon)}${t('kiosk.scanCamera')}
              </button>`
            : nothing
        }
      </frontdesk-kiosk-entry>`,
    canGoBack: true,
  };
}

export function renderPhoneEnd({ words, ask }: KioskView): ScreenParts {
  const { t } = words;
  return {
    title: t('kiosk.phoneEnd'),
    text: html`<p class="lead">${t('kiosk.phoneEndHint')}</p>`,
    actions: html`<frontdesk-kiosk-entry
      data-field="phone-end"
      .words=${words}
      .keyboard=${'digits'}
      .label=${t('kiosk.phoneEnd')}
      .action=${t('kiosk.checkInButton')}
      .maxLength=${4}
      @frontdesk-kiosk-entry=${({ text }: KioskEntryEvent) => {
        if (/^\d{4}$/.test(text)) ask({ type: 'give-phone-end', phoneEnd: text });
      }}
    ></frontdesk-kiosk-entry>`,
    canGoBack: true,
  };
}
