/**
 * Answers and consents against what a service asks (BK-32, BK-33). The form shows what {@link askedQuestions} says and the server checks
 * the same; what was not asked is refused rather than kept.
 *
 * An answer is text, keys for `choices`, or ids for `file`: a `checkbox` is `true` or `false`, a `number` a decimal number, a `date` `YYYY-MM-DD`.
 * Problems are by field, in English for developers; forms word them themselves.
 */
import type { Answers, ConsentText, Question } from '@frontdesk/protocol/booking-fields';
import { MAX_FILES_PER_ANSWER } from '@frontdesk/protocol/file-limits';
import { formatDate, parseDate } from '../hours/zone.js';

export type AnswerProblem = 'required' | 'invalid' | 'not-asked' | 'outdated';
export type AnswerProblems = ReadonlyMap<string, AnswerProblem>;

type Answer = Answers[string];

const MAX_LINE_LENGTH = 200;

/** Never what an object inherits: a question may be called `constructor`. */
function answerTo(answers: Answers, key: string): Answer | undefined {
  return Object.hasOwn(answers, key) ? answers[key] : undefined;
}

function isEmpty(answer: Answer | undefined): boolean {
  return answer === undefined || (typeof answer === 'string' ? answer.trim() === '' : answer.length === 0);
}

/** Questions to be asked, given the answers so far. A condition looks at an earlier question only, which must be asked itself. */
export function askedQuestions(questions: readonly Question[], answers: Answers): readonly Question[] {
  const asked = new Set<string>();
  return questions.filter(({ key, onlyIf }) => {
    const answer = onlyIf && asked.has(onlyIf.key) ? answerTo(answers, onlyIf.key) : undefined;
    const isMet = Array.isArray(answer) ? answer.includes(onlyIf?.equals ?? '') : answer === onlyIf?.equals;
    if (onlyIf && (answer === undefined || !isMet)) return false;
    asked.add(key);
    return true;
  });
}

const checks: Readonly<Record<Question['type'], (answer: Answer, question: Question) => boolean>> = {
  text: (answer) => typeof answer === 'string' && answer.length <= MAX_LINE_LENGTH && !/[\r\n]/.test(answer),
  'long-text': (answer) => typeof answer === 'string',
  choice: (answer, { options }) => options.some(({ key }) => key === answer),
  choices: (answer, { options }) =>
    Array.isArray(answer) &&
    new Set(answer).size === answer.length &&
    answer.every((chosen) => options.some(({ key }) => key === chosen)),
  checkbox: (answer) => answer === 'true' || answer === 'false',
  // Not Number() alone, which reads hexadecimal, exponents and spaces too.
  number: (answer) => typeof answer === 'string' && /^-?\d{1,15}(?:\.\d{1,10})?$/.test(answer),
  // Whether they are this customer's, and what they are, the server knows (server/booking/files.service.ts).
  file: (answer, { file }) =>
    Array.isArray(answer) &&
    answer.length <= (file?.maxCount ?? MAX_FILES_PER_ANSWER) &&
    new Set(answer).size === answer.length &&
    answer.every((id) => /^[0-9a-f]{24}$/.test(id)),
  date: (answer) =>
    typeof answer === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(answer) && formatDate(parseDate(answer)) === answer,
};

function checkAnswer(question: Question, answer: Answer | undefined): AnswerProblem | null {
  if (answer === undefined || isEmpty(answer)) return question.isRequired ? 'required' : null;
  if (!checks[question.type](answer, question)) return 'invalid';
  return question.type === 'checkbox' && question.isRequired && answer !== 'true' ? 'required' : null;
}

/** What is wrong, by the question's key; empty when all is well. */
export function checkAnswers(questions: readonly Question[], answers: Answers): AnswerProblems {
  const asked = askedQuestions(questions, answers);
  const keys = new Set(asked.map(({ key }) => key));
  const problems = new Map<string, AnswerProblem>();
  for (const key of Object.keys(answers)) if (!keys.has(key)) problems.set(key, 'not-asked');
  for (const question of asked) {
    const problem = checkAnswer(question, answerTo(answers, question.key));
    if (problem) problems.set(question.key, problem);
  }
  return problems;
}

export interface ConsentGiven {
  readonly key: string;
  readonly version: number;
}

/** Required ones must be given, each once, and in the version that is shown today; what nobody asked for is refused. */
export function checkConsents(texts: readonly ConsentText[], given: readonly ConsentGiven[]): AnswerProblems {
  const problems = new Map<string, AnswerProblem>();
  const seen = new Set<string>();
  for (const { key, version } of given) {
    const text = texts.find((one) => one.key === key);
    if (!text) problems.set(key, 'not-asked');
    else if (seen.has(key)) problems.set(key, 'invalid');
    else if (text.version !== version) problems.set(key, 'outdated');
    seen.add(key);
  }
  for (const { key, isRequired } of texts) if (isRequired && !seen.has(key)) problems.set(key, 'required');
  return problems;
}
