import type { ConsentText, Question } from '@frontdesk/protocol/booking-fields';
import { MAX_FILES_PER_ANSWER } from '@frontdesk/protocol/file-limits';
import { FILE_TYPES, QUESTION_TYPES, type FileType, type QuestionType } from '@frontdesk/protocol/vocabulary';
import { DEFAULT_FILE_LIMITS, limitsOf } from '@frontdesk/domain/booking/file-kinds';
import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../../staff/staff-icons.js';
import { nameIn } from '../setup/setup-words.js';
import { conditionsFor, dropLostConditions, freshKey, hasOptions } from './booking-form-checks.js';
import type { ServiceDraft } from './booking-service-draft.js';
import { StartsForm } from './booking-starts.js';
import type { BookingMessageKey } from './booking-words.js';

const MAX_QUESTIONS = 20;
const MAX_OPTIONS = 30;
const MAX_CONSENTS = 6;

const TYPE_MESSAGES: Readonly<Record<QuestionType, BookingMessageKey>> = {
  text: 'questionText',
  'long-text': 'questionLongText',
  choice: 'questionChoice',
  choices: 'questionChoices',
  checkbox: 'questionCheckbox',
  number: 'questionFigure',
  date: 'questionDate',
  file: 'questionFile',
};

/** As people know them. */
const FILE_NAMES: Readonly<Record<FileType, string>> = {
  'image/jpeg': 'JPEG',
  'image/png': 'PNG',
  'image/webp': 'WebP',
  'image/heic': 'HEIC',
  'application/pdf': 'PDF',
};
const MEGABYTE = 1_024 * 1_024;

type Option = Question['options'][number];
const newOption = (): Option => ({ key: freshKey('option'), labels: { en: '' } });

/** The part of a service's form that is about what customers are asked and have to agree to. */
export abstract class AsksForm extends StartsForm {
  private putQuestion({ questions }: ServiceDraft, at: number, patch: Partial<Question>): void {
    const changed = questions.map((one, index) => (index === at ? { ...one, ...patch } : one));
    this.change({ questions: dropLostConditions(changed) });
  }

  private move({ questions }: ServiceDraft, at: number): void {
    const moved = questions.filter((_, index) => index !== at);
    moved.splice(at - 1, 0, ...questions.slice(at, at + 1));
    this.change({ questions: dropLostConditions(moved) });
    void this.focusRow('questions', at - 1);
  }

  private dropQuestion({ questions }: ServiceDraft, at: number): void {
    this.change({ questions: dropLostConditions(questions.filter((_, index) => index !== at)) });
    void this.focusRow('questions', at);
  }

  private addQuestion({ questions }: ServiceDraft): void {
    const added: Question = {
      key: freshKey('question'),
      type: 'text',
      labels: { en: '' },
      options: [],
      isRequired: false,
      isSensitive: false,
      onlyIf: null,
    };
    this.change({ questions: [...questions, added] });
  }

  private renderButton(label: BookingMessageKey, about: string, press: () => void): TemplateResult {
    const { words } = this;
    return html`<button
      class="button button--small"
      type="button"
      aria-label=${about === '' ? nothing : `${words.t(label)}: ${about}`}
      @click=${press}
    >
      ${words.t(label)}
    </button>`;
  }

  private renderAnswers(draft: ServiceDraft, { options }: Question, at: number): TemplateResult {
    const { words } = this;
    const path = `questions.${at}.options`;
    const set = (changed: Option[]): void => this.putQuestion(draft, at, { options: changed });
    return html`<div class="part">
      ${options.map(
        (option, index) =>
          html`<div>
            ${this.renderNames(
              `${path}.${index}.labels`,
              words.t('optionNumber', { number: index + 1 }),
              option.labels,
              (labels) => set(options.map((one, other) => (other === index ? { ...one, labels } : one))),
              100,
            )}
            ${
              this.isManager
                ? this.renderButton('remove', words.t('optionNumber', { number: index + 1 }), () =>
                    set(options.filter((_, other) => other !== index)),
                  )
                : nothing
            }
          </div>`,
      )}
      ${this.renderProblem(path)}
      ${
        this.isManager && options.length < MAX_OPTIONS
          ? html`<div>${this.renderButton('optionAdd', '', () => set([...options, newOption()]))}</div>`
          : nothing
      }
    </div>`;
  }

