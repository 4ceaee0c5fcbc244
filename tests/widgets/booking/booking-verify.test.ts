/** Proving one's address with a code before booking, and details that the website signed. */
import { expect, nextFrame } from '@open-wc/testing';
import type { OfferedSession } from '@frontdesk/protocol/booking-class';
import type { ClassSessionId } from '@frontdesk/protocol/ids';
import { createClassController } from '@frontdesk/widgets/booking/classes/class-controller';
import { reduceBooking } from '@frontdesk/widgets/booking/booking-store';
import { EMPTY_DRAFT, type BookingEvent } from '@frontdesk/widgets/booking/start-store';
import {
  buildBooked,
  buildCatalogue,
  buildHold,
  buildList,
  buildService,
  EXAMPLE_NOW_MS,
  EXAMPLE_START,
  EXAMPLE_ZONE,
} from '@frontdesk/widgets/booking/states';
import type { FrontdeskBookingVerify } from '@frontdesk/widgets/booking/verify/booking-verify';
import { createVerification, readDigits } from '@frontdesk/widgets/booking/verify/verification';
import { createRequester } from '@frontdesk/widgets/booking/requester';
import { fail, settle, succeed } from '../ticket/ticket-fixture.js';
import { collectRoots, createDesk, findBookingExample, openBooking, showBooking } from './booking-fixture.js';

const SERVICE = buildService({ staffIds: [], verification: 'email' });
const DRAFT = { ...EMPTY_DRAFT, name: 'Nurul', email: 'nurul@example.com' };
const sentAt = (nowMs: number) =>
  succeed({
    expiresAt: new Date(nowMs + 600_000).toISOString(),
    resendAt: new Date(nowMs + 60_000).toISOString(),
    triesLeft: 5,
  });
const judged = (outcome: string, triesLeft: number) => succeed({ outcome, triesLeft });
const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
};

async function openForm(options: Parameters<typeof openBooking>[1] = {}) {
  const desk = createDesk();
  const booking = openBooking(desk, { draft: DRAFT, ...options });
  await desk.last('booking:browse').answer(succeed(buildCatalogue([SERVICE])));
  await desk.last('slot:list').answer(succeed(buildList('2027-02-28', 120, [EXAMPLE_START], 'a')));
  booking.controller.handle({ name: 'start', detail: { start: EXAMPLE_START } });
  await desk.last('hold:create').answer(succeed(buildHold(EXAMPLE_START)));
  return { desk, ...booking, state: () => booking.controller.getState() };
}

async function submit({ desk, controller }: Awaited<ReturnType<typeof openForm>>, count = 1): Promise<void> {
  controller.handle({ name: 'submit', detail: null });
  await until(() => desk.count('booking:confirm') === count);
}

/** A form whose booking waits for a code, which was sent. */
async function openCode() {
  const form = await openForm();
  await submit(form);
  await form.desk.last('booking:confirm').answer(fail('VERIFICATION_REQUIRED'));
  await until(() => Boolean(form.state().verification));
  const { verification } = form.state();
  if (!verification) throw new Error('No code is asked for.');
  verification.start();
  await settle();
  return { ...form, verification };
}

