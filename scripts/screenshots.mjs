/**
 * Takes the pictures of README and docs from the running demo, so that they show today's product:
 *
 *   npm run screenshots [-- part of a picture's name]
 */
import { spawn } from 'node:child_process';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { resolveChromium } from './chromium.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const images = join(root, 'docs/images');
const SERVER_PORT = '4480';
const SITE_PORT = '4481';
const desk = `http://localhost:${SERVER_PORT}/desk`;
const site = `http://localhost:${SITE_PORT}`;

const [wanted = ''] = process.argv.slice(2);

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };

async function openChat(page) {
  await page.locator('frontdesk-chat [part~=launcher]').first().click();
  await page.locator('frontdesk-chat textarea').waitFor();
}

async function signIn(page) {
  await page.locator('input[type=email]').fill('nurul@seridamai.example');
  await page.locator('input[type=password]').fill('seri-damai-demo');
  await page.locator('input[type=password]').press('Enter');
}

const PICTURES = [
  {
    name: 'chat-desktop',
    viewport: DESKTOP,
    url: site,
    async play(page) {
      await openChat(page);
      await page.locator('frontdesk-chat textarea').fill('Do I need an appointment for a flu shot?');
      await page.keyboard.press('Enter');
      await page.locator('frontdesk-chat').getByText('Sent', { exact: true }).waitFor();
    },
  },
  {
    name: 'chat-phone-arabic-dark',
    viewport: PHONE,
    url: `${site}/ar`,
    locale: 'ar',
    colorScheme: 'dark',
    play: openChat,
  },
  {
    name: 'inbox',
    viewport: { width: 1440, height: 900 },
    url: desk,
    async play(page) {
      await signIn(page);
      await page.locator('frontdesk-inbox-row', { hasText: 'Hafiz' }).click();
      await page.locator('frontdesk-inbox-entry').first().waitFor();
    },
  },
  {
    name: 'settings',
    viewport: DESKTOP,
    url: `${desk}/settings`,
    async play(page) {
      await signIn(page);
      await page.getByText(site).first().click();
      await page.locator('pre').first().waitFor();
    },
  },
  {
    name: 'ticket-phone',
    viewport: PHONE,
    url: `${site}/join`,
    async play(page) {
      await page.getByText('See a doctor').first().click();
      await page.getByText('Get my number').first().click();
      await page.getByText('Your number').first().waitFor();
    },
  },
  {
    name: 'agenda',
    viewport: DESKTOP,
    url: `${desk}/agenda`,
    async play(page) {
      await signIn(page);
      await page.locator('.column').first().waitFor();
      // The first day on which somebody comes; on a Sunday nobody does.
      for (let days = 0; days < 4 && (await page.locator('.card').count()) < 3; days += 1) {
        await page.getByRole('button', { name: 'Later' }).click();
        await page.waitForTimeout(500);
      }
      await page.locator('.card').nth(1).click();
      await page.locator('frontdesk-agenda-panel').getByText('History').waitFor();
    },
  },
  {
    name: 'booking',
    viewport: { width: 1280, height: 920 },
    url: `${site}/booking`,
    async play(page) {
      const form = page.locator('frontdesk-booking');
      await form.getByRole('button', { name: /^Consultation/ }).click();
      await form.getByRole('button', { name: /^Anyone/ }).click();
      await form.getByRole('button', { name: 'Add another service' }).click();
      await form.getByRole('button', { name: /^Dental cleaning/ }).click();
      const people = form.getByRole('button', { name: /^Anyone/ });
      const calendar = form.locator('[role=grid][aria-busy=false]');
      await people.or(calendar).first().waitFor();
      if (await people.isVisible()) await people.click();
      await calendar.waitFor();
      await form.locator('td.free').nth(1).click();
      await form.locator('.slot').first().waitFor();
      await page.evaluate(() => scrollTo(0, 0));
    },
  },
  {
    name: 'counter',
    viewport: DESKTOP,
    url: `${desk}/counter`,
    async play(page) {
      await signIn(page);
      await page.getByText('Room 1').first().click();
      const next = page.getByRole('button', { name: 'Call next' });
      await next.waitFor();
      // A press so soon after sitting down counts as the second half of a double click.
      await page.waitForTimeout(1_000);
      await next.click();
      await page.getByText('Call again').first().waitFor();
    },
  },
  {
    name: 'waiting-room',
    viewport: { width: 1440, height: 1000 },
    url: `${site}/waiting-room`,
    async play(page) {
      await page.locator('#morning').click();
      for (const room of ['Room 2', 'Room 3']) {
        await page.locator('frontdesk-queue-display').getByText(room).first().waitFor({ timeout: 90_000 });
      }
      await page.locator('.wall-screen').scrollIntoViewIfNeeded();
    },
  },
];

async function takePicture(browser, { name, viewport, url, locale = 'en', colorScheme = 'light', play }) {
  const context = await browser.newContext({
    viewport,
    locale,
    colorScheme,
    timezoneId: 'Asia/Kuala_Lumpur',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  await page.goto(url);
  await play(page);
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: join(images, `${name}.png`) });
  await context.close();
}

const dataDir = await mkdtemp(join(tmpdir(), 'frontdesk-pictures-'));
const demo = spawn(process.execPath, [join(root, 'demo/dist/start.js')], {
  env: { ...process.env, DATA_DIR: dataDir, PORT: SERVER_PORT, DEMO_SITE_PORT: SITE_PORT },
  stdio: ['ignore', 'pipe', 'inherit'],
});
await new Promise((resolve, reject) => {
  demo.stdout.on('data', (text) => String(text).includes('is open') && resolve());
  demo.once('exit', (code) => reject(new Error(`the demo ended with ${code}`)));
});
const { executablePath, args, env } = await resolveChromium();
const browser = await chromium.launch({ executablePath, args, env });
try {
  await mkdir(images, { recursive: true });
  for (const picture of PICTURES.filter(({ name }) => name.includes(wanted))) await takePicture(browser, picture);
} finally {
  await browser.close();
  demo.removeAllListeners('exit');
  demo.kill('SIGTERM');
  await new Promise((resolve) => demo.once('exit', resolve));
  await rm(dataDir, { recursive: true, force: true });
}