  private renderFileLimits(draft: ServiceDraft, question: Question, at: number): TemplateResult {
    const { words } = this;
    const limits = limitsOf(question);
    const path = `questions.${at}.file`;
    const set = (patch: Partial<typeof limits>): void => this.putQuestion(draft, at, { file: { ...limits, ...patch } });
    const types = FILE_TYPES.map((one) => [one, FILE_NAMES[one]] as const);
    return html`<div class="part">
      <p class="field__hint">${words.t('questionFileHint')}</p>
      ${this.renderChoices(words.t('fileTypes'), types, limits.types, (chosen) => set({ types: [...chosen] }))}
      ${this.renderProblem(`${path}.types`)}
      <div class="pair">
        ${this.renderNumber(
          `${path}.maxBytes`,
          words.t('fileBytes'),
          limits.maxBytes / MEGABYTE,
          (size) => set({ maxBytes: Math.round((size ?? Number.NaN) * MEGABYTE) }),
          { min: 1, max: 10 },
        )}
        ${this.renderNumber(
          `${path}.maxCount`,
          words.t('fileCount'),
          limits.maxCount,
          (count) => set({ maxCount: count ?? Number.NaN }),
          { min: 1, max: MAX_FILES_PER_ANSWER },
        )}
      </div>
    </div>`;
  }

  private renderCondition(draft: ServiceDraft, { onlyIf }: Question, at: number): TemplateResult | typeof nothing {
    const { words } = this;
    const earlier = conditionsFor(draft.questions, at);
    if (earlier.length === 0) return nothing;
    const asked = earlier.find(({ key }) => key === onlyIf?.key);
    const answers = !asked
      ? []
      : hasOptions(asked)
        ? asked.options.map(({ key, labels }) => [key, nameIn(words, labels)] as const)
        : ([
            ['true', words.t('answerTicked')],
            ['false', words.t('answerNotTicked')],
          ] as const);
    const firstOf = (question: Question | undefined): string =>
      question && hasOptions(question) ? (question.options[0]?.key ?? '') : 'true';
    return html`<div class="pair">
      ${this.renderSelect(
        `questions.${at}.onlyIf.key`,
        words.t('questionOnlyIf'),
        [['', words.t('questionAlways')], ...earlier.map(({ key, labels }) => [key, nameIn(words, labels)] as const)],
        onlyIf?.key ?? '',
        (key) =>
          this.putQuestion(draft, at, {
            onlyIf: key === '' ? null : { key, equals: firstOf(earlier.find((one) => one.key === key)) },
          }),
      )}
      ${
        onlyIf === null
          ? nothing
          : this.renderSelect(
              `questions.${at}.onlyIf.equals`,
              words.t('questionEquals'),
              answers,
              onlyIf.equals,
              (equals) => this.putQuestion(draft, at, { onlyIf: { ...onlyIf, equals } }),
            )
      }
    </div>`;
  }

  private renderQuestion(draft: ServiceDraft, question: Question, at: number): TemplateResult {
    const { words } = this;
    const { labels, type, isRequired, isSensitive } = question;
    const path = `questions.${at}`;
    const about = labels.en === '' ? words.t('questionNumber', { number: at + 1 }) : labels.en;
    const types = QUESTION_TYPES.map((one) => [one, words.t(TYPE_MESSAGES[one])] as const);
    return html`<li class="part" data-question=${question.key}>
      <h3>${words.t('questionNumber', { number: at + 1 })}</h3>
      ${this.renderNames(`${path}.labels`, words.t('questionLabel'), labels, (changed) => this.putQuestion(draft, at, { labels: changed }), 200)}
      ${this.renderSelect(`${path}.type`, words.t('questionType'), types, type, (chosen) =>
        this.putQuestion(draft, at, {
          type: chosen,
          file: chosen === 'file' ? (question.file ?? DEFAULT_FILE_LIMITS) : null,
          options: hasOptions({ type: chosen })
            ? question.options.length > 0
              ? question.options
              : [newOption(), newOption()]
            : [],
        }),
      )}
      ${hasOptions(question) ? this.renderAnswers(draft, question, at) : nothing}
      ${type === 'file' ? this.renderFileLimits(draft, question, at) : nothing}
      ${this.renderCheck(words.t('questionRequired'), isRequired, (isOn) => this.putQuestion(draft, at, { isRequired: isOn }))}
      ${
        type === 'file'
          ? nothing
          : this.renderCheck(
              words.t('questionSensitive'),
              isSensitive,
              (isOn) => this.putQuestion(draft, at, { isSensitive: isOn }),
              'questionSensitiveHint',
            )
      }
      ${this.renderCondition(draft, question, at)}
      ${
        this.isManager
          ? html`<div class="actions" data-tools>
              ${at === 0 ? nothing : this.renderButton('moveUp', about, () => this.move(draft, at))}
              ${this.renderButton('remove', about, () => this.dropQuestion(draft, at))}
            </div>`
          : nothing
      }
    </li>`;
  }

