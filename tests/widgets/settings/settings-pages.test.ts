import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { emulateMedia, sendKeys } from '@web/test-runner-commands';
import '@frontdesk/widgets/settings/define';
import { contrast } from '@frontdesk/widgets/core/color';
import { applyTheme, type ColorSchemeChoice } from '@frontdesk/widgets/core/theme';
import type { FrontdeskSettingsDesk } from '@frontdesk/widgets/settings/settings-desk';
import type { SettingsRequest, SettingsRequestEvent } from '@frontdesk/widgets/settings/settings-events';
import { DEMO_SESSION, SETTINGS_STATES } from '@frontdesk/widgets/settings/settings-states';
import type { SettingsState } from '@frontdesk/widgets/settings/settings-store';
import type { FrontdeskStaffMenu } from '@frontdesk/widgets/staff/staff-menu';
import { ENGLISH } from '@frontdesk/widgets/staff/words';
import { findButton, findDeep, pierce } from '../inbox/desk-fixture.js';

interface SettingsFixture {
  readonly desk: FrontdeskSettingsDesk;
  readonly requests: SettingsRequest[];
  settle(): Promise<void>;
  type(selector: string, text: string): Promise<void>;
}

function findState(name: string): SettingsState {
  const state = SETTINGS_STATES[name];
  if (state === undefined) throw new Error(`No state ${name}`);
  return state;
}

async function openSettings(
  name: string,
  options: {
    readonly scheme?: ColorSchemeChoice;
    readonly widthPx?: number;
    readonly role?: 'owner' | 'admin' | 'agent' | 'viewer';
  } = {},
): Promise<SettingsFixture> {
  const host = await fixture<HTMLElement>(html`<div></div>`);
  host.style.inlineSize = `${options.widthPx ?? 1_280}px`;
  host.style.blockSize = '900px';
  const root = host.attachShadow({ mode: 'open' });
  applyTheme(root, null, options.scheme ?? 'light');
  const desk = document.createElement('frontdesk-settings-desk');
  const requests: SettingsRequest[] = [];
  desk.words = ENGLISH;
  desk.serverUrl = 'https://desk.example';
  desk.session = { ...DEMO_SESSION, membership: { ...DEMO_SESSION.membership, role: options.role ?? 'owner' } };
  desk.state = findState(name);
  desk.addEventListener(
    'frontdesk-settings-request',
    (event: SettingsRequestEvent) => void requests.push(event.request),
  );
  root.append(desk);
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 3; turn += 1) await nextFrame();
  };
  await settle();
  return {
    desk,
    requests,
    settle,
    async type(selector, text) {
      const field = pierce(desk, selector) as HTMLInputElement;
      field.focus();
      field.select();
      await sendKeys({ type: text });
      await settle();
    },
  };
}

function findOverflow(element: Element, limit: DOMRect): string[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>('*') ?? [])].flatMap((child) => {
    const inner = findOverflow(child, limit);
    const box = child.getBoundingClientRect();
    const isOutside = box.width > 1 && (box.left < limit.left - 1 || box.right > limit.right + 1);
    const isScrolled = child.closest('pre, nav, dialog, [popover], .visually-hidden') !== null;
    return isOutside && !isScrolled ? [`${child.tagName}.${child.className}`, ...inner] : inner;
  });
}

