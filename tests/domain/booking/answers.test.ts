import { expect } from 'chai';
import { askedQuestions, checkAnswers, checkConsents } from '@frontdesk/domain/booking/answers';
import type { Answers, ConsentText, Question } from '@frontdesk/protocol/booking-fields';

const buildQuestion = (key: string, change: Partial<Question> = {}): Question => ({
  key,
  type: 'text',
  labels: { en: key },
  options: [],
  isRequired: false,
  isSensitive: false,
  onlyIf: null,
  ...change,
});
const options = ['cut', 'colour', 'wash'].map((key) => ({ key, labels: { en: key } }));
const check = (questions: readonly Question[], answers: Answers) =>
  Object.fromEntries(checkAnswers(questions, answers));
const problemOf = (change: Partial<Question>, answer: Answers[string]) =>
  check([buildQuestion('it', change)], { it: answer })['it'] ?? 'fine';

describe('answers', () => {
  const cases: readonly (readonly [
    Partial<Question>,
    good: readonly Answers[string][],
    bad: readonly Answers[string][],
  ])[] = [
    [{ type: 'text' }, ['Ann', 'முருகன்', 'x'.repeat(200)], [['Ann'], 'two\nlines', 'x'.repeat(201)]],
    [{ type: 'long-text' }, ['two\nlines'], [['a']]],
    [{ type: 'choice', options }, ['cut', 'wash'], ['perm', ['cut'], 'toString']],
    [{ type: 'choices', options }, [['cut'], ['wash', 'colour']], ['cut', ['cut', 'cut'], ['cut', 'perm']]],
    [{ type: 'checkbox' }, ['true', 'false'], ['yes', 'on', ['true']]],
    [{ type: 'number' }, ['0', '-3', '2.50'], ['1e5', '0x10', '1,000', 'NaN', ' 1', '1.', ['1']]],
    [
      { type: 'date' },
      ['2028-02-29', '2026-12-31'],
      ['2027-02-29', '2026-13-01', '26-1-1', '2026-05-13T00:00Z', ['x']],
    ],
  ];
  for (const [change, good, bad] of cases) {
    it(`BK-32: ${change.type} takes its kind of answer and no other`, () => {
      for (const answer of good) expect(problemOf(change, answer), JSON.stringify(answer)).to.equal('fine');
      for (const answer of bad) expect(problemOf(change, answer), JSON.stringify(answer)).to.equal('invalid');
    });
  }

  it('BK-32: what is required must be answered, a required box ticked; the rest may stay empty', () => {
    const required = { isRequired: true } as const;
    expect(check([buildQuestion('it', required)], {})).to.deep.equal({ it: 'required' });
    expect(problemOf(required, '  ')).to.equal('required');
    expect(problemOf({ ...required, type: 'choices', options }, [])).to.equal('required');
    expect(problemOf({ ...required, type: 'checkbox' }, 'false')).to.equal('required');
    expect(problemOf({ ...required, type: 'checkbox' }, 'true')).to.equal('fine');
    expect(problemOf({ type: 'number' }, '')).to.equal('fine');
    expect(check([buildQuestion('it')], {})).to.deep.equal({});
  });

  it('BK-32: what nobody asked is refused, whatever it is called', () => {
    expect(check([buildQuestion('it')], { other: 'x' })).to.deep.equal({ other: 'not-asked' });
    expect(check([buildQuestion('constructor', { isRequired: true })], {})).to.deep.equal({ constructor: 'required' });
  });

  it('BK-32: a question is asked when its condition is met by one that was asked itself', () => {
    const questions = [
      buildQuestion('what', { type: 'choices', options }),
      buildQuestion('allergy', {
        type: 'choice',
        options,
        onlyIf: { key: 'what', equals: 'colour' },
        isRequired: true,
      }),
      buildQuestion('detail', { isRequired: true, onlyIf: { key: 'allergy', equals: 'wash' } }),
      buildQuestion('early', { isRequired: true, onlyIf: { key: 'last', equals: 'x' } }),
      buildQuestion('last'),
    ];
    const asked = (answers: Answers) => askedQuestions(questions, answers).map(({ key }) => key);
    expect(asked({})).to.deep.equal(['what', 'last']);
    expect(asked({ what: ['cut', 'colour'], allergy: 'wash' })).to.deep.equal(['what', 'allergy', 'detail', 'last']);
    // The one between was not asked, so its answer counts for nothing.
    expect(asked({ what: ['cut'], allergy: 'wash', last: 'x' })).to.deep.equal(['what', 'last']);
    expect(check(questions, { what: ['cut'] })).to.deep.equal({});
    expect(check(questions, { what: ['colour'] })).to.deep.equal({ allergy: 'required' });
    expect(check(questions, { what: ['cut'], allergy: 'wash' })).to.deep.equal({ allergy: 'not-asked' });
  });
});

describe('consents', () => {
  const texts: readonly ConsentText[] = [
    { key: 'terms', version: 3, texts: { en: 'Terms' }, isRequired: true },
    { key: 'news', version: 1, texts: { en: 'News' }, isRequired: false },
  ];
  const check = (given: Parameters<typeof checkConsents>[1]) => Object.fromEntries(checkConsents(texts, given));

  it('BK-33: nothing is given by default; what is required must be, in the version of today', () => {
    expect(check([])).to.deep.equal({ terms: 'required' });
    expect(check([{ key: 'terms', version: 3 }])).to.deep.equal({});
    expect(check([{ key: 'terms', version: 2 }])).to.deep.equal({ terms: 'outdated' });
    expect(check([{ key: 'terms', version: 4 }])).to.deep.equal({ terms: 'outdated' });
  });

  it('BK-33: an optional one may be given, once; an unknown one may not', () => {
    const terms = { key: 'terms', version: 3 };
    const news = { key: 'news', version: 1 };
    expect(check([terms, news])).to.deep.equal({});
    expect(check([terms, news, news])).to.deep.equal({ news: 'invalid' });
    expect(check([terms, { key: 'other', version: 1 }])).to.deep.equal({ other: 'not-asked' });
  });
});