describe('proving an address in the form', () => {
  it('BK-34: the code is sent to the address that was typed, the time is kept longer, and the right code books', async () => {
    const { desk, controller, state, events, verification } = await openCode();
    expect(desk.last('hold:extend').input).to.deep.equal({ holdId: '9'.repeat(24) });
    await desk.last('hold:extend').answer(succeed(buildHold(EXAMPLE_START, { canExtend: false })));
    const { proof: _proof, ...asked } = desk.last('verification:request').input as { proof: unknown };
    expect(asked).to.deep.equal({
      serviceId: SERVICE.id,
      channel: 'email',
      address: 'nurul@example.com',
      locale: 'en',
    });
    await desk.last('verification:request').answer(sentAt(EXAMPLE_NOW_MS));
    verification.type('12 34-56');
    verification.check();
    expect(desk.last('verification:check').input).to.include({ address: 'nurul@example.com', code: '123456' });
    await desk.last('verification:check').answer(judged('wrong', 4));
    expect(verification.getState()).to.include({ problem: 'wrong', triesLeft: 4, code: '', busy: null });
    verification.type('654321');
    verification.check();
    await desk.last('verification:check').answer(judged('verified', 3));
    await until(() => desk.count('booking:confirm') === 2);
    expect([state().verification === null, state().busy]).to.deep.equal([true, 'confirming']);
    await desk.last('booking:confirm').answer(succeed(buildBooked()));
    expect(state().step).to.equal('done');
    expect(events.filter(({ type }) => type === 'frontdesk-booking-before-submit')).to.have.length(1);
    controller.stop();
  });

  it('BK-34: whoever goes back changes the address and loses nothing that was typed', async () => {
    const { controller, state, verification } = await openCode();
    verification.stop();
    controller.handle({ name: 'unverify', detail: null });
    const { verification: left, step, draft, busy } = state();
    expect({ left: left === null, step, draft, busy }).to.deep.equal({
      left: true,
      step: 'details',
      draft: DRAFT,
      busy: null,
    });
    controller.stop();
  });

  it('BK-34: a time that ran out while the mail was awaited is kept anew once the code was right', async () => {
    const { desk, controller, state, verification } = await openCode();
    await desk.last('hold:extend').answer(fail('CONFLICT'));
    await desk.last('verification:request').answer(sentAt(EXAMPLE_NOW_MS));
    await desk.clock.advance(301_000);
    expect(state().held).to.equal(null);
    expect(state().verification === verification).to.equal(true);
    verification.type('654321');
    verification.check();
    await desk.last('verification:check').answer(judged('verified', 4));
    expect(desk.count('hold:create')).to.equal(2);
    await desk.last('hold:create').answer(succeed(buildHold(EXAMPLE_START)));
    await until(() => desk.count('booking:confirm') === 2);
    controller.stop();
  });

  it('BK-34: an address is asked for where it has to be proved', async () => {
    const form = await openForm({ draft: { ...DRAFT, email: '', phone: '+60123456789' } });
    form.controller.handle({ name: 'submit', detail: null });
    expect(form.state().errors).to.deep.equal({ email: 'missing' });
    expect(form.desk.count('booking:confirm')).to.equal(0);
    form.controller.stop();
  });

  it('BK-34: seats of a class wait for a code too', async () => {
    const desk = createDesk();
    const start = new Date(EXAMPLE_NOW_MS + 86_400_000).toISOString();
    const session = {
      id: '1'.repeat(24) as ClassSessionId,
      start,
      end: start,
      staffName: null,
      seatsLeft: 4,
      waiting: 0,
      courseId: null,
    };
    const controller = createClassController({
      client: desk.client,
      service: { ...SERVICE, isClass: true },
      timeZone: EXAMPLE_ZONE,
      draft: DRAFT,
      isHolding: true,
      prefill: 'a-token',
      getLocale: () => 'en',
      emit: () => true,
    });
    controller.start();
    const sessions: OfferedSession[] = [session];
    await desk.last('class-session:list').answer(succeed({ rev: '1', timeZone: EXAMPLE_ZONE, sessions }));
    controller.join(session.id);
    const hold = { id: '2'.repeat(24), sessionId: session.id, serviceId: SERVICE.id, start, end: start, seats: 1 };
    const expiresAt = new Date(EXAMPLE_NOW_MS + 300_000).toISOString();
    await desk.last('seat:hold').answer(succeed({ ...hold, expiresAt, canExtend: true }));
    controller.submit();
    await desk.last('proof:request').answer(succeed({ challenge: 'a.1.b', bits: 1, expiresAt }));
    await until(() => desk.count('seat:confirm') === 1);
    expect(desk.last('seat:confirm').input).to.include({ prefill: 'a-token' });
    await desk.last('seat:confirm').answer(fail('PREFILL_REFUSED'));
    expect(controller.getState()).to.deep.include({ notice: 'prefill', prefill: null, draft: DRAFT });
    controller.submit();
    await until(() => desk.count('seat:confirm') === 2);
    expect(desk.last('seat:confirm').input).to.not.have.property('prefill');
    await desk.last('seat:confirm').answer(fail('VERIFICATION_REQUIRED'));
    await until(() => controller.getState().verification !== null);
    expect(desk.count('seat:extend')).to.equal(1);
    controller.unverify();
    const { verification, step, draft } = controller.getState();
    expect({ left: verification === null, step, draft }).to.deep.equal({ left: true, step: 'details', draft: DRAFT });
    controller.stop();
  });
});