  protected renderQuestions(draft: ServiceDraft): TemplateResult {
    const { words } = this;
    return html`<section class="block">
      <h2>${words.t('offerQuestions')}</h2>
      <p class="lead">${words.t('offerQuestionsLead')}</p>
      <ul class="page" data-rows="questions">
        ${repeat(
          draft.questions,
          ({ key }) => key,
          (question, at) => this.renderQuestion(draft, question, at),
        )}
      </ul>
      ${
        this.isManager && draft.questions.length < MAX_QUESTIONS
          ? html`<div>
              <button class="button button--small" type="button" @click=${() => this.addQuestion(draft)}>
                ${icon('plus', 'small')} ${words.t('questionAdd')}
              </button>
            </div>`
          : nothing
      }
    </section>`;
  }

  private putConsent({ consents }: ServiceDraft, at: number, patch: Partial<ConsentText>): void {
    this.change({ consents: consents.map((one, index) => (index === at ? { ...one, ...patch } : one)) });
  }

  private renderConsent(draft: ServiceDraft, consent: ConsentText, at: number): TemplateResult {
    const { words } = this;
    const { key, version, texts, isRequired } = consent;
    const stored = this.record?.consents.find((one) => one.key === key);
    const isChanged = stored !== undefined && JSON.stringify(stored.texts) !== JSON.stringify(texts);
    return html`<li class="part" data-consent=${key}>
      <h3>
        ${words.t('consentNumber', { number: at + 1 })}
        ${stored === undefined ? nothing : html`<span class="tag">${words.t('consentVersion', { version })}</span>`}
      </h3>
      ${this.renderNames(`consents.${at}.texts`, words.t('consentWording'), texts, (changed) => this.putConsent(draft, at, { texts: changed }), 600)}
      ${isChanged ? html`<p class="field__hint" role="status">${words.t('consentRaised', { version: version + 1 })}</p>` : nothing}
      ${this.renderCheck(
        words.t('consentRequired'),
        isRequired,
        (isOn) => this.putConsent(draft, at, { isRequired: isOn }),
        'consentRequiredHint',
      )}
      ${
        this.isManager
          ? html`<div data-tools>
              ${this.renderButton('remove', words.t('consentNumber', { number: at + 1 }), () => {
                this.change({ consents: draft.consents.filter((_, index) => index !== at) });
                void this.focusRow('consents', at);
              })}
            </div>`
          : nothing
      }
    </li>`;
  }

  protected renderConsents(draft: ServiceDraft): TemplateResult {
    const { words } = this;
    const add = (): void =>
      this.change({
        consents: [...draft.consents, { key: freshKey('consent'), version: 1, texts: { en: '' }, isRequired: true }],
      });
    return html`<section class="block">
      <h2>${words.t('offerConsents')}</h2>
      <p class="lead">${words.t('offerConsentsLead')}</p>
      <ul class="page" data-rows="consents">
        ${repeat(
          draft.consents,
          ({ key }) => key,
          (consent, at) => this.renderConsent(draft, consent, at),
        )}
      </ul>
      ${
        this.isManager && draft.consents.length < MAX_CONSENTS
          ? html`<div>
              <button class="button button--small" type="button" @click=${add}>
                ${icon('plus', 'small')} ${words.t('consentAdd')}
              </button>
            </div>`
          : nothing
      }
    </section>`;
  }
}
