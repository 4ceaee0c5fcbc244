/** BK-34 in the browser: a proof is begun while somebody types, kept while an answer is awaited, and asked for anew when it was refused. */
import { expect } from '@open-wc/testing';
import type { HoldId } from '@frontdesk/protocol/ids';
import { createSubmitter } from '@frontdesk/widgets/booking/details/booking-submit';
import { EMPTY_DRAFT } from '@frontdesk/widgets/booking/start-store';
import {
  buildBooked,
  buildCatalogue,
  buildHold,
  buildList,
  buildService,
  EXAMPLE_START,
} from '@frontdesk/widgets/booking/states';
import { fail, lose, succeed } from '../ticket/ticket-fixture.js';
import { createDesk, findBookingExample, openBooking, showBooking } from './booking-fixture.js';

const CHALLENGE = { challenge: 'a.1.b', bits: 4, expiresAt: '2030-01-01T00:00:00.000Z' };
const INPUT = {
  holdId: '9'.repeat(24) as HoldId,
  customer: { name: 'Nurul', phone: '+60123456789', email: null },
  answers: {},
  consents: [],
  locale: 'en' as const,
  website: '',
};
const DRAFT = { ...EMPTY_DRAFT, name: 'Nurul', phone: '+60123456789' };

const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('the proof of work of a booking', () => {
  it('BK-34: is looked for once, kept after a lost answer, and asked for again when there was none', async () => {
    const desk = createDesk();
    const { prepare, send } = createSubmitter({ request: desk.client.request });
    const confirm = (input: typeof INPUT) => send('booking:confirm', input);
    prepare();
    await desk.last('proof:request').answer(lose());
    const first = confirm(INPUT);
    await until(() => desk.count('proof:request') === 2);
    await desk.last('proof:request').answer(succeed(CHALLENGE));
    await until(() => desk.count('booking:confirm') === 1);
    await desk.last('booking:confirm').answer(lose());
    expect((await first).ok).to.equal(false);
    void confirm(INPUT);
    await until(() => desk.count('booking:confirm') === 2);
    const [one, other] = desk.asked.filter(({ name }) => name === 'booking:confirm');
    expect(other?.input).to.deep.equal(one?.input);
    expect(desk.count('proof:request')).to.equal(2);
  });

  it('BK-34: typing begins it, submitting sends it, and a refused one is replaced once', async () => {
    const desk = createDesk();
    const { controller } = openBooking(desk, { loadSubmitter: undefined as never });
    await desk.last('booking:browse').answer(succeed(buildCatalogue([buildService({ staffIds: [] })])));
    await until(() => desk.count('slot:list') === 1);
    await desk.last('slot:list').answer(succeed(buildList('2027-02-28', 120, [EXAMPLE_START], 'a')));
    controller.handle({ name: 'start', detail: { start: EXAMPLE_START } });
    await desk.last('hold:create').answer(succeed(buildHold(EXAMPLE_START)));
    expect(desk.count('proof:request')).to.equal(0);
    controller.handle({ name: 'typed', detail: { draft: DRAFT } });
    await until(() => desk.count('proof:request') === 1);
    await desk.last('proof:request').answer(succeed(CHALLENGE));
    controller.handle({ name: 'submit', detail: null });
    await until(() => desk.count('booking:confirm') === 1);
    const { input } = desk.last('booking:confirm');
    expect(input).to.have.nested.property('proof.challenge', CHALLENGE.challenge);
    expect(input).to.include({ website: '' });
    await desk.last('booking:confirm').answer(fail('PROOF_REFUSED'));
    await until(() => desk.count('proof:request') === 2);
    await desk.last('proof:request').answer(succeed({ ...CHALLENGE, challenge: 'b.1.c' }));
    await until(() => desk.count('booking:confirm') === 2);
    expect(desk.last('booking:confirm').input).to.have.nested.property('proof.challenge', 'b.1.c');
    await desk.last('booking:confirm').answer(succeed(buildBooked()));
    expect(controller.getState().step).to.equal('done');
    controller.stop();
  });

  it('BK-34: the field for programs is nowhere that a person or a screen reader comes', async () => {
    const { root } = await showBooking(findBookingExample('details'));
    const form = root.querySelector('frontdesk-booking-details')?.shadowRoot;
    const field = form?.querySelector<HTMLInputElement>('input[name=website]');
    expect(field?.tabIndex).to.equal(-1);
    expect(field?.closest('[aria-hidden=true]')).to.equal(field);
    expect(field?.getBoundingClientRect().width).to.be.at.most(10);
  });
});