describe('the field for the code', () => {
  async function show() {
    const desk = createDesk();
    const requester = createRequester(desk.client);
    const done: string[] = [];
    const verification = createVerification({
      serviceId: SERVICE.id,
      address: 'nurul@example.com',
      locale: 'en',
      clock: desk.clock,
      requester,
      submitter: { send: (name, input) => requester.request(name, input as never) },
      verified: () => done.push('verified'),
    });
    const { state } = findBookingExample('code');
    const { root } = await showBooking({ id: 'live', state: { ...state, verification } });
    const element = collectRoots(root).flatMap((one) => [...one.querySelectorAll('frontdesk-booking-verify')])[0];
    const verify = element as FrontdeskBookingVerify;
    const inside = verify.renderRoot as ShadowRoot;
    const drawn = async (): Promise<void> => void (await settle(), await verify.updateComplete);
    const find = <Found extends HTMLElement>(selector: string): Found => {
      const found = inside.querySelector<Found>(selector);
      if (!found) throw new Error(`No ${selector}`);
      return found;
    };
    const paste = async (text: string): Promise<void> => {
      find<HTMLInputElement>('input').value = text;
      find('input').dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
      await drawn();
    };
    const press = async (selector: string): Promise<void> => {
      find(selector).click();
      await drawn();
    };
    return { desk, inside, find, paste, press, drawn, done, verification };
  }
  const resend = '.row .button';
  const said = (inside: ShadowRoot): string => inside.querySelector('[role="status"]')?.textContent ?? '';

  it('BK-34: takes digits of every keyboard, however they are spaced', () => {
    expect(readDigits(' 12 34-56 78')).to.equal('123456');
    expect([readDigits('١٢٣٤٥٦'), readDigits('१२३४५६'), readDigits('௧௨௩௪௫௬')]).to.deep.equal(Array(3).fill('123456'));
  });

  it('BK-34 BK-35: has the focus, is filled in by the phone, takes what is pasted, and says what happens', async () => {
    const { desk, inside, find, paste, press, drawn, done } = await show();
    await desk.last('verification:request').answer(sentAt(EXAMPLE_NOW_MS));
    await drawn();
    const input = find<HTMLInputElement>('input');
    expect(inside.activeElement === input).to.equal(true);
    expect([input.autocomplete, input.inputMode]).to.deep.equal(['one-time-code', 'numeric']);
    expect(said(inside)).to.equal('We sent a code to nurul@example.com.');
    await paste('1234');
    await press('.submit');
    expect(find('#problem').textContent).to.equal('Please type all six digits.');
    await paste('code: 402 917');
    expect(input.value).to.equal('402917');
    await press('.submit');
    await desk.last('verification:check').answer(judged('wrong', 1));
    await drawn();
    expect(find('#problem').textContent).to.equal('This is not the code. You can try 1 more time.');
    expect(said(inside)).to.equal('This is not the code. You can try 1 more time.');
    expect([input.value, input.getAttribute('aria-invalid')]).to.deep.equal(['', 'true']);
    expect(inside.activeElement === input).to.equal(true);
    await paste('402918');
    await press('.submit');
    await desk.last('verification:check').answer(judged('wrong', 0));
    await drawn();
    expect(find('#problem').textContent).to.match(/^This code was tried too often/);
    await paste('402919');
    await press('.submit');
    await desk.last('verification:check').answer(judged('verified', 4));
    expect(done).to.deep.equal(['verified']);
  });

  it('BK-34 BK-35: gives the focus to what comes after it', async () => {
    const open = async () => {
      const { root, view } = await showBooking(findBookingExample('code'));
      const [verify] = collectRoots(root).flatMap((one) => [...one.querySelectorAll('frontdesk-booking-verify')]);
      await verify?.updateComplete;
      const details = verify?.getRootNode() as ShadowRoot;
      expect(details.activeElement === verify).to.equal(true);
      const tell = async (...events: BookingEvent[]): Promise<Element | null> => {
        view.state = events.reduce(reduceBooking, view.state);
        await view.updateComplete;
        await nextFrame();
        return details.activeElement;
      };
      return tell;
    };
    const over: BookingEvent = { type: 'verifying', verification: null };
    const goBack = await open();
    expect((await goBack(over))?.id).to.equal('email');
    const goOn = await open();
    const submit = await goOn(over, { type: 'checked', errors: {} }, { type: 'started', what: 'confirming' });
    expect(submit?.getAttribute('part')).to.equal('submit');
    const notice = await goOn({ type: 'refused', code: 'SLOT_TAKEN', alternatives: [] });
    expect(notice?.getAttribute('part')).to.equal('notice');
  });

  it('BK-34: another code can be had when the minute is over, which is counted down, and starts anew', async () => {
    const { desk, inside, find, press, drawn, verification } = await show();
    await desk.last('verification:request').answer(sentAt(EXAMPLE_NOW_MS));
    await drawn();
    expect(find(resend).textContent.trim()).to.equal('Another code in 1:00');
    await press(resend);
    expect(desk.count('verification:request')).to.equal(1);
    await desk.clock.advance(18_000);
    await drawn();
    expect(find(resend).textContent.trim()).to.equal('Another code in 0:42');
    await desk.clock.advance(42_000);
    await drawn();
    expect(find(resend).getAttribute('aria-disabled')).to.equal('false');
    await press(resend);
    expect(desk.count('verification:request')).to.equal(2);
    const early = fail('RATE_LIMITED');
    if (!early.ok) Object.assign(early.error, { retryAfterMs: 3_000_000 });
    await desk.last('verification:request').answer(early);
    await drawn();
    expect(said(inside)).to.match(/^Not so fast/);
    expect(find(resend).textContent.trim()).to.equal('Another code in 50:00');
    verification.stop();
  });
});

