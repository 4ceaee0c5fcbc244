/** Joining a class on somebody else's website, against a whole server: seats, the line, and an offer that is accepted. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { at, dateOf } from '../support/booking.js';
import { closeBrowser, createContext, watchComplaints, type ContextChoices } from '../support/browser.js';
import { openClassroom, type Classroom } from '../support/classroom.js';
import { allowHost, openBackDoor, setStrictPage } from './support/booking-page.js';
import { startStage, until, type Stage } from './support/stage.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const COMES_WITHIN_MS = 2_000;

describe('joining a class on a website', function joining() {
  this.timeout(60_000);
  let stage: Stage;
  let room: Classroom;
  let siteKey: string;

  before(async () => {
    stage = await startStage();
    room = await openClassroom(openBackDoor(stage), { service: { minNoticeMinutes: 0, cancelUntilMinutes: 0 } });
    siteKey = await allowHost(stage, room.shop.owner.tenantId);
    setStrictPage(
      stage,
      '/class',
      `<frontdesk-booking site="${siteKey}" service="${room.course.id}"><a href="tel:+60355500123">Call us</a></frontdesk-booking>`,
    );
  });
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  async function open(choices: ContextChoices = {}): Promise<{ context: BrowserContext; page: Page }> {
    const context = await createContext(choices);
    const page = await context.newPage();
    await page.goto(`${stage.host.origin}/class`);
    return { context, page };
  }

  async function fill(page: Page, button: string): Promise<void> {
    await page.getByLabel('Name').fill('Mei Tan');
    await page.getByLabel('Phone number').fill('012-345 6789');
    await page.getByRole('button', { name: button, exact: true }).click();
  }

  async function findViolations(page: Page): Promise<string[]> {
    await page.evaluate(axeSource);
    return page.evaluate(async () => {
      type Axe = { run(options: object): Promise<{ violations: { id: string }[] }> };
      const { axe } = globalThis as unknown as { axe: Axe };
      // The page around it is only there to carry it.
      const { violations } = await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
      return violations.map(({ id }) => id);
    });
  }

  it('BK-4: a date is chosen for a party, its seats are kept while the form is filled in, and the others see them go', async () => {
    const { id: sessionId } = await room.addSession(9, { capacity: 4 });
    const { context, page } = await open({ viewport: 'mobile' });
    const complaints = watchComplaints(page);
    const date = page.getByRole('button', { name: /9:00 AM – 10:00 AM/ });
    await date.getByText('4 places left').waitFor();
    const other = await open();
    await other.page.getByText('4 places left').waitFor();
    await page.getByLabel('How many people?').selectOption('3');
    await date.click();
    await page.getByRole('timer').waitFor();
    await other.page.getByText('1 place left').waitFor({ timeout: COMES_WITHIN_MS });
    await fill(page, 'Book');
    await page.getByRole('heading', { name: 'You are in' }).waitFor();
    const { session } = await room.must('class-session:read', { sessionId });
    expect(session).to.include({ enrolled: 3, kept: 0 });
    expect(complaints).to.deep.equal([]);
    await other.context.close();
    await context.close();
  });

  it('BK-28: who finds it full waits, is offered what somebody gives up, and accepts it on the page of the link', async () => {
    const { id: sessionId } = await room.addSession(11, { capacity: 1 });
    const taken = await room.enrol(room.pupil('Ravi'), sessionId);
    const { context, page } = await open();
    await page.getByRole('button', { name: /11:00 AM – 12:00 PM/ }).click();
    await page.getByRole('heading', { name: 'Join the waitlist' }).waitFor();
    await fill(page, 'Join the waitlist');
    await page.getByRole('heading', { name: 'You are on the waitlist' }).waitFor();
    await page.getByText('You are next.').waitFor();
    const link = (await page.getByRole('link', { name: 'See or give up your place' }).getAttribute('href')) ?? '';
    expect(link).to.match(new RegExp(`^${stage.url}/booking\\?site=${siteKey}#seat\\.`));
    await room.customer().call('seat:cancel-own', { seatToken: taken.seatToken, reason: '' });
    await page.goto(link);
    await page.getByText('A place is kept for you').first().waitFor();
    await page.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('You are in').first().waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Give up my place' }).click();
    await page.getByRole('button', { name: 'Yes, give it up' }).click();
    await page.getByText('Given up').first().waitFor();
    expect((await room.must('class-session:read', { sessionId })).session).to.include({ enrolled: 0, kept: 0 });
    await context.close();
  });

  it('BK-4, BK-28, BK-35: all dates of a course are taken at once, and given up one by one or at once', async () => {
    const weekly = { weeks: 3, except: [], isCourse: true };
    const when = { serviceId: room.course.id, staffId: null, date: dateOf(at(12)), time: '12:00' };
    const { sessions } = await room.must('class-session:create', { ...when, weekly, capacity: 2 });
    const countEnrolled = async (): Promise<number[]> => {
      const rosters = sessions.map(({ id }) => room.must('class-session:read', { sessionId: id }));
      return (await Promise.all(rosters)).map(({ session }) => session.enrolled);
    };
    const { context, page } = await open({ viewport: 'mobile' });
    const course = page.getByRole('button', { name: 'All 3 dates of the course' });
    await course.waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await course.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('timer').waitFor();
    expect(await page.locator('.chosen__when').count()).to.equal(3);
    expect(await findViolations(page)).to.deep.equal([]);
    await fill(page, 'Book');
    await page.getByRole('heading', { name: 'You are in' }).waitFor();
    expect(await page.locator('.dates li').count()).to.equal(3);
    expect(await findViolations(page)).to.deep.equal([]);
    expect(await countEnrolled()).to.deep.equal([1, 1, 1]);
    const link = (await page.getByRole('link', { name: 'See or give up your place' }).getAttribute('href')) ?? '';
    await page.goto(link);
    await page.locator('.dates li').nth(1).getByRole('button').click();
    await page.getByRole('button', { name: 'Give up my place' }).click();
    await page.getByRole('button', { name: 'Yes, give it up' }).click();
    await page.getByText('Given up').first().waitFor();
    expect(await countEnrolled()).to.deep.equal([1, 0, 1]);
    expect(await findViolations(page)).to.deep.equal([]);
    await page.getByRole('button', { name: 'Give up all dates' }).click();
    await page.getByRole('button', { name: 'Yes, give it up' }).click();
    await until(countEnrolled, (counts) => counts.every((count) => count === 0));
    await page.locator('.dates .muted').nth(2).waitFor();
    expect(await page.getByRole('button', { name: 'Give up all dates' }).count()).to.equal(0);
    await context.close();
  });

  it('BK-20: with sockets blocked a class is joined over HTTP', async () => {
    await room.addSession(14, { capacity: 2 });
    const context = await createContext();
    const page = await context.newPage();
    await page.routeWebSocket(/.*/, (socket) => socket.close());
    await page.route(/socket\.io/, (route) => route.abort());
    await page.goto(`${stage.host.origin}/class`);
    await page.getByRole('button', { name: /2:00 PM – 3:00 PM/ }).click();
    await fill(page, 'Book');
    await page.getByRole('heading', { name: 'You are in' }).waitFor();
    await context.close();
  });

  it('BK-35: no step has a fault that the rules of accessibility find, and the focus goes to its heading', async () => {
    await room.addSession(15.5, { capacity: 2 });
    const { context, page } = await open({ viewport: 'mobile' });
    const date = page.getByRole('button', { name: /3:30 PM – 4:30 PM/ });
    await date.waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await date.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('timer').waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await page.locator('h2:focus', { hasText: 'Who is it for?' }).waitFor();
    await fill(page, 'Book');
    await page.getByRole('heading', { name: 'You are in' }).waitFor();
    expect(await findViolations(page)).to.deep.equal([]);
    await context.close();
  });
});
