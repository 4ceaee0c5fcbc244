import { formatLabel } from '@frontdesk/domain/queue/numbering';
import type { Series, ServiceDto } from '@frontdesk/protocol/queue-setup';
import { ASK_RULES, type AskRule } from '@frontdesk/protocol/vocabulary';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { QueueForm, type Problems } from './queue-page.js';
import { nameIn, type QueueMessageKey } from './queue-words.js';

type Draft = Omit<ServiceDto, 'id' | 'locationId' | 'isArchived' | 'closure' | 'isFinishing'>;

const ASK_MESSAGES: Readonly<Record<AskRule, QueueMessageKey>> = {
  no: 'askNo',
  optional: 'askOptional',
  required: 'askRequired',
};

const NEW: Draft = {
  names: { en: '' },
  series: { prefix: 'A', width: 3, first: 1, last: 999 },
  pool: 'main',
  typicalMinutes: 10,
  targetWaitMinutes: 20,
  capPerDay: null,
  maxWaiting: null,
  stopAt: null,
  askName: 'no',
  askPhone: 'no',
  consentText: '',
  isRemoteJoinAllowed: true,
};

/** The first letter that no other service of the branch has. */
function freePrefix(services: readonly ServiceDto[]): string {
  const taken = new Set(services.map(({ series }) => series.prefix));
  return [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].find((letter) => !taken.has(letter)) ?? '';
}

function checkSeries({ prefix, width, first, last }: Series): Problems {
  return {
    ...(/^[A-Z]{0,3}$/.test(prefix) ? {} : { 'series.prefix': 'prefixWrong' as const }),
    ...(width >= 1 && width <= 5 ? {} : { 'series.width': 'widthWrong' as const }),
    ...(first >= 0 && first < last && last <= 99_999 ? {} : { 'series.last': 'lastWrong' as const }),
  };
}