describe('details that the website signed, in the form', () => {
  const claims = { name: 'Nurul Huda 努鲁', email: 'nurul@example.com', sub: 'customer-7', exp: 1 };
  const tokenOf = (said: object): string => {
    const body = new TextEncoder().encode(JSON.stringify(said));
    return `e30.${btoa(String.fromCharCode(...body))
      .replaceAll('+', '-')
      .replaceAll('/', '_')}.mac`;
  };
  const token = tokenOf(claims);

  it('BK-38: are filled in and locked, and go along with the booking', async () => {
    const form = await openForm({ prefill: token, draft: { ...EMPTY_DRAFT, phone: '+60123456789' } });
    const { desk, controller, state } = form;
    expect(state().draft).to.include({ name: 'Nurul Huda 努鲁', email: 'nurul@example.com', phone: '+60123456789' });
    expect(state().locked).to.deep.equal(['name', 'email']);
    await submit(form);
    expect(desk.last('booking:confirm').input).to.include({ prefill: token });
    controller.stop();
  });

  it('BK-38: that are refused are said to be, can be put right, and are not sent again', async () => {
    const form = await openForm({ prefill: token, draft: { ...EMPTY_DRAFT, phone: '+60123456789' } });
    const { desk, controller, state } = form;
    await submit(form);
    await desk.last('booking:confirm').answer(fail('PREFILL_REFUSED'));
    expect(state()).to.deep.include({ step: 'details', locked: [], notice: { kind: 'prefill', alternatives: [] } });
    expect(state().draft).to.include({ name: 'Nurul Huda 努鲁', email: 'nurul@example.com', phone: '+60123456789' });
    await submit(form, 2);
    expect(desk.last('booking:confirm').input).to.not.have.property('prefill');
    controller.stop();
  });

  it('BK-38: look like what they are, and a field that is wrong is open again', async () => {
    const { root } = await showBooking(findBookingExample('signed'));
    const inputs = collectRoots(root).flatMap((one) => [...one.querySelectorAll<HTMLInputElement>('input[id]')]);
    expect(inputs.filter(({ readOnly }) => readOnly).map(({ id }) => id)).to.deep.equal(['name', 'email']);
    const form = await openForm({ prefill: tokenOf({ ...claims, phone: '+60 1234 5678' }) });
    expect(form.state().locked).to.deep.equal(['name', 'email', 'phone']);
    await submit(form);
    const wrong = fail('VALIDATION');
    if (!wrong.ok) Object.assign(wrong.error, { fields: { phone: 'is not a phone number' } });
    await form.desk.last('booking:confirm').answer(wrong);
    expect(form.state().locked).to.deep.equal(['name', 'email']);
    form.controller.stop();
  });
});
