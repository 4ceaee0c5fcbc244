import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import '@frontdesk/widgets/inbox/define';
import { deepActiveElement } from '@frontdesk/widgets/core/a11y';
import { applyTheme, type ColorSchemeChoice } from '@frontdesk/widgets/core/theme';
import { ACCESS_VIEWS } from '@frontdesk/widgets/staff/access-panels';
import type { MailedLink } from '@frontdesk/widgets/staff/mailed-link';
import type { CallPublic } from '@frontdesk/widgets/staff/public-commands';
import { FrontdeskGoogleRequestedEvent, type FrontdeskStaffAccess } from '@frontdesk/widgets/staff/staff-access';
import { StaffSession } from '@frontdesk/widgets/staff/staff-session';
import { loadTranslator } from '@frontdesk/widgets/core/locale';
import { ENGLISH, STAFF_CATALOGUE, type StaffWords } from '@frontdesk/widgets/staff/words';

const TOKEN = 'A'.repeat(43);
const accepted: Result<unknown> = { ok: true, data: { accepted: true } };
const refuse = (error: Partial<ErrorBody>): Result<never> => ({
  ok: false,
  error: { code: 'INTERNAL', message: '', requestId: '1', ...error },
});
const INVITATION = { businessName: 'Klinik Mawar', email: 'hafiz@mawar.example', role: 'agent', hasAccount: false };

interface AccessFixture {
  readonly access: FrontdeskStaffAccess;
  readonly asked: (readonly [name: string, input: unknown])[];
  field(name: string): HTMLInputElement;
  enter(values: Readonly<Record<string, string>>): Promise<void>;
  submit(): Promise<void>;
  text(): string;
}

async function openAccess(
  answers: Readonly<Record<string, Result<unknown>>> = {},
  options: {
    readonly link?: MailedLink;
    readonly ended?: boolean;
    readonly scheme?: ColorSchemeChoice;
    readonly words?: StaffWords;
  } = {},
): Promise<AccessFixture> {
  const asked: [string, unknown][] = [];
  const call = (async (name: string, input: unknown) => {
    asked.push([name, input]);
    return answers[name] ?? refuse({ code: 'UNAUTHENTICATED' });
  }) as CallPublic;
  const host = await fixture<HTMLElement>(html`<div></div>`);
  const root = host.attachShadow({ mode: 'open' });
  applyTheme(root, null, options.scheme ?? 'light');
  const access = document.createElement('frontdesk-staff-access');
  access.words = options.words ?? ENGLISH;
  access.session = new StaffSession('https://desk.example', { call });
  access.link = options.link ?? null;
  access.ended = options.ended ?? false;
  root.append(access);
  const settle = async (): Promise<void> => {
    await nextFrame();
    await access.updateComplete;
  };
  await settle();
  const field = (name: string): HTMLInputElement => {
    const input = access.shadowRoot?.querySelector<HTMLInputElement>(`#${name}`);
    if (!input) throw new Error(`No field ${name}`);
    return input;
  };
  return {
    access,
    asked,
    field,
    async enter(values) {
      for (const [name, value] of Object.entries(values)) {
        field(name).value = value;
        field(name).dispatchEvent(new Event('input'));
      }
      await settle();
    },
    async submit() {
      access.shadowRoot?.querySelector('form')?.requestSubmit();
      await settle();
      await settle();
    },
    text: () => access.shadowRoot?.textContent?.replace(/\s+/g, ' ') ?? '',
  };
}

const linkOf = (kind: MailedLink['kind']): MailedLink => ({ kind, token: TOKEN });

