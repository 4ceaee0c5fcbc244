import { LOCALES } from '@frontdesk/protocol/locales';
import type { LocationId } from '@frontdesk/protocol/ids';
import type { PolicyOutcome } from '@frontdesk/protocol/queue-reports';
import type { QueuePolicy } from '@frontdesk/protocol/queue-setup';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { ErrorBody } from '@frontdesk/protocol/result';
import { checkClasses, QueueClassesForm } from './queue-classes.js';
import { dateIn, formatDay } from '../setup/setup-dates.js';
import type { Problems } from './queue-page.js';
import { describeRefusal, formatSeconds, languageName, type QueueMessageKey } from './queue-words.js';

const OUTCOME_MESSAGES: Readonly<Record<PolicyOutcome['label'], QueueMessageKey>> = {
  present: 'previewPresent',
  proposed: 'previewProposed',
  'first-come': 'previewFirstCome',
};

/** Who is called next, and what happens around it (QA-5, QA-6), tried out on a day that was. */
export class FrontdeskQueueRules extends QueueClassesForm {
  private shownFor: LocationId | null = null;

  @state() private previewDay = '';
  @state() private outcomes: readonly PolicyOutcome[] | 'asking' | null = null;
  @state() private previewError: ErrorBody | null = null;

  protected override willUpdate(_changed: PropertyValues<this>): void {
    const { setup, locationId } = this.data;
    if (setup.data === null || setup.phase !== 'ready' || this.shownFor === locationId) return;
    this.shownFor = locationId;
    this.draft = setup.data.policy;
    this.previewDay = dateIn(this.desk.zone, -1);
    this.outcomes = null;
    this.phase = 'idle';
  }

  protected override check(draft: QueuePolicy): Problems {
    const { minCallSeconds, autoAfterSeconds } = draft.noShow;
    return {
      ...checkClasses(draft.classes),
      ...(minCallSeconds >= 5 && minCallSeconds <= 600 ? {} : { 'noShow.minCallSeconds': 'secondsWrong' as const }),
      ...(autoAfterSeconds === null || (autoAfterSeconds >= 20 && autoAfterSeconds <= 3_600)
        ? {}
        : { 'noShow.autoAfterSeconds': 'secondsWrong' as const }),
      ...(draft.retentionHours >= 0 && draft.retentionHours <= 24 ? {} : { retentionHours: 'retentionWrong' as const }),
    };
  }

