import type { DeviceDto, DisplaySettings, PlaylistItem } from '@frontdesk/protocol/devices';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { normalizeHex } from '../../core/color.js';
import { icon } from '../../staff/staff-icons.js';
import { QueueForm, type Problems } from './queue-page.js';
import { nameIn } from './queue-words.js';

interface Draft extends DisplaySettings {
  readonly name: string;
}

const NEW_ITEM: PlaylistItem = { kind: 'image', url: '', seconds: 15, alt: '' };
const ACCENT_STANDING = '#2563eb';

const isAddress = (url: string): boolean => URL.canParse(url) && new URL(url).protocol === 'https:';

/** How one screen looks (QA-8), beside the very board that it will show. */
export class FrontdeskQueueDesigner extends QueueForm<Draft> {
  static override styles = [
    ...QueueForm.styles,
    css`
      .stage {
        position: sticky;
        inset-block-start: 0;
        z-index: 2;
        padding-block: 8px;
        background: var(--frontdesk-surface-sunken);
      }
      .item {
        display: grid;
        gap: 12px;
        padding-block: 12px;
      }
      .item + .item {
        border-block-start: 1px solid var(--frontdesk-line);
      }
      .item__tools {
        display: flex;
        gap: 4px;
        justify-content: flex-end;
      }
      .item__tools .up {
        transform: rotate(180deg);
      }
    `,
  ];