describe('staff access', () => {
  for (const view of ACCESS_VIEWS) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`IN-28 ${view} passes axe in ${scheme}`, async () => {
        const link = view === 'reset' || view === 'invite' || view === 'verify' ? { link: linkOf(view) } : {};
        const answers = { 'invitation:describe': { ok: true, data: INVITATION } } as const;
        const { access, field, enter, submit } = await openAccess(answers, { scheme, ...link });
        if (!('link' in link)) access.show(view);
        await access.updateComplete;
        await expect(access).to.be.accessible();
        if (view === 'verify') return;
        await enter({});
        await submit();
        expect(field(view === 'invite' ? 'name' : view === 'reset' ? 'newPassword' : 'email').ariaInvalid).to.equal(
          'true',
        );
        await expect(access).to.be.accessible();
      });
    }
  }

  it('signs in from the keyboard, and keeps no password afterwards', async () => {
    const { access, asked, field } = await openAccess({ 'session:sign-in': refuse({ code: 'UNAUTHENTICATED' }) });
    field('email').focus();
    await sendKeys({ type: 'aina@mawar.example' });
    await sendKeys({ press: 'Tab' });
    await sendKeys({ type: 'a long password' });
    await sendKeys({ press: 'Enter' });
    await access.updateComplete;
    expect(asked.find(([name]) => name === 'session:sign-in')?.[1]).to.deep.equal({
      email: 'aina@mawar.example',
      password: 'a long password',
    });
  });

  it('AUTH-03 a refusal does not say whether the address is known, and is read out', async () => {
    const { enter, submit, access } = await openAccess({ 'session:sign-in': refuse({ code: 'UNAUTHENTICATED' }) });
    await enter({ email: 'a@b.example', password: 'wrong' });
    await submit();
    const alert = access.shadowRoot?.querySelector('[role="alert"]');
    expect(alert?.textContent).to.include('do not match');
    expect(deepActiveElement()).to.equal(alert);
  });

  it('IN-1 says that a session ended and that nothing typed is lost', async () => {
    const { text } = await openAccess({}, { ended: true });
    expect(text()).to.include('what you typed is still here');
  });

  it('AUTH-04 sign-up and forgotten password answer alike for every address', async () => {
    const { access, enter, submit, text, asked } = await openAccess({
      'password:forgot': accepted,
      'account:sign-up': accepted,
    });
    access.show('forgot');
    await access.updateComplete;
    await enter({ email: 'a@b.example' });
    await submit();
    expect(text()).to.include('If a@b.example can be used');
    access.show('sign-up');
    await access.updateComplete;
    await enter({ businessName: 'Klinik', name: 'A', email: 'a@b.example', newPassword: 'long enough' });
    await submit();
    expect(text()).to.include('If a@b.example can be used');
    expect(asked.find(([name]) => name === 'account:sign-up')?.[1]).to.deep.equal({
      businessName: 'Klinik',
      name: 'A',
      email: 'a@b.example',
      password: 'long enough',
      locale: 'en',
    });
  });

  it('AUTH-08 refuses a short password and one that bcrypt would cut, in the field', async () => {
    const { enter, submit, field, asked, access } = await openAccess({}, { link: linkOf('reset') });
    for (const newPassword of ['short', 'é'.repeat(40)]) {
      await enter({ newPassword });
      await submit();
      expect(field('newPassword').getAttribute('aria-invalid')).to.equal('true');
    }
    expect(asked.some(([name]) => name === 'password:reset')).to.equal(false);
    expect(access.shadowRoot?.activeElement).to.equal(field('newPassword'));
  });

  it('AUTH-07 a used link says so and offers the way on, not a form', async () => {
    const { access, enter, submit, text } = await openAccess(
      { 'password:reset': refuse({ code: 'RESET_REQUIRED' }) },
      { link: linkOf('reset') },
    );
    await enter({ newPassword: 'long enough' });
    await submit();
    expect(text()).to.include('has been used or is too old');
    expect(access.shadowRoot?.querySelector('form')).to.equal(null);
    expect(text()).to.include('Back to sign in');
  });

  it('an invitation tells who invites to what; an existing account gives its own password', async () => {
    const fresh = await openAccess(
      { 'invitation:describe': { ok: true, data: INVITATION } },
      { link: linkOf('invite') },
    );
    expect(fresh.text()).to.include('Join Klinik Mawar').and.to.include('as Agent, with hafiz@mawar.example');
    await fresh.enter({ name: 'Hafiz', newPassword: 'long enough' });
    await fresh.submit();
    expect(fresh.asked.at(-1)).to.deep.equal([
      'invitation:accept',
      { token: TOKEN, name: 'Hafiz', password: 'long enough' },
    ]);
    const known = await openAccess(
      { 'invitation:describe': { ok: true, data: { ...INVITATION, hasAccount: true } } },
      { link: linkOf('invite') },
    );
    await known.enter({ password: 'mine' });
    await known.submit();
    expect(known.asked.at(-1)).to.deep.equal(['invitation:accept', { token: TOKEN, password: 'mine' }]);
  });

  it('a link to verify is used at once, without a press', async () => {
    const { asked } = await openAccess({}, { link: linkOf('verify') });
    expect(asked[0]).to.deep.equal(['account:verify-email', { token: TOKEN }]);
  });

  it('shows Google only when the server has it, and leaves loading it to the page', async () => {
    const without = await openAccess({ 'session:start-google': { ok: true, data: { clientId: null, nonce: 'n' } } });
    expect(without.text()).to.not.include('Google');
    const { access, text } = await openAccess({
      'session:start-google': { ok: true, data: { clientId: 'client', nonce: 'n' } },
    });
    await access.updateComplete;
    expect(text()).to.include('Continue with Google');
    const heard: FrontdeskGoogleRequestedEvent[] = [];
    access.addEventListener(FrontdeskGoogleRequestedEvent.type, (event) =>
      heard.push(event as FrontdeskGoogleRequestedEvent),
    );
    [...(access.shadowRoot?.querySelectorAll('button') ?? [])]
      .find((button) => button.textContent?.includes('Google'))
      ?.click();
    expect(heard.map(({ clientId, nonce }) => [clientId, nonce])).to.deep.equal([['client', 'n']]);
  });

  it('speaks Malay', async () => {
    const words = await loadTranslator(STAFF_CATALOGUE, { locale: 'ms', tag: 'ms-MY' });
    const { text } = await openAccess({}, { words });
    expect(text()).to.include('Log masuk');
  });
});