describe('settings', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  after(async () => emulateMedia({ reducedMotion: 'no-preference' }));

  for (const name of Object.keys(SETTINGS_STATES)) {
    for (const scheme of ['light', 'dark'] as const) {
      it(`IN-28 ${name} passes axe in ${scheme}`, async () => {
        const { desk } = await openSettings(name, { scheme });
        await expect(desk).to.be.accessible();
      });
    }

    it(`IN-27 ${name} fits 360 px`, async () => {
      const { desk } = await openSettings(name, { widthPx: 360 });
      expect(findOverflow(desk, desk.getBoundingClientRect())).to.deep.equal([]);
    });
  }

  it('TEN-09 an agent sees people and business, and nothing to change', async () => {
    for (const name of ['team', 'business']) {
      const { desk } = await openSettings(name, { role: 'agent' });
      expect(findDeep(desk, 'form')).to.equal(null);
      expect(findDeep(desk, 'frontdesk-staff-menu')).to.equal(null);
      await expect(desk).to.be.accessible();
    }
    const { desk } = await openSettings('sites', { role: 'agent' });
    expect(findDeep(desk, 'frontdesk-settings-sites')).to.equal(null);
  });

  it('a website is made with the address that still stands in the field', async () => {
    const { requests, type, desk, settle } = await openSettings('site-new');
    await type('#name', 'Shop');
    await type('#origin', 'Shop.example/');
    findButton(desk, 'Create').click();
    await settle();
    expect(requests).to.deep.equal([{ type: 'create-site', name: 'Shop', allowedOrigins: ['https://shop.example'] }]);
  });

  it('a wrong address is explained in place, and nothing is sent', async () => {
    const { requests, type, desk, settle } = await openSettings('site-new');
    await type('#name', 'Shop');
    await type('#origin', 'https://shop.example/path');
    findButton(desk, 'Create').click();
    await settle();
    expect(requests).to.deep.equal([]);
    expect(pierce(desk, '#problem').textContent).to.include('no path');
    expect(pierce(desk, '#origin').getAttribute('aria-describedby')).to.include('problem');
    await expect(desk).to.be.accessible();
  });

  it('an address that the server refused is marked in the list', async () => {
    const { desk } = await openSettings('site-refused');
    const refused = pierce(desk, '.refused');
    expect(refused.textContent).to.include('https://*.klinikmawar.example');
    expect(refused.textContent).to.include('no path');
  });

  it('the preview follows every key, and tells when a colour is corrected', async () => {
    const { desk, type } = await openSettings('site');
    expect(pierce(desk, '.note').textContent).to.include('Easy to read');
    await type('#accent', '#ffe680');
    await type('#greeting', 'Selamat datang!');
    const scene = pierce(desk, '.scene');
    expect(scene.textContent).to.include('Selamat datang!');
    const style = getComputedStyle(scene);
    const ratio = contrast(
      style.getPropertyValue('--frontdesk-accent').trim(),
      style.getPropertyValue('--frontdesk-on-accent').trim(),
    );
    expect(ratio).to.be.at.least(4.5);
    await type('#accent', '#ffe');
    expect(pierce(desk, '.scene').style.getPropertyValue('--frontdesk-accent')).to.match(/^#/);
    await type('#accent', 'green');
    expect(findDeep(desk, '#accent')?.getAttribute('aria-invalid')).to.equal('true');
  });

  it('saves a website once, with what is on the page', async () => {
    const { desk, type, requests, settle } = await openSettings('site');
    await type('#greeting', 'Hi!');
    findButton(desk, 'Save').click();
    await settle();
    expect(requests).to.have.length(1);
    const [request] = requests;
    expect(request?.type === 'update-site' && request.change).to.deep.equal({
      name: 'Klinik Mawar',
      greeting: 'Hi!',
      allowedOrigins: ['https://klinikmawar.example', 'https://*.klinikmawar.example'],
      theme: { accent: '#0b6e4f', colorScheme: 'auto', launcherSide: 'end' },
      requireIdentity: false,
    });
  });

  it('offers to ask for vouched visitors only where a secret exists to vouch with', async () => {
    const { desk, settle } = await openSettings('site');
    expect(findDeep(desk, 'input[type=checkbox]') === null).to.equal(true);
    const site = { ...desk.state.sites.data[0]!, identityKeyIds: ['k1'] };
    desk.state = { ...desk.state, sites: { ...desk.state.sites, data: [site, ...desk.state.sites.data.slice(1)] } };
    await settle();
    expect(findDeep(desk, 'input[type=checkbox]') === null).to.equal(false);
  });

  it('what is being typed survives a change from elsewhere', async () => {
    const { desk, type, settle } = await openSettings('site');
    await type('#greeting', 'Half a greet');
    const site = { ...desk.state.sites.data[0]!, name: 'Renamed elsewhere' };
    desk.state = { ...desk.state, sites: { ...desk.state.sites, data: [site, ...desk.state.sites.data.slice(1)] } };
    await settle();
    expect((pierce(desk, '#greeting') as HTMLInputElement).value).to.equal('Half a greet');
  });

  it('shows the snippet for this server, website and colour', async () => {
    const { desk, type } = await openSettings('site');
    await type('#accent', '#123456');
    const code = pierce(desk, 'pre').textContent;
    expect(code).to.include('src="https://desk.example/widgets/frontdesk.js"');
    expect(code).to.include('site="pk_4fJq8ZsT2mVxY7aBcDeFgH1k" accent="#123456"');
  });

  it('invites, and clears the field only when the invitation was taken', async () => {
    const { desk, type, requests, settle } = await openSettings('team');
    await type('#email', 'not an address');
    findButton(desk, 'Send the invitation').click();
    await settle();
    expect(requests).to.deep.equal([]);
    await type('#email', 'hafiz@mawar.example');
    findButton(desk, 'Send the invitation').click();
    await settle();
    expect(requests).to.deep.equal([{ type: 'invite', email: 'hafiz@mawar.example', role: 'agent' }]);
    expect((pierce(desk, '#email') as HTMLInputElement).value).to.equal('hafiz@mawar.example');
    desk.state = findState('team-invited');
    await settle();
    expect((pierce(desk, '#email') as HTMLInputElement).value).to.equal('');
  });

  it('asks before it removes somebody', async () => {
    const { desk, requests, settle } = await openSettings('team');
    const menus = [
      ...(pierce(desk, 'frontdesk-settings-team').shadowRoot?.querySelectorAll<FrontdeskStaffMenu>(
        'frontdesk-staff-menu',
      ) ?? []),
    ];
    const actions = menus.find(({ label }) => label === 'Actions for Mei Ling Tan');
    actions?.open();
    await settle();
    [...(actions?.shadowRoot?.querySelectorAll<HTMLElement>('.item') ?? [])].at(-1)?.click();
    await settle();
    const dialog = pierce(desk, 'dialog') as HTMLDialogElement;
    expect(dialog.open).to.equal(true);
    expect(dialog.textContent).to.include('Remove Mei Ling Tan?');
    expect(requests).to.deep.equal([]);
    await expect(desk).to.be.accessible();
    [...dialog.querySelectorAll('button')].at(-1)?.click();
    expect(requests).to.deep.equal([{ type: 'remove-member', memberId: desk.state.members.data[1]?.id }]);
  });

  it('AUTH-08 changes a password only when both fields can be right, and marks a wrong current one', async () => {
    const { desk, type, requests, settle } = await openSettings('account');
    await type('#newPassword', 'short');
    findButton(desk, 'Change the password').click();
    await settle();
    expect(requests).to.deep.equal([]);
    expect(pierce(desk, '#currentPassword').getAttribute('aria-invalid')).to.equal('true');
    await type('#currentPassword', 'old password');
    await type('#newPassword', 'new password');
    findButton(desk, 'Change the password').click();
    expect(requests).to.deep.equal([
      { type: 'change-password', currentPassword: 'old password', newPassword: 'new password' },
    ]);
    const error = { code: 'REAUTH_REQUIRED', message: '', requestId: '1' } as const;
    desk.state = { ...desk.state, forms: { password: { phase: 'failed', error, subject: null } } };
    await settle();
    expect(pierce(desk, '#currentPassword').getAttribute('aria-invalid')).to.equal('true');
    desk.state = { ...desk.state, forms: { password: { phase: 'saved', error: null, subject: null } } };
    await settle();
    expect((pierce(desk, '#newPassword') as HTMLInputElement).value).to.equal('');
  });
});
