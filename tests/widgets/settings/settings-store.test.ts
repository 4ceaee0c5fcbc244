import { expect } from '@open-wc/testing';
import type { MemberDto } from '@frontdesk/protocol/tenancy';
import { DEMO_MEMBERS } from '@frontdesk/widgets/inbox/inbox-states';
import { buildSnippet, readOrigin, refusedOrigins } from '@frontdesk/widgets/settings/settings-origins';
import { buildSite, SETTINGS_STATES } from '@frontdesk/widgets/settings/settings-states';
import {
  assignableRoles,
  canChangeMember,
  formOf,
  INITIAL_SETTINGS,
  pagesFor,
  reduceSettings,
} from '@frontdesk/widgets/settings/settings-store';

const READY = SETTINGS_STATES['sites'] ?? INITIAL_SETTINGS;
const memberOf = (role: MemberDto['role'], self = false): MemberDto => ({ ...DEMO_MEMBERS[1]!, role, self });

describe('settings store', () => {
  it('opens a website that was just made, and replaces one that was saved', () => {
    const made = reduceSettings(READY, { type: 'site-saved', site: buildSite(7) });
    expect(made.openSite).to.equal(buildSite(7).id);
    expect(made.sites.data).to.have.length(3);
    const saved = reduceSettings(made, { type: 'site-saved', site: buildSite(7, { name: 'Other' }) });
    expect(saved.sites.data).to.have.length(3);
    expect(saved.sites.data.at(-1)?.name).to.equal('Other');
  });

  it('keeps what is shown while it is fetched again, and when that fails', () => {
    const asked = reduceSettings(READY, { type: 'part-requested', part: 'members' });
    expect(asked.members.data).to.have.length(4);
    const error = { code: 'INTERNAL', message: '', requestId: '1' } as const;
    const failed = reduceSettings(asked, { type: 'part-failed', part: 'members', error });
    expect(failed.members).to.deep.include({ phase: 'failed', error });
    expect(failed.members.data).to.have.length(4);
  });

  it('a form forgets its last word on another page', () => {
    const saved = reduceSettings(READY, { type: 'form-changed', form: 'invite', status: { phase: 'saved' } });
    expect(formOf(saved, 'invite').phase).to.equal('saved');
    expect(formOf(reduceSettings(saved, { type: 'page-shown', page: 'team' }), 'invite').phase).to.equal('idle');
  });

  it('forgets everything at sign-out but the page', () => {
    const out = reduceSettings({ ...READY, page: 'team' }, { type: 'signed-out' });
    expect(out).to.deep.equal({ ...INITIAL_SETTINGS, page: 'team' });
  });

  it('TEN-09 offers what a role may do, and nobody to change themselves or an owner above them', () => {
    expect(pagesFor('owner')).to.include('sites');
    expect(pagesFor('admin')).to.include('sites');
    expect(pagesFor('agent')).to.not.include('sites');
    expect(pagesFor('viewer')).to.not.include('sites');
    expect(assignableRoles('admin')).to.not.include('owner');
    expect(canChangeMember('owner', memberOf('owner'))).to.equal(true);
    expect(canChangeMember('owner', memberOf('owner', true))).to.equal(false);
    expect(canChangeMember('admin', memberOf('owner'))).to.equal(false);
    expect(canChangeMember('admin', memberOf('agent'))).to.equal(true);
    expect(canChangeMember('agent', memberOf('viewer'))).to.equal(false);
  });
});

describe('origins', () => {
  it('takes what is plainly meant', () => {
    for (const [typed, origin] of [
      ['https://shop.example', 'https://shop.example'],
      [' HTTPS://Shop.Example/ ', 'https://shop.example'],
      ['shop.example', 'https://shop.example'],
      ['http://localhost:5173', 'http://localhost:5173'],
      ['https://*.shop.example', 'https://*.shop.example'],
    ] as const) {
      expect(readOrigin(typed, []), typed).to.deep.equal({ ok: true, origin });
    }
  });

  it('refuses everything else instead of guessing', () => {
    for (const typed of [
      'https://shop.example/path',
      'https://shop.example?x',
      'https://a b.example',
      'javascript:alert(1)',
      'ftp://shop.example',
      'https://*',
      'https://sh*p.example',
      'https://user@shop.example',
      `https://${'a'.repeat(260)}.example`,
      '*',
    ]) {
      expect(readOrigin(typed, []).ok, typed).to.equal(false);
    }
    expect(readOrigin('shop.example', ['https://shop.example'])).to.deep.equal({
      ok: false,
      problem: 'originDuplicate',
    });
  });

  it('finds the refused ones in the paths of the server', () => {
    const fields = { 'allowedOrigins.2': 'x', 'allowedOrigins[10]': 'y', name: 'z' };
    expect([...refusedOrigins(fields)]).to.deep.equal([2, 10]);
    expect(refusedOrigins(undefined).size).to.equal(0);
  });

  it('writes a snippet that cannot break out of its attributes', () => {
    expect(buildSnippet('https://desk.example', 'pk_x', '#0b6e4f')).to.equal(
      '<script type="module" src="https://desk.example/widgets/frontdesk.js" async></script>\n' +
        '<frontdesk-chat site="pk_x" accent="#0b6e4f"></frontdesk-chat>',
    );
    expect(buildSnippet('https://x"><script>', 'pk', '#0')).to.not.include('"><script>');
  });
});
