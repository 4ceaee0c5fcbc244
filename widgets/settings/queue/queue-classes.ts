import type { PriorityClass, QueuePolicy } from '@frontdesk/protocol/queue-setup';
import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../../staff/staff-icons.js';
import { QueueForm, type Problems } from './queue-page.js';

/** A key that no other class of the branch has. */
export function freeKey(classes: readonly PriorityClass[]): string {
  const taken = new Set(classes.map(({ key }) => key));
  for (let number = 1; ; number += 1) {
    if (!taken.has(`class-${number}`)) return `class-${number}`;
  }
}

export function checkClasses(classes: readonly PriorityClass[]): Problems {
  const found = classes.flatMap(({ names, rate, declaration }, at): (readonly [string, Problems[string]])[] => [
    ...(names.en.trim() === '' ? [[`classes.${at}.names.en`, 'invalidRequired'] as const] : []),
    ...(rate >= 1 && rate <= 10 ? [] : [[`classes.${at}.rate`, 'rateWrong'] as const]),
    ...(declaration !== null && declaration.en.trim() === ''
      ? [[`classes.${at}.declaration.en`, 'invalidRequired'] as const]
      : []),
  ]);
  return Object.fromEntries(found);
}

/** The part of the rules that is about priority classes (QA-6). */
export class QueueClassesForm extends QueueForm<QueuePolicy> {
  private put(draft: QueuePolicy, at: number, patch: Partial<PriorityClass>): void {
    this.change({ classes: draft.classes.map((one, index) => (index === at ? { ...one, ...patch } : one)) });
  }

  private addClass({ classes }: QueuePolicy): void {
    const added: PriorityClass = {
      key: freeKey(classes),
      names: { en: '' },
      kind: 'soft',
      rate: 2,
      headStartMinutes: 0,
      maxConsecutive: null,
      declaration: null,
      quota: null,
    };
    this.change({ classes: [...classes, added] });
  }

  private renderRate(draft: QueuePolicy, { kind, rate, headStartMinutes, maxConsecutive }: PriorityClass, at: number) {
    const { words } = this;
    const path = `classes.${at}`;
    if (kind === 'statutory') {
      return this.renderNumber(
        `${path}.maxConsecutive`,
        words.t('classConsecutive'),
        maxConsecutive,
        (value) => this.put(draft, at, { maxConsecutive: value }),
        { hint: 'classConsecutiveHint', min: 1, step: 1 },
      );
    }
    return html`${this.renderNumber(
      `${path}.rate`,
      words.t('classRate'),
      rate,
      (value) => this.put(draft, at, { rate: value ?? 0 }),
      { hint: 'classRateHint', min: 1, max: 10 },
    )}
    ${this.renderNumber(
      `${path}.headStartMinutes`,
      words.t('classHeadStart'),
      headStartMinutes,
      (value) => this.put(draft, at, { headStartMinutes: value ?? 0 }),
      { hint: 'classHeadStartHint', max: 120 },
    )}`;
  }

  private renderDeclaration(draft: QueuePolicy, one: PriorityClass, at: number): TemplateResult {
    const { words } = this;
    const path = `classes.${at}`;
    return html`${this.renderCheck(
      words.t('classDeclare'),
      one.declaration !== null,
      (isOn) => this.put(draft, at, { declaration: isOn ? { en: '' } : null }),
      'classDeclareHint',
    )}
    ${
      one.declaration === null
        ? nothing
        : this.renderNames(
            `${path}.declaration`,
            words.t('classDeclaration'),
            one.declaration,
            (declaration) => this.put(draft, at, { declaration }),
            300,
          )
    }`;
  }

  private renderClass(draft: QueuePolicy, one: PriorityClass, at: number): TemplateResult {
    const { words } = this;
    const path = `classes.${at}`;
    return html`<li class="block" data-class=${one.key}>
      ${this.renderNames(`${path}.names`, words.t('className'), one.names, (names) => this.put(draft, at, { names }))}
      <div class="pair">
        ${this.renderSelect(
          `${path}.kind`,
          words.t('classKind'),
          [
            ['soft', words.t('classSoft')],
            ['statutory', words.t('classStatutory')],
          ],
          one.kind,
          (kind) => this.put(draft, at, { kind }),
          { hint: one.kind === 'soft' ? 'classSoftHint' : 'classStatutoryHint' },
        )}
        ${this.renderRate(draft, one, at)}
        ${this.renderNumber(
          `${path}.quota`,
          words.t('classQuota'),
          one.quota,
          (quota) => this.put(draft, at, { quota }),
          {
            hint: 'emptyNoLimit',
            min: 1,
            step: 1,
          },
        )}
      </div>
      ${this.renderDeclaration(draft, one, at)}
      ${
        this.isManager
          ? html`<div>
              <button
                class="button button--small"
                type="button"
                aria-label="${words.t('classRemove')}: ${one.names.en}"
                @click=${() => this.change({ classes: draft.classes.filter((_, index) => index !== at) })}
              >
                ${icon('trash', 'small')} ${words.t('classRemove')}
              </button>
            </div>`
          : nothing
      }
    </li>`;
  }

  protected renderClasses(draft: QueuePolicy): TemplateResult {
    const { words } = this;
    return html`<section class="page" aria-labelledby="classes">
      <div>
        <h2 id="classes">${words.t('rulesClasses')}</h2>
        <p class="lead">${words.t('rulesClassesLead')}</p>
      </div>
      <ul class="page">
        ${draft.classes.map((one, at) => this.renderClass(draft, one, at))}
      </ul>
      ${
        this.isManager && draft.classes.length < 12
          ? html`<div>
              <button class="button button--small" type="button" @click=${() => this.addClass(draft)}>
                ${icon('plus', 'small')} ${words.t('classAdd')}
              </button>
            </div>`
          : nothing
      }
    </section>`;
  }
}