  @property({ attribute: false }) device: DeviceDto | null = null;
  @property({ attribute: false }) back: () => void = () => undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { device } = this;
    if (!device?.display || (this.draft !== null && !changed.has('device'))) return;
    if (this.draft !== null && changed.get('device')?.id === device.id) return;
    this.draft = { ...device.display, name: device.name };
  }

  protected override check({ name, accent, playlist }: Draft): Problems {
    const items = playlist.flatMap(({ url, seconds }, at): (readonly [string, Problems[string]])[] => [
      ...(isAddress(url) ? [] : [[`playlist.${at}.url`, 'mediaAddressWrong'] as const]),
      ...(seconds >= 3 && seconds <= 600 ? [] : [[`playlist.${at}.seconds`, 'mediaSecondsWrong'] as const]),
    ]);
    return {
      ...(name.trim() === '' ? { name: 'invalidRequired' as const } : {}),
      ...(normalizeHex(accent) === undefined ? { accent: 'accentInvalid' as const } : {}),
      ...(Object.fromEntries(items) as Problems),
    };
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { device, draft } = this;
    if (device === null || draft === null) return;
    const { name, ...display } = draft;
    const accent = normalizeHex(display.accent) ?? display.accent;
    const input = { deviceId: device.id, name: name.trim(), display: { ...display, accent } };
    if ((await this.send('device:update', input)) !== null) await this.desk.loadDevices();
  }

  private renderLook(draft: Draft): TemplateResult {
    const { words } = this;
    return html`<section class="block">
      <div class="pair">
        ${this.renderText('name', words.t('deviceName'), draft.name, (name) => this.change({ name }), { maxLength: 60 })}
        ${this.renderField(
          'accent',
          words.t('siteAccent'),
          html`<div class="colour">
            <input
              type="color"
              aria-label=${words.t('siteAccent')}
              .value=${normalizeHex(draft.accent) ?? ACCENT_STANDING}
              ?disabled=${!this.isManager}
              @input=${(event: Event) => this.change({ accent: (event.target as HTMLInputElement).value })}
            /><input
              class="input"
              id="accent"
              type="text"
              dir="ltr"
              maxlength="7"
              autocomplete="off"
              aria-invalid=${this.problemOf('accent') === undefined ? nothing : 'true'}
              ?disabled=${!this.isManager}
              .value=${draft.accent}
              @input=${(event: Event) => this.change({ accent: (event.target as HTMLInputElement).value })}
            />
          </div>`,
        )}
        ${this.renderSelect(
          'scheme',
          words.t('siteScheme'),
          [
            ['auto', words.t('displaySchemeAuto')],
            ['light', words.t('schemeLight')],
            ['dark', words.t('schemeDark')],
          ],
          draft.scheme,
          (scheme) => this.change({ scheme }),
        )}
      </div>
      ${this.renderArea('ticker', words.t('displayTicker'), draft.ticker, (ticker) => this.change({ ticker }), {
        maxLength: 500,
        hint: 'displayTickerHint',
      })}
    </section>`;
  }

  private renderSound(draft: Draft): TemplateResult {
    const { words } = this;
    return html`<section class="block">
      <h2>${words.t('displayCalls')}</h2>
      ${this.renderCheck(words.t('displaySound'), draft.isSoundOn, (isSoundOn) => this.change({ isSoundOn }), 'displaySoundHint')}
      ${
        draft.isSoundOn
          ? this.renderSelect(
              'repeat',
              words.t('displayRepeat'),
              ([1, 2, 3] as const).map((count) => [String(count), words.t('displayRepeatTimes', { count })] as const),
              String(draft.repeat),
              (count) => this.change({ repeat: Number(count) }),
              { class: 'short' },
            )
          : nothing
      }
      ${this.renderCheck(words.t('displayNames'), draft.showNames, (showNames) => this.change({ showNames }), 'displayNamesHint')}
    </section>`;
  }

  private renderFilters(draft: Draft): TemplateResult {
    const { words } = this;
    const { services = [], counters = [] } = this.data.setup.data ?? {};
    const groups = [...new Set([...counters.map(({ group }) => group), ...draft.counterGroups])].filter(Boolean);
    return html`<section class="block">
      <h2>${words.t('displayFilters')}</h2>
      ${this.renderChoices(
        words.t('shownServices'),
        services
          .filter(({ isArchived }) => !isArchived)
          .map((service) => [service.id, nameIn(words, service.names)] as const),
        draft.serviceIds,
        (serviceIds) => this.change({ serviceIds: [...serviceIds] }),
        'emptyEverything',
      )}
      ${
        groups.length === 0
          ? nothing
          : this.renderChoices(
              words.t('shownGroups'),
              groups.map((group) => [group, group] as const),
              draft.counterGroups,
              (counterGroups) => this.change({ counterGroups: [...counterGroups] }),
            )
      }
      ${this.renderCheck(words.t('displayJoin'), draft.showJoinCode, (showJoinCode) => this.change({ showJoinCode }), 'displayJoinHint')}
    </section>`;
  }

  private renderTools({ playlist }: Draft, item: PlaylistItem, at: number): TemplateResult {
    const { words } = this;
    const swap = (): void =>
      this.change({
        playlist: [...playlist.slice(0, at - 1), item, ...playlist.slice(at - 1, at), ...playlist.slice(at + 1)],
      });
    return html`<div class="item__tools">
      ${
        at === 0
          ? nothing
          : html`<button class="icon-button up" type="button" aria-label=${words.t('moveUp')} @click=${swap}>
              ${icon('down', 'small')}
            </button>`
      }
      <button
        class="icon-button"
        type="button"
        aria-label=${words.t('mediaRemove')}
        @click=${() => this.change({ playlist: playlist.filter((_, index) => index !== at) })}
      >
        ${icon('trash', 'small')}
      </button>
    </div>`;
  }

  private renderItem(draft: Draft, item: PlaylistItem, at: number): TemplateResult {
    const { words } = this;
    const { playlist } = draft;
    const put = (patch: Partial<PlaylistItem>): void =>
      this.change({ playlist: playlist.map((one, index) => (index === at ? { ...one, ...patch } : one)) });
    const path = `playlist.${at}`;
    return html`<li class="item">
      ${this.renderText(`${path}.url`, words.t('mediaAddress'), item.url, (url) => put({ url: url.trim() }), {
        type: 'url',
        dir: 'ltr',
        maxLength: 500,
        placeholder: 'https://',
      })}
      <div class="pair">
        ${this.renderSelect(
          `${path}.kind`,
          words.t('mediaKind'),
          [
            ['image', words.t('mediaImage')],
            ['video', words.t('mediaVideo')],
          ],
          item.kind,
          (kind) => put({ kind }),
        )}
        ${this.renderNumber(
          `${path}.seconds`,
          words.t('mediaSeconds'),
          item.seconds,
          (value) => put({ seconds: value ?? 0 }),
          {
            step: 1,
            min: 3,
            max: 600,
          },
        )}
        ${this.renderText(`${path}.alt`, words.t('mediaAlt'), item.alt, (alt) => put({ alt }), { maxLength: 200 })}
      </div>
      ${this.isManager ? this.renderTools(draft, item, at) : nothing}
    </li>`;
  }

  private renderPlaylist(draft: Draft): TemplateResult {
    const { words } = this;
    return html`<section class="block">
      <h2>${words.t('displayPlaylist')}</h2>
      <p class="field__hint">${words.t('displayPlaylistHint')}</p>
      <ul>
        ${draft.playlist.map((item, at) => this.renderItem(draft, item, at))}
      </ul>
      ${
        this.isManager
          ? html`<div>
              <button
                class="button button--small"
                type="button"
                @click=${() => this.change({ playlist: [...draft.playlist, NEW_ITEM] })}
              >
                ${icon('plus', 'small')} ${words.t('mediaAdd')}
              </button>
            </div>`
          : nothing
      }
    </section>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { draft, device, words } = this;
    if (draft === null || device === null) return nothing;
    return html`<form class="root page" novalidate @submit=${this.handleSubmit}>
      ${this.renderBack(device.name, this.back)}
      <div class="stage">
        <frontdesk-queue-preview
          .words=${words}
          .settings=${draft}
          .location=${this.data.locations.data.find(({ id }) => id === device.locationId) ?? null}
          .setup=${this.data.setup.data}
        ></frontdesk-queue-preview>
      </div>
      ${this.renderLook(draft)} ${this.renderSound(draft)} ${this.renderFilters(draft)} ${this.renderPlaylist(draft)}
      ${this.renderActions('save')}
    </form>`;
  }
}
