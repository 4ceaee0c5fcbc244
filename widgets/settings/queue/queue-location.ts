import { LOCALES } from '@frontdesk/protocol/locales';
import type { LocationDto } from '@frontdesk/protocol/locations';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { describeWeek } from '../setup/setup-dates.js';
import { QueueForm, type Problems } from './queue-page.js';
import type { HoursChangedEvent } from '../setup/setup-hours.js';
import { languageName } from './queue-words.js';

type Draft = Pick<
  LocationDto,
  'name' | 'address' | 'timeZone' | 'dayStart' | 'hours' | 'languages' | 'country' | 'geofence' | 'phone'
>;

const NEW: Draft = {
  name: '',
  address: '',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  dayStart: '04:00',
  hours: {
    weekly: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [{ from: '09:00', to: '17:00' }] : [])),
    specialDays: [],
    holidays: [],
  },
  languages: ['en'],
  country: 'MY',
  geofence: null,
  phone: null,
};

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
/** Codes that name groups or nothing (CLDR). */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'UN', 'XA', 'XB', 'ZZ', 'QO', 'UK']);

/** One branch (QA-1): where it is, when it is open, what its customers speak. */
export class FrontdeskQueueLocation extends QueueForm<Draft> {
  @property({ attribute: false }) location: LocationDto | null = null;
  @property({ attribute: false }) back: () => void = () => undefined;
  @property({ attribute: false }) saved: (location: LocationDto) => void = () => undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    // What is being typed stays; only another branch, or our own save, replaces it.
    if (this.draft !== null && (!changed.has('location') || changed.get('location')?.id === this.location?.id)) return;
    if (this.draft !== null && this.phase === 'saved') return;
    this.draft = this.location === null ? NEW : toDraft(this.location);
  }

  protected override check({ name, languages, geofence }: Draft): Problems {
    return {
      ...(name.trim() === '' ? { name: 'invalidRequired' as const } : {}),
      ...(languages.length === 0 ? { languages: 'languagesMissing' as const } : {}),
      // Nobody's branch lies in the sea off Ghana; it is where the fields stand before they are filled in.
      ...(geofence?.latitude === 0 && geofence.longitude === 0
        ? { 'geofence.latitude': 'geofencePlaceMissing' as const }
        : {}),
      ...(geofence !== null && (geofence.radiusMeters < 20 || geofence.radiusMeters > 50_000)
        ? { 'geofence.radiusMeters': 'geofenceRadiusWrong' as const }
        : {}),
    };
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.draft === null) return;
    const input = { ...this.draft, name: this.draft.name.trim() };
    const location =
      this.location === null
        ? await this.send('location:create', input)
        : await this.send('location:update', { locationId: this.location.id, ...input });
    if (location !== null) this.saved(location);
  }

  private async handleArchive({ id, isArchived }: LocationDto): Promise<void> {
    const location = await this.send('location:update', { locationId: id, isArchived: !isArchived });
    if (location !== null) this.saved(location);
  }

  private listCountries(): readonly (readonly [string, string])[] {
    const names = new Intl.DisplayNames([this.words.tag], { type: 'region' });
    const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
    return codes
      .filter((code) => !NO_COUNTRIES.has(code) && names.of(code) !== code)
      .map((code) => [code, names.of(code) ?? code] as const)
      .toSorted(([, one], [, other]) => one.localeCompare(other, this.words.tag));
  }

  private listZones(current: string): readonly (readonly [string, string])[] {
    const zones = Intl.supportedValuesOf('timeZone');
    return (zones.includes(current) ? zones : [current, ...zones]).map((zone) => [zone, zone.replaceAll('_', ' ')]);
  }

  private renderPlace(draft: Draft): TemplateResult {
    const { words, location } = this;
    return html`<div class="form">
      ${this.renderText('name', words.t('locationName'), draft.name, (name) => this.change({ name }), { maxLength: 80 })}
      ${this.renderArea('address', words.t('locationAddress'), draft.address, (address) => this.change({ address }), {
        maxLength: 300,
      })}
      ${this.renderText(
        'phone',
        words.t('locationPhone'),
        draft.phone ?? '',
        (phone) => this.change({ phone: phone.trim() || null }),
        { maxLength: 32, hint: 'locationPhoneHint' },
      )}
      ${this.renderSelect(
        'country',
        words.t('locationCountry'),
        this.listCountries(),
        draft.country,
        (country) => this.change({ country }),
        { hint: 'locationCountryHint' },
      )}
      ${this.renderSelect(
        'timeZone',
        words.t('locationZone'),
        this.listZones(draft.timeZone),
        draft.timeZone,
        (timeZone) => this.change({ timeZone }),
        location === null ? {} : { hint: 'locationZoneHint' },
      )}
      ${
        location?.nextTimeZone
          ? html`<p class="notice" role="status">
              ${words.t('locationZoneNext', { zone: location.nextTimeZone.replaceAll('_', ' ') })}
            </p>`
          : nothing
      }
      ${this.renderText(
        'dayStart',
        words.t('locationDayStart'),
        draft.dayStart,
        (dayStart) => this.change({ dayStart }),
        {
          type: 'time',
          hint: 'locationDayStartHint',
          class: 'short',
        },
      )}
    </div>`;
  }

  private renderHours(draft: Draft): TemplateResult {
    const { words, error, phase } = this;
    const refused = phase === 'failed' ? Object.keys(error?.fields ?? {}) : [];
    return html`<section class="block">
      <h2>${words.t('locationHours')}</h2>
      <frontdesk-setup-hours
        .words=${words}
        .memberRole=${this.memberRole}
        .hours=${draft.hours}
        .refused=${refused.filter((path) => path.startsWith('hours.')).map((path) => path.slice('hours.'.length))}
        @hours-changed=${({ hours }: HoursChangedEvent) => this.change({ hours })}
      ></frontdesk-setup-hours>
      <div class="preview" aria-live="polite">
        <span class="preview__title">${words.t('previewCustomers')}</span>
        <dl>
          ${describeWeek(words, draft.hours).map(
            ({ days, times }) =>
              html`<div class="row__title">
                <dt>${days}</dt>
                <dd class="muted">${times}</dd>
              </div>`,
          )}
        </dl>
      </div>
    </section>`;
  }

  private renderGeofence({ geofence }: Draft): TemplateResult {
    const { words } = this;
    const put = (patch: object): void => {
      if (geofence !== null) this.change({ geofence: { ...geofence, ...patch } });
    };
    return html`${this.renderCheck(
      words.t('geofence'),
      geofence !== null,
      (isOn) => this.change({ geofence: isOn ? { latitude: 0, longitude: 0, radiusMeters: 500 } : null }),
      'geofenceHint',
    )}
    ${
      geofence === null
        ? nothing
        : html`<div class="pair">
            ${this.renderNumber(
              'geofence.latitude',
              words.t('latitude'),
              geofence.latitude,
              (value) => put({ latitude: value ?? 0 }),
              { min: -90, max: 90 },
            )}
            ${this.renderNumber(
              'geofence.longitude',
              words.t('longitude'),
              geofence.longitude,
              (value) => put({ longitude: value ?? 0 }),
              { min: -180, max: 180 },
            )}
            ${this.renderNumber(
              'geofence.radiusMeters',
              words.t('radius'),
              geofence.radiusMeters,
              (value) => put({ radiusMeters: value ?? 0 }),
              { min: 20, max: 50_000, step: 1 },
            )}
          </div>`
    }`;
  }

  private renderCustomers(draft: Draft): TemplateResult {
    const { words } = this;
    return html`<section class="block">
      <h2>${words.t('locationCustomers')}</h2>
      ${this.renderChoices(
        words.t('locationLanguages'),
        LOCALES.map((locale) => [locale, languageName(locale)] as const),
        draft.languages,
        (languages) => this.change({ languages: [...languages] }),
        'locationLanguagesHint',
      )}
      ${this.renderProblem('languages')} ${this.renderGeofence(draft)}
    </section>`;
  }

  private renderArchive(): TemplateResult | typeof nothing {
    const { location } = this;
    if (location === null) return nothing;
    return html`<button class="button" type="button" @click=${() => this.handleArchive(location)}>
      ${this.words.t(location.isArchived ? 'bringBack' : 'archive')}
    </button>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { draft, words, location } = this;
    if (draft === null) return nothing;
    return html`<form class="root page" novalidate @submit=${this.handleSubmit}>
      ${this.renderBack(location?.name ?? words.t('locationAdd'), this.back)}
      ${this.isManager ? nothing : html`<p class="lead">${words.t('readOnly')}</p>`}
      <section class="block">${this.renderPlace(draft)}</section>
      ${this.renderHours(draft)} ${this.renderCustomers(draft)}
      ${this.renderActions(location === null ? 'create' : 'save', this.renderArchive())}
    </form>`;
  }
}

function toDraft({
  name,
  address,
  timeZone,
  nextTimeZone,
  dayStart,
  hours,
  languages,
  country,
  geofence,
  phone,
}: LocationDto): Draft {
  return { name, address, timeZone: nextTimeZone ?? timeZone, dayStart, hours, languages, country, geofence, phone };
}
