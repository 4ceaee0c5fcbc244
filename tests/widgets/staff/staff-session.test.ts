import { expect } from '@open-wc/testing';
import type { SessionDto } from '@frontdesk/protocol/auth';
import type { ErrorCode, Result } from '@frontdesk/protocol/result';
import { createUnknownOutcome } from '@frontdesk/widgets/core/client/outcome';
import { parseMailedLink, takeMailedLink } from '@frontdesk/widgets/staff/mailed-link';
import type { CallPublic } from '@frontdesk/widgets/staff/public-commands';
import { StaffSession } from '@frontdesk/widgets/staff/staff-session';
import { normalizeHref, normalizeServer } from '@frontdesk/widgets/staff/staff-workspace';

const encode = (value: unknown): string => btoa(JSON.stringify(value)).replaceAll('=', '');
let tokens = 0;

function buildSession(lifeSeconds = 600): SessionDto {
  tokens += 1;
  const payload = encode({ iat: 1_000, exp: 1_000 + lifeSeconds, jti: tokens });
  return {
    accessToken: `${encode({ alg: 'EdDSA' })}.${payload}.signature`,
    expiresAt: '2026-11-20T00:10:00.000Z',
    sessionId: '7'.repeat(24) as SessionDto['sessionId'],
    user: { id: 'a'.repeat(24) as never, email: 'a@b.example', name: 'A', hasPassword: true, hasGoogle: false },
    membership: { id: 'e'.repeat(24) as never, role: 'agent' },
    tenant: { id: 'b'.repeat(24) as never, name: 'T', locale: 'en' },
  };
}

const refuse = (code: ErrorCode): Result<never> => ({ ok: false, error: { code, message: '', requestId: '1' } });

/** A server that answers as told and notes what it was asked; every answer takes a turn of the event loop. */
function createServer(answers: Partial<Record<string, () => Result<unknown>>>) {
  const asked: string[] = [];
  let running = 0;
  let mostAtOnce = 0;
  const call = (async (name: string) => {
    asked.push(name);
    running += 1;
    mostAtOnce = Math.max(mostAtOnce, running);
    await new Promise((resolve) => setTimeout(resolve));
    running -= 1;
    return answers[name]?.() ?? refuse('UNAUTHENTICATED');
  }) as CallPublic;
  return { call, asked, mostAtOnce: () => mostAtOnce };
}

let names = 0;
const createSession = (call: CallPublic): StaffSession =>
  new StaffSession(`https://desk.example/${(names += 1)}`, { call });

