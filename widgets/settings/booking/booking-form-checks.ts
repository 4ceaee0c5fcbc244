/** What is wrong with questions and consents before the server is asked. */
import type { ConsentText, Question } from '@frontdesk/protocol/booking-fields';
import type { Problems } from './booking-page.js';

export const hasOptions = ({ type }: Pick<Question, 'type'>): boolean => type === 'choice' || type === 'choices';

/** Never one that was there before: answers and consents that were given are kept by it. */
export function freshKey(prefix: string): string {
  return `${prefix}-${crypto.randomUUID().slice(0, 8)}`;
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
