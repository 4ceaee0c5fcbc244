/** What a customer filled in, checked against what the service asks now; the sensitive part apart, to be sealed (BK-32, BK-33). */
import {
  checkAnswers,
  checkConsents,
  type AnswerProblem,
  type AnswerProblems,
} from '@frontdesk/domain/booking/answers';
import type { Answers } from '@frontdesk/protocol/booking-fields';
import { AppError } from '../core/errors.js';
import type { Allocation, BookingService } from './booking.types.js';

const TEXTS: Readonly<Record<AnswerProblem, string>> = {
  required: 'must be given',
  invalid: 'is not one of the possible answers',
  'not-asked': 'is not asked',
  outdated: 'was given to an older text',
};

function throwProblems(path: string, problems: AnswerProblems): void {
  if (problems.size === 0) return;
  const fields = Object.fromEntries([...problems].map(([key, problem]) => [`${path}.${key}`, TEXTS[problem]]));
  throw new AppError('VALIDATION', { fields });
}

export interface SortedAnswers {
  readonly open: Answers;
  readonly sensitive: Answers;
}

function sortAnswers({ questions }: Pick<BookingService, 'questions'>, answers: Answers): SortedAnswers {
  // Files too: what somebody sends is in no list, mail or feed, whatever the owner ticked.
  const isSensitive = (key: string): boolean =>
    questions.some((one) => one.key === key && (one.isSensitive || one.type === 'file'));
  const entries = Object.entries(answers);
  return {
    open: Object.fromEntries(entries.filter(([key]) => !isSensitive(key))),
    sensitive: Object.fromEntries(entries.filter(([key]) => isSensitive(key))),
  };
}

/** As customers answer: all that is required. */
export function readForm(
  service: BookingService,
  answers: Answers,
  consents: readonly Pick<Allocation['consents'][number], 'key' | 'version'>[],
): SortedAnswers {
  throwProblems('answers', checkAnswers(service.questions, answers));
  throwProblems('consents', checkConsents(service.consents, consents));
  return sortAnswers(service, answers);
}

/** As staff answer for somebody on the telephone: they know what they left out. */
export function readStaffForm(service: BookingService, answers: Answers): SortedAnswers {
  // Nobody can send a file over the telephone.
  const questions = service.questions.filter(({ type }) => type !== 'file');
  const problems = [...checkAnswers(questions, answers)].filter(([, problem]) => problem !== 'required');
  throwProblems('answers', new Map(problems));
  return sortAnswers(service, answers);
}
