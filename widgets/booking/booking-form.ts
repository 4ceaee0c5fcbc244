/** What a customer types before booking: which questions are asked, what is missing, and what is sent. Pure. */
import { askedQuestions } from '@frontdesk/domain/booking/answers';
import type { Answers, Customer, Question } from '@frontdesk/protocol/booking-fields';
import type { OfferedService } from '@frontdesk/protocol/booking-visitor';
import type { ErrorBody } from '@frontdesk/protocol/result';

/** As typed, so that nobody types it twice. */
export interface Draft {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  /** Filled in by programs alone. */
  readonly website: string;
  readonly answers: Readonly<Record<string, string | readonly string[]>>;
  /** Keys of the texts that were agreed to. */
  readonly consents: readonly string[];
}

export type FieldProblem = 'missing' | 'phone' | 'email' | 'number' | 'files' | 'reach' | 'agree';
/** `name`, `phone`, `email`, `answer:…`, `consent:…`, in the order of the form. */
export type FieldErrors = Readonly<Record<string, FieldProblem>>;

type Asked = Pick<OfferedService, 'questions' | 'consents'> & Partial<Pick<OfferedService, 'verification'>>;

type Answer = Draft['answers'][string] | undefined;

const isGiven = (answer: Answer): answer is string | readonly string[] =>
  answer !== undefined && (typeof answer === 'string' ? answer.trim() !== '' : answer.length > 0);

/** A box that must be ticked is answered by ticking it alone. */
function findAnswerProblem({ type, isRequired }: Question, answer: Answer): FieldProblem | null {
  const isMissing = type === 'checkbox' ? answer !== 'true' : !isGiven(answer);
  if (isMissing) return isRequired ? 'missing' : null;
  // What is still on its way, or failed, stands in the answer without an id.
  if (type === 'file' && Array.isArray(answer) && answer.some((id) => !/^[0-9a-f]{24}$/.test(id))) return 'files';
  return type === 'number' && !/^-?\d{1,15}(?:\.\d{1,10})?$/.test(String(answer)) ? 'number' : null;
}

/** Questions that are asked, given the answers so far; as the server sees it. */
export const visibleQuestions = ({ questions }: Asked, { answers }: Draft): readonly Question[] =>
  askedQuestions(questions, answers as Answers);

/** Whether it may be a phone number; whose it is, the server reads in the country of the business. */
const isPhone = (typed: string): boolean => /^\+?[\d\s().\-/]+$/.test(typed) && typed.replaceAll(/\D/g, '').length >= 6;

export function checkDraft(service: Asked, draft: Draft): FieldErrors {
  const errors: Record<string, FieldProblem> = {};
  const { name, phone, email } = draft;
  if (name.trim() === '') errors['name'] = 'missing';
  if (phone.trim() === '' && email.trim() === '' && service.verification !== 'email') errors['phone'] = 'reach';
  else if (phone.trim() !== '' && !isPhone(phone.trim())) errors['phone'] = 'phone';
  if (email.trim() === '' && service.verification === 'email') errors['email'] = 'missing';
  if (email.trim() !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email.trim())) errors['email'] = 'email';
  for (const question of visibleQuestions(service, draft)) {
    const problem = findAnswerProblem(question, draft.answers[question.key]);
    if (problem) errors[`answer:${question.key}`] = problem;
  }
  for (const { key, isRequired } of service.consents) {
    if (isRequired && !draft.consents.includes(key)) errors[`consent:${key}`] = 'agree';
  }
  return errors;
}

export interface DraftInput {
  readonly customer: Customer;
  readonly answers: Answers;
  readonly consents: { key: string; version: number }[];
  readonly website: string;
}

/** A draft without errors, as the server takes it; answers to questions that are not asked any more stay here. */
export function toInput(service: Asked, draft: Draft): DraftInput {
  const answered = visibleQuestions(service, draft).flatMap(({ key }): [string, string | string[]][] => {
    const answer = draft.answers[key];
    if (!isGiven(answer)) return [];
    return [[key, typeof answer === 'string' ? answer.trim() : [...answer]]];
  });
  return {
    customer: {
      name: draft.name.trim(),
      phone: draft.phone.trim() || null,
      email: draft.email.trim() || null,
    },
    answers: Object.fromEntries(answered),
    consents: service.consents
      .filter(({ key }) => draft.consents.includes(key))
      .map(({ key, version }) => ({ key, version })),
    website: draft.website,
  };
}

/** What the server found wrong with the form, at its fields; null when it is about something else. */
export function readRefusal({ code, fields = {} }: ErrorBody): FieldErrors | null {
  if (code !== 'VALIDATION') return null;
  if ('phone' in fields) return { phone: 'phone' };
  const answers = Object.keys(fields).filter((field) => field.startsWith('answers.'));
  // Everything else was checked before; files alone can go away by themselves.
  const errors = answers.map((field) => [field.replace('answers.', 'answer:'), 'files'] as const);
  return errors.length > 0 ? Object.fromEntries(errors) : null;
}