describe('staff session', () => {
  it('IN-1 starts from the cookie of an earlier visit, and keeps the token out of the state and of every storage', async () => {
    const dto = buildSession();
    const session = createSession(createServer({ 'session:refresh': () => ({ ok: true, data: dto }) }).call);
    await session.start();
    expect(session.state.phase).to.equal('signed-in');
    expect(session.accessToken).to.equal(dto.accessToken);
    const everywhere = JSON.stringify([session.state, { ...localStorage }, { ...sessionStorage }, document.cookie]);
    expect(everywhere).to.not.include(dto.accessToken);
    session.stop();
  });

  it('IN-1 without a session it asks to sign in and does not complain', async () => {
    const session = createSession(createServer({}).call);
    await session.start();
    expect(session.state).to.deep.equal({ phase: 'signed-out', session: null, ended: false });
    session.stop();
  });

  it('IN-1 a refused refresh during a session says that it ended', async () => {
    let isAlive = true;
    const server = createServer({
      'session:refresh': () => (isAlive ? { ok: true, data: buildSession() } : refuse('UNAUTHENTICATED')),
    });
    const session = createSession(server.call);
    await session.start();
    isAlive = false;
    expect(await session.refresh()).to.equal(false);
    expect(session.state).to.deep.equal({ phase: 'signed-out', session: null, ended: true });
    expect(session.accessToken).to.equal(null);
    session.stop();
  });

  it('IN-1 a network that is down ends nothing', async () => {
    let isUp = true;
    const dto = buildSession();
    const server = createServer({
      'session:refresh': () => (isUp ? { ok: true, data: dto } : createUnknownOutcome('down')),
    });
    const session = createSession(server.call);
    await session.start();
    isUp = false;
    expect(await session.refresh()).to.equal(false);
    expect(session.state.phase).to.equal('signed-in');
    expect(session.accessToken).to.equal(dto.accessToken);
    session.stop();
  });

  it('IN-1 an unreachable server at the start is said, and tried again on request', async () => {
    let isUp = false;
    const server = createServer({
      'session:refresh': () => (isUp ? { ok: true, data: buildSession() } : createUnknownOutcome('down')),
    });
    const session = createSession(server.call);
    await session.start();
    expect(session.state.phase).to.equal('unreachable');
    isUp = true;
    await session.start();
    expect(session.state.phase).to.equal('signed-in');
    session.stop();
  });

  it('SES-03 callers within a page share one refresh', async () => {
    const server = createServer({ 'session:refresh': () => ({ ok: true, data: buildSession() }) });
    const session = createSession(server.call);
    await session.start();
    await Promise.all([session.refresh(), session.refresh(), session.refresh()]);
    expect(server.asked).to.deep.equal(['session:refresh', 'session:refresh']);
    session.stop();
  });

  it('SES-03 tabs refresh one after the other', async () => {
    const server = createServer({ 'session:refresh': () => ({ ok: true, data: buildSession() }) });
    const tabs = [1, 2, 3].map(() => new StaffSession('https://desk.example/tabs', { call: server.call }));
    await Promise.all(tabs.map((tab) => tab.start()));
    expect(server.asked).to.have.length(3);
    expect(server.mostAtOnce()).to.equal(1);
    for (const tab of tabs) tab.stop();
  });

  it('renews a token before it ends', async () => {
    const server = createServer({ 'session:refresh': () => ({ ok: true, data: buildSession(1) }) });
    const session = createSession(server.call);
    await session.start();
    const first = session.accessToken;
    await new Promise<void>((resolve) => {
      session.subscribe(() => resolve());
    });
    expect(session.accessToken).to.not.equal(first);
    session.stop();
  });

  it('signing out forgets at once and reaches the other tabs', async () => {
    const server = createServer({
      'session:refresh': () => ({ ok: true, data: buildSession() }),
      'session:sign-out': () => ({ ok: true, data: { accepted: true } }),
    });
    const here = new StaffSession('https://desk.example/out', { call: server.call });
    const there = new StaffSession('https://desk.example/out', { call: server.call });
    await here.start();
    await there.start();
    const heard = new Promise<void>((resolve) => {
      there.subscribe(({ phase }) => phase === 'signed-out' && resolve());
    });
    const signedOut = here.signOut();
    expect(here.accessToken).to.equal(null);
    await signedOut;
    await heard;
    expect(there.state).to.deep.equal({ phase: 'signed-out', session: null, ended: false });
    here.stop();
    there.stop();
  });

  it('a refresh that was on its way when somebody signed out does not sign them in again', async () => {
    const server = createServer({
      'session:refresh': () => ({ ok: true, data: buildSession() }),
      'session:sign-out': () => ({ ok: true, data: { accepted: true } }),
    });
    const session = createSession(server.call);
    await session.start();
    const refreshing = session.refresh();
    await session.signOut();
    expect(await refreshing).to.equal(false);
    expect(session.state.phase).to.equal('signed-out');
    expect(session.accessToken).to.equal(null);
    session.stop();
  });

  it('signing out while the network is down is told to the server later, so that a reload does not sign in again', async () => {
    let isUp = false;
    const server = createServer({
      'session:refresh': () => ({ ok: true, data: buildSession() }),
      'session:sign-out': () => (isUp ? { ok: true, data: { accepted: true } } : createUnknownOutcome('down')),
    });
    const session = createSession(server.call);
    await session.start();
    await session.signOut();
    isUp = true;
    const countSignOuts = (): number => server.asked.filter((name) => name === 'session:sign-out').length;
    while (countSignOuts() < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(session.state.phase).to.equal('signed-out');
    session.stop();
  });
});

describe('mailed link', () => {
  const token = 'A'.repeat(43);

  it('AUTH-07 is read from the fragment and leaves the address bar', () => {
    const before = location.href;
    history.replaceState(null, '', `#reset=${token}`);
    expect(takeMailedLink()).to.deep.equal({ kind: 'reset', token });
    expect(location.hash).to.equal('');
    expect(takeMailedLink()).to.equal(null);
    history.replaceState(null, '', before);
  });

  it('takes nothing that is not a token', () => {
    for (const hash of ['', '#reset=', `#reset=${token}x`, `#other=${token}`, `#reset=${'<'.repeat(43)}`, '#top']) {
      expect(parseMailedLink(hash), hash).to.equal(null);
    }
    expect(parseMailedLink(`#verify=${token}`)?.kind).to.equal('verify');
    expect(parseMailedLink(`#invite=${token}`)?.kind).to.equal('invite');
  });

  it('leaves fragments of the page alone', () => {
    const before = location.href;
    history.replaceState(null, '', '#section-2');
    expect(takeMailedLink()).to.equal(null);
    expect(location.hash).to.equal('#section-2');
    history.replaceState(null, '', before);
  });
});

describe('addresses from attributes', () => {
  it('WID-11 leads nowhere but to a website', () => {
    expect(normalizeHref('/desk/settings')).to.equal(`${location.origin}/desk/settings`);
    for (const href of ['javascript:alert(1)', 'data:text/html,x', 'http://[', null]) {
      expect(normalizeHref(href), String(href)).to.equal(null);
    }
  });

  it('takes the page as the server when none is named', () => {
    expect(normalizeServer(null)).to.equal(location.origin);
    expect(normalizeServer('https://desk.example/')).to.equal('https://desk.example');
  });
});