/** One service (QA-2, QA-3): what it is called, how its tickets are numbered, when it takes some. */
export class FrontdeskQueueService extends QueueForm<Draft> {
  @property({ attribute: false }) service: ServiceDto | null = null;
  @property({ attribute: false }) back: () => void = () => undefined;
  @property({ attribute: false }) saved: (service: ServiceDto) => void = () => undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.draft !== null && (!changed.has('service') || changed.get('service')?.id === this.service?.id)) return;
    if (this.draft !== null && this.phase === 'saved') return;
    const prefix = freePrefix(this.data.setup.data?.services ?? []);
    this.draft = this.service === null ? { ...NEW, series: { ...NEW.series, prefix } } : toDraft(this.service);
  }

  protected override check({ names, series, pool, typicalMinutes }: Draft): Problems {
    return {
      ...(names.en.trim() === '' ? { 'names.en': 'invalidRequired' as const } : {}),
      ...checkSeries(series),
      ...(/^[a-z0-9][a-z0-9-]{0,31}$/.test(pool) ? {} : { pool: 'poolWrong' as const }),
      ...(typicalMinutes >= 0.5 && typicalMinutes <= 480 ? {} : { typicalMinutes: 'minutesWrong' as const }),
    };
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { draft, service } = this;
    const { locationId } = this.data;
    if (draft === null || locationId === null) return;
    const saved =
      service === null
        ? await this.send('service:create', { locationId, ...draft })
        : await this.send('service:update', { serviceId: service.id, ...draft });
    if (saved !== null) this.saved(saved);
  }

  private async handleArchive({ id, isArchived }: ServiceDto): Promise<void> {
    const saved = await this.send('service:update', { serviceId: id, isArchived: !isArchived });
    if (saved !== null) this.saved(saved);
  }

  private changeSeries(draft: Draft, patch: Partial<Series>): void {
    this.change({ series: { ...draft.series, ...patch } });
  }

  private renderSeries(draft: Draft): TemplateResult {
    const { words } = this;
    const { prefix, width, first, last } = draft.series;
    const put = (patch: Partial<Series>): void => this.changeSeries(draft, patch);
    const whole = { step: 1 } as const;
    return html`<section class="block">
      <h2>${words.t('serviceNumbers')}</h2>
      <div class="pair">
        ${this.renderText(
          'series.prefix',
          words.t('seriesPrefix'),
          prefix,
          (text) => put({ prefix: text.toUpperCase() }),
          {
            maxLength: 3,
            dir: 'ltr',
            hint: 'seriesPrefixHint',
          },
        )}
        ${this.renderNumber('series.width', words.t('seriesWidth'), width, (value) => put({ width: value ?? 0 }), { ...whole, max: 5 })}
        ${this.renderNumber('series.first', words.t('seriesFirst'), first, (value) => put({ first: value ?? 0 }), whole)}
        ${this.renderNumber('series.last', words.t('seriesLast'), last, (value) => put({ last: value ?? 0 }), whole)}
      </div>
      <div class="preview" aria-live="polite">
        <span class="preview__title">${words.t('previewTickets')}</span>
        <span class="big" dir="ltr"
          >${[first, first + 1].map((number) => formatLabel(prefix, number, width)).join(' ')} …
          ${formatLabel(prefix, last, width)}</span
        >
        <span class="muted"
          >${words.t('seriesWrap', { last: formatLabel(prefix, last, width), first: formatLabel(prefix, first, width) })}</span
        >
      </div>
    </section>`;
  }

  private renderCaps(draft: Draft): TemplateResult {
    const { words } = this;
    return html`${this.renderNumber(
      'capPerDay',
      words.t('serviceCap'),
      draft.capPerDay,
      (capPerDay) => this.change({ capPerDay }),
      {
        hint: 'emptyNoLimit',
        min: 1,
        step: 1,
      },
    )}
    ${this.renderNumber(
      'maxWaiting',
      words.t('serviceMaxWaiting'),
      draft.maxWaiting,
      (maxWaiting) => this.change({ maxWaiting }),
      {
        hint: 'emptyNoLimit',
        min: 1,
        step: 1,
      },
    )}
    ${this.renderText(
      'stopAt',
      words.t('serviceStop'),
      draft.stopAt ?? '',
      (stopAt) => this.change({ stopAt: stopAt === '' ? null : stopAt }),
      {
        type: 'time',
        hint: 'serviceStopHint',
      },
    )}
    ${this.renderText('pool', words.t('servicePool'), draft.pool, (pool) => this.change({ pool: pool.toLowerCase() }), {
      maxLength: 32,
      dir: 'ltr',
      hint: 'servicePoolHint',
    })}`;
  }

  private renderLimits(draft: Draft): TemplateResult {
    const { words } = this;
    return html`<section class="block">
      <h2>${words.t('serviceLimits')}</h2>
      <div class="pair">
        ${this.renderNumber(
          'typicalMinutes',
          words.t('serviceTypical'),
          draft.typicalMinutes,
          (value) => this.change({ typicalMinutes: value ?? 0 }),
          { hint: 'serviceTypicalHint' },
        )}
        ${this.renderNumber(
          'targetWaitMinutes',
          words.t('serviceTarget'),
          draft.targetWaitMinutes,
          (value) => this.change({ targetWaitMinutes: value ?? 0 }),
          { hint: 'serviceTargetHint' },
        )}
        ${this.renderCaps(draft)}
      </div>
    </section>`;
  }

  private renderAsk(draft: Draft): TemplateResult {
    const { words } = this;
    const rules = ASK_RULES.map((rule) => [rule, words.t(ASK_MESSAGES[rule])] as const);
    return html`<section class="block">
      <h2>${words.t('serviceAsk')}</h2>
      <div class="pair">
        ${this.renderSelect('askName', words.t('askName'), rules, draft.askName, (askName) => this.change({ askName }))}
        ${this.renderSelect('askPhone', words.t('askPhone'), rules, draft.askPhone, (askPhone) => this.change({ askPhone }))}
      </div>
      ${
        draft.askName === 'no' && draft.askPhone === 'no'
          ? nothing
          : this.renderArea(
              'consentText',
              words.t('consentText'),
              draft.consentText,
              (consentText) => this.change({ consentText }),
              { maxLength: 600, hint: 'consentTextHint' },
            )
      }
      ${this.renderCheck(
        words.t('remoteJoin'),
        draft.isRemoteJoinAllowed,
        (isRemoteJoinAllowed) => this.change({ isRemoteJoinAllowed }),
        'remoteJoinHint',
      )}
    </section>`;
  }

  private renderArchive(): TemplateResult | typeof nothing {
    const { service } = this;
    if (service === null) return nothing;
    return html`<button class="button" type="button" @click=${() => this.handleArchive(service)}>
      ${this.words.t(service.isArchived ? 'bringBack' : 'archive')}
    </button>`;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { draft, words, service } = this;
    if (draft === null) return nothing;
    return html`<form class="root page" novalidate @submit=${this.handleSubmit}>
      ${this.renderBack(service === null ? words.t('serviceAdd') : nameIn(words, service.names), this.back)}
      ${this.isManager ? nothing : html`<p class="lead">${words.t('readOnly')}</p>`}
      ${service?.isArchived ? html`<p class="notice">${words.t('serviceArchivedNote')}</p>` : nothing}
      <section class="block">
        <div class="form">
          ${this.renderNames('names', words.t('serviceNames'), draft.names, (names) => this.change({ names }))}
        </div>
      </section>
      ${this.renderSeries(draft)} ${this.renderLimits(draft)} ${this.renderAsk(draft)}
      ${this.renderActions(service === null ? 'create' : 'save', this.renderArchive())}
    </form>`;
  }
}

function toDraft(service: ServiceDto): Draft {
  const {
    id: _id,
    locationId: _place,
    isArchived: _archived,
    closure: _closure,
    isFinishing: _ends,
    ...draft
  } = service;
  return draft;
}
