/** What a business wants to know before a visit, one field for each kind of question. */
import type { BookingServiceId } from '@frontdesk/protocol/ids';
import { html, nothing, type TemplateResult } from 'lit';
import type { Question } from '@frontdesk/protocol/booking-fields';
import { readName, type BookingWords } from '../booking-words.js';

type Answer = string | readonly string[] | undefined;

export interface QuestionContext {
  readonly words: BookingWords;
  readonly answer: Answer;
  readonly problem: string | null;
  /** Services of the visit, one of which asks. */
  readonly serviceIds: readonly BookingServiceId[];
  /** Its answer comes from the page. */
  readonly isLocked: boolean;
  set(answer: string | readonly string[]): void;
}

const textOf = (answer: Answer): string => (typeof answer === 'string' ? answer : '');
const listOf = (answer: Answer): readonly string[] => (typeof answer === 'object' ? answer : []);

function labelOf({ words }: QuestionContext, { labels, isRequired }: Question): TemplateResult {
  const optional = isRequired ? nothing : html` <span class="optional">(${words.t('booking.optional')})</span>`;
  return html`<bdi>${readName(words, labels)}</bdi>${optional}`;
}

/** A number is typed as text, because of one that is half typed browsers hand out nothing at all. */
function renderInput(question: Question, context: QuestionContext): TemplateResult {
  const { key, type, isRequired } = question;
  const { answer, problem, isLocked, set } = context;
  const id = `answer-${key}`;
  const describedBy = problem ? `${id}-problem` : nothing;
  const handle = (event: Event): void => set((event.target as HTMLInputElement | HTMLTextAreaElement).value);
  return html`<label class="field__label" for=${id}>${labelOf(context, question)}</label> ${
      type === 'long-text'
        ? html`<textarea
            class="input"
            id=${id}
            rows="3"
            maxlength="2000"
            dir="auto"
            .value=${textOf(answer)}
            ?readonly=${isLocked}
            aria-required=${isRequired}
            aria-invalid=${problem !== null}
            aria-describedby=${describedBy}
            @input=${handle}
          ></textarea>`
        : html`<input
            class="input"
            id=${id}
            type=${type === 'date' ? 'date' : 'text'}
            inputmode=${type === 'number' ? 'decimal' : nothing}
            maxlength="200"
            dir="auto"
            .value=${textOf(answer)}
            ?readonly=${isLocked}
            aria-required=${isRequired}
            aria-invalid=${problem !== null}
            aria-describedby=${describedBy}
            @input=${handle}
          />`
    }`;
}

function renderOptions(question: Question, context: QuestionContext): TemplateResult {
  const { key, type, options } = question;
  const { words, answer, problem, set } = context;
  const isMany = type === 'choices';
  const chosen = listOf(answer);
  const toggle = (option: string): void => {
    if (!isMany) set(option);
    else set(chosen.includes(option) ? chosen.filter((one) => one !== option) : [...chosen, option]);
  };
  return html`<fieldset aria-describedby=${problem ? `answer-${key}-problem` : nothing}>
    <legend class="field__label">${labelOf(context, question)}</legend>
    ${options.map(
      (option) =>
        html`<label class="check">
          <input
            type=${isMany ? 'checkbox' : 'radio'}
            name="answer-${key}"
            .checked=${isMany ? chosen.includes(option.key) : answer === option.key}
            aria-invalid=${problem === null ? nothing : 'true'}
            @change=${() => toggle(option.key)}
          />
          <bdi>${readName(words, option.labels)}</bdi>
        </label>`,
    )}
  </fieldset>`;
}

function renderCheckbox(question: Question, context: QuestionContext): TemplateResult {
  const { answer, problem, set } = context;
  return html`<label class="check">
    <input
      type="checkbox"
      .checked=${answer === 'true'}
      aria-invalid=${problem !== null}
      aria-describedby=${problem ? `answer-${question.key}-problem` : nothing}
      @change=${(event: Event) => set(String((event.target as HTMLInputElement).checked))}
    />
    <span>${labelOf(context, question)}</span>
  </label>`;
}

let loading: Promise<unknown> | undefined;

/** Code of its own, which comes when it is asked; one that did not arrive is fetched again when the form is drawn again. */
function renderFiles(question: Question, { words, problem, serviceIds, set }: QuestionContext): TemplateResult {
  loading ??= import('../files/define.js').catch(() => (loading = undefined));
  return html`<frontdesk-booking-files
    part="field"
    ?data-invalid=${problem !== null}
    .words=${words}
    .question=${question}
    .serviceIds=${serviceIds}
    .problem=${problem}
    .answered=${set}
  ></frontdesk-booking-files>`;
}

export function renderQuestion(question: Question, context: QuestionContext): TemplateResult {
  const { type, key } = question;
  if (type === 'file') return renderFiles(question, context);
  const isChoice = type === 'choice' || type === 'choices';
  const field = isChoice
    ? renderOptions(question, context)
    : type === 'checkbox'
      ? renderCheckbox(question, context)
      : renderInput(question, context);
  return html`<div class="field" part="field">
    ${field}
    ${context.problem ? html`<p class="field__error" id="answer-${key}-problem">${context.problem}</p>` : nothing}
  </div>`;
}
