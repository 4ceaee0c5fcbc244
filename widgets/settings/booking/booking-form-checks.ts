/** What is wrong with questions and consents before the server is asked. */
import type { ConsentText, Question } from '@frontdesk/protocol/booking-fields';
import { limitsOf } from '@frontdesk/domain/booking/file-kinds';
import { FILE_MAX_BYTES, MAX_FILES_PER_ANSWER } from '@frontdesk/protocol/file-limits';
import type { Problems } from './booking-page.js';

/** A megabyte: the page counts in those. */
const LEAST_MAX_BYTES = 1_024 * 1_024;

export const hasOptions = ({ type }: Pick<Question, 'type'>): boolean => type === 'choice' || type === 'choices';

/** Never one that was there before: answers and consents that were given are kept by it. */
export function freshKey(prefix: string): string {
  return `${prefix}-${crypto.randomUUID().slice(0, 8)}`;
}

const isWithin = (value: number, least: number, most: number): boolean =>
  Number.isFinite(value) && value >= least && value <= most;

function checkFileLimits(question: Question, path: string): (readonly [string, Problems[string]])[] {
  if (question.type !== 'file') return [];
  const { types, maxBytes, maxCount } = limitsOf(question);
  return [
    ...(types.length === 0 ? [[`${path}.file.types`, 'fileTypesWrong'] as const] : []),
    ...(isWithin(maxBytes, LEAST_MAX_BYTES, FILE_MAX_BYTES)
      ? []
      : [[`${path}.file.maxBytes`, 'fileBytesWrong'] as const]),
    ...(isWithin(maxCount, 1, MAX_FILES_PER_ANSWER) && Number.isInteger(maxCount)
      ? []
      : [[`${path}.file.maxCount`, 'fileCountWrong'] as const]),
  ];
}

export function checkQuestions(questions: readonly Question[]): Problems {
  const found = questions.flatMap((question, at): (readonly [string, Problems[string]])[] => {
    const { labels, options, onlyIf } = question;
    const path = `questions.${at}`;
    const unnamed = options.flatMap((option, index) =>
      option.labels.en.trim() === '' ? [[`${path}.options.${index}.labels.en`, 'invalidRequired'] as const] : [],
    );
    return [
      ...(labels.en.trim() === '' ? [[`${path}.labels.en`, 'invalidRequired'] as const] : []),
      ...(hasOptions(question) ? unnamed : []),
      ...(hasOptions(question) && options.length < 2 ? [[`${path}.options`, 'optionsMissing'] as const] : []),
      ...checkFileLimits(question, path),
      ...(onlyIf !== null && onlyIf.equals === '' ? [[`${path}.onlyIf.equals`, 'invalidRequired'] as const] : []),
    ];
  });
  return Object.fromEntries(found);
}

export function checkConsents(consents: readonly ConsentText[]): Problems {
  const empty = consents.flatMap(({ texts }, at) => (texts.en.trim() === '' ? [`consents.${at}.texts.en`] : []));
  return Object.fromEntries(empty.map((path) => [path, 'invalidRequired' as const]));
}

/** Questions before this one whose answer can be a condition: those with a known set of answers. */
export function conditionsFor(questions: readonly Question[], at: number): readonly Question[] {
  return questions.slice(0, at).filter((question) => hasOptions(question) || question.type === 'checkbox');
}

/** A condition looks at an earlier question only (it would never be met otherwise), so what lost its question is asked always. */
export function dropLostConditions(questions: readonly Question[]): Question[] {
  return questions.map((question, at) => {
    const { onlyIf } = question;
    const asked = conditionsFor(questions, at).find(({ key }) => key === onlyIf?.key);
    const isKept = asked && (!hasOptions(asked) || asked.options.some(({ key }) => key === onlyIf?.equals));
    return onlyIf === null || isKept ? question : { ...question, onlyIf: null };
  });
}