  private async handleSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { locationId } = this.data;
    if (locationId === null || this.draft === null) return;
    if ((await this.send('queue:update-policy', { locationId, policy: this.draft })) !== null)
      await this.desk.loadSetup();
  }

  private async handlePreview(): Promise<void> {
    const { draft, previewDay: serviceDay } = this;
    const { locationId } = this.data;
    if (draft === null || locationId === null || this.outcomes === 'asking') return;
    this.problems = this.check(draft);
    if (Object.keys(this.problems).length > 0) return;
    this.outcomes = 'asking';
    const result = await this.desk.send('queue:preview-policy', { locationId, serviceDay, policy: draft });
    this.outcomes = result.ok ? result.data.outcomes : null;
    this.previewError = result.ok ? null : result.error;
  }

  private renderOutcomes(outcomes: readonly PolicyOutcome[]): TemplateResult {
    const { words } = this;
    const cell = (seconds: number | null): TemplateResult => html`<td>${formatSeconds(words, seconds)}</td>`;
    return html`<div class="table" tabindex="0" role="region" aria-label=${words.t('previewTitle')}>
      <table>
        <thead>
          <tr>
            <th scope="col">${words.t('previewRules')}</th>
            <th scope="col">${words.t('previewPriorityMean')}</th>
            <th scope="col">${words.t('previewPriorityP95')}</th>
            <th scope="col">${words.t('previewOthersMean')}</th>
            <th scope="col">${words.t('previewOthersP95')}</th>
            <th scope="col">${words.t('previewOvertaken')}</th>
          </tr>
        </thead>
        <tbody>
          ${outcomes.map(
            ({ label, priority, others, overtaken }) =>
              html`<tr>
                <th scope="row">${words.t(OUTCOME_MESSAGES[label])}</th>
                ${cell(priority.meanSeconds)} ${cell(priority.p95Seconds)} ${cell(others.meanSeconds)}
                ${cell(others.p95Seconds)}
                <td>${words.number(overtaken)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private renderPreview(): TemplateResult | typeof nothing {
    const { words, outcomes, previewError, previewDay } = this;
    if (!this.isManager) return nothing;
    const isAsking = outcomes === 'asking';
    return html`<section class="block">
      <h2>${words.t('previewTitle')}</h2>
      <p class="field__hint">${words.t('previewLead')}</p>
      <div class="inline">
        ${this.renderText('previewDay', words.t('previewDay'), previewDay, (day) => (this.previewDay = day), {
          type: 'date',
          dir: 'ltr',
        })}
        <button class="button" type="button" aria-disabled=${String(isAsking)} @click=${this.handlePreview}>
          ${words.t('previewRun')}
        </button>
      </div>
      <div role="status">
        ${isAsking ? words.t('loading') : nothing}
        ${Array.isArray(outcomes) && outcomes.length === 0 ? words.t('previewNone', { day: formatDay(words, previewDay) }) : nothing}
      </div>
      ${previewError === null ? nothing : html`<p class="status status--failed" role="alert">${describeRefusal(words, previewError)}</p>`}
      ${typeof outcomes === 'object' && outcomes !== null && outcomes.length > 0 ? this.renderOutcomes(outcomes) : nothing}
    </section>`;
  }

  private renderOrder(draft: QueuePolicy): TemplateResult {
    const { words } = this;
    const { appointment } = draft;
    const put = (patch: Partial<QueuePolicy['appointment']>): void =>
      this.change({ appointment: { ...appointment, ...patch } });
    return html`<section class="block">
      <h2>${words.t('rulesOrder')}</h2>
      ${this.renderCheck(words.t('rulesPinned'), draft.isPinnedFirst, (isPinnedFirst) => this.change({ isPinnedFirst }), 'rulesPinnedHint')}
      ${this.renderNumber(
        'maxWaitMinutes',
        words.t('rulesGuard'),
        draft.maxWaitMinutes,
        (maxWaitMinutes) => this.change({ maxWaitMinutes }),
        {
          hint: 'rulesGuardHint',
          class: '',
        },
      )}
      <div class="pair">
        ${this.renderNumber('appointment.leadMinutes', words.t('appointmentLead'), appointment.leadMinutes, (value) =>
          put({ leadMinutes: value ?? 0 }),
        )}
        ${this.renderNumber(
          'appointment.earlyMinutes',
          words.t('appointmentEarly'),
          appointment.earlyMinutes,
          (value) => put({ earlyMinutes: value ?? 0 }),
        )}
        ${this.renderNumber('appointment.lateMinutes', words.t('appointmentLate'), appointment.lateMinutes, (value) =>
          put({ lateMinutes: value ?? 0 }),
        )}
      </div>
    </section>`;
  }

  private renderNoShow(draft: QueuePolicy): TemplateResult {
    const { words } = this;
    const { noShow } = draft;
    const put = (patch: Partial<QueuePolicy['noShow']>): void => this.change({ noShow: { ...noShow, ...patch } });
    const whole = { step: 1 } as const;
    return html`<section class="block">
      <h2>${words.t('rulesNoShow')}</h2>
      <div class="pair">
        ${this.renderNumber(
          'noShow.minCallSeconds',
          words.t('noShowMin'),
          noShow.minCallSeconds,
          (value) => put({ minCallSeconds: value ?? 0 }),
          whole,
        )}
        ${this.renderNumber(
          'noShow.autoAfterSeconds',
          words.t('noShowAuto'),
          noShow.autoAfterSeconds,
          (value) => put({ autoAfterSeconds: value }),
          { ...whole, hint: 'emptyStaff' },
        )}
        ${this.renderNumber(
          'noShow.penaltyPlaces',
          words.t('noShowPenalty'),
          noShow.penaltyPlaces,
          (value) => put({ penaltyPlaces: value ?? 0 }),
          whole,
        )}
        ${this.renderNumber(
          'noShow.maxReturns',
          words.t('noShowReturns'),
          noShow.maxReturns,
          (value) => put({ maxReturns: value ?? 0 }),
          whole,
        )}
        ${this.renderNumber(
          'autoStartSeconds',
          words.t('rulesAutoStart'),
          draft.autoStartSeconds,
          (autoStartSeconds) => this.change({ autoStartSeconds }),
          { ...whole, hint: 'emptyStaff' },
        )}
      </div>
    </section>`;
  }

  private renderEnd(draft: QueuePolicy): TemplateResult {
    const { words } = this;
    return html`<section class="block">
      <h2>${words.t('rulesClosing')}</h2>
      <div class="pair">
        ${this.renderSelect(
          'stopRule',
          words.t('rulesStop'),
          [
            ['off', words.t('stopOff')],
            ['warn', words.t('stopWarn')],
            ['refuse', words.t('stopRefuse')],
          ],
          draft.stopRule,
          (stopRule) => this.change({ stopRule }),
          { hint: 'rulesStopHint' },
        )}
        ${this.renderNumber('graceMinutes', words.t('rulesGrace'), draft.graceMinutes, (value) =>
          this.change({ graceMinutes: value ?? 0 }),
        )}
      </div>
      ${this.renderCheck(words.t('rulesHitRate'), draft.isHitRatePublic, (isHitRatePublic) => this.change({ isHitRatePublic }), 'rulesHitRateHint')}
      ${this.renderChoices(
        words.t('rulesLanguages'),
        LOCALES.map((locale) => [locale, languageName(locale)] as const),
        draft.announcementLanguages,
        (announcementLanguages) => this.change({ announcementLanguages: [...announcementLanguages] }),
        'rulesLanguagesHint',
      )}
    </section>`;
  }

  protected override render(): TemplateResult {
    const { draft } = this;
    if (draft === null) {
      return html`<div class="root page">
        ${this.renderHead('pageRules', 'rulesLead')} ${this.renderPending(this.data.setup) ?? nothing}
      </div>`;
    }
    return html`<form class="root page" novalidate @submit=${this.handleSubmit}>
      ${this.renderHead('pageRules', 'rulesLead')} ${this.renderOrder(draft)} ${this.renderClasses(draft)}
      ${this.renderNoShow(draft)} ${this.renderEnd(draft)} ${this.renderPreview()} ${this.renderActions('save')}
    </form>`;
  }
}
