/** BK-32: a customer answers with a file on a network that fails, and staff save it at the desk. */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { at, openClinic, type Clinic } from '../support/booking.js';
import { closeBrowser, createContext, watchComplaints } from '../support/browser.js';
import { PASSWORD } from '../support/workspace.js';
import { allowHost, openBackDoor, setStrictPage } from './support/booking-page.js';
import { signInOnPage, startStage, type Stage } from './support/stage.js';

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

describe('files of a booking', function bookingFiles() {
  this.timeout(60_000);
  let stage: Stage;
  let clinic: Clinic;

  before(async () => {
    stage = await startStage();
    const file = { types: ['image/png', 'application/pdf'], maxBytes: 5_000_000, maxCount: 2 };
    const asked = { options: [], isRequired: true, isSensitive: false, onlyIf: null, file };
    clinic = await openClinic(openBackDoor(stage), {
      service: { questions: [{ ...asked, key: 'photo', type: 'file', labels: { en: 'A photo of the rash' } }] },
    });
    const siteKey = await allowHost(stage, clinic.shop.owner.tenantId);
    setStrictPage(stage, '/book', `<frontdesk-booking site="${siteKey}"></frontdesk-booking>`);
  });
  after(async () => {
    await stage.close();
    await closeBrowser();
  });

  it('BK-32: a picture arrives in spite of a part that was lost, is booked with, and is saved at the desk as it was', async () => {
    const bytes = Buffer.concat([PNG, randomBytes(600_000)]);
    const context = await createContext({ viewport: 'mobile' });
    const page = await context.newPage();
    const complaints = watchComplaints(page);
    let lost = 0;
    await page.route('**/files/*/1', async (route) => {
      lost += 1;
      if (lost === 1) await route.abort('connectionreset');
      else await route.continue();
    });
    await page.goto(`${stage.host.origin}/book`);
    const date = new Date(Date.parse(at(9)) + 8 * 3_600_000).toISOString().slice(0, 10);
    await page.locator('[role=grid][aria-busy=false]').waitFor();
    if ((await page.locator(`[data-date="${date}"]`).count()) === 0) {
      await page.getByRole('button', { name: 'Next month' }).first().click();
    }
    await page.locator(`[data-date="${date}"].free`).click();
    await page.getByRole('button', { name: '9:00 AM', exact: true }).click();
    await page.getByLabel('Name').fill('Mei Tan');
    await page.getByLabel('Phone number').fill('012-345 6789');
    await page.getByRole('button', { name: 'Book', exact: true }).click();
    const field = page.locator('frontdesk-booking-files');
    await field.getByText('Please fill this in.').waitFor();
    const input = field.locator('input[type=file]');
    const page404 = { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('<html></html>') };
    await input.setInputFiles([page404, { name: 'rash.png', mimeType: 'image/png', buffer: bytes }]);
    await field.locator('.state--failed', { hasText: 'This kind of file is not accepted here.' }).waitFor();
    await field.getByRole('button', { name: 'Remove photo.png' }).click();
    await field.locator('.state--ready').waitFor();
    await page.getByRole('button', { name: 'Book', exact: true }).click();
    await page.getByRole('heading', { name: 'You are booked' }).waitFor();
    expect(lost).to.equal(2);
    // The browser itself says that the part did not arrive.
    expect(complaints.filter((said) => !said.includes('ERR_CONNECTION_RESET'))).to.deep.equal([]);
    await context.close();

    const desk = await createContext();
    const agenda = await desk.newPage();
    await agenda.goto(`${stage.url}/desk/agenda`);
    await signInOnPage(agenda, clinic.shop.ownerEmail, PASSWORD);
    await agenda.getByRole('button', { name: 'Later' }).click();
    await agenda.getByRole('button', { name: 'Later' }).click();
    await agenda.locator('.card', { hasText: 'Mei Tan' }).first().click();
    await agenda.getByRole('button', { name: 'Show confidential answers' }).click();
    const saving = agenda.waitForEvent('download');
    await agenda.getByRole('button', { name: 'Save rash.png' }).click();
    const saved = await saving;
    expect(saved.suggestedFilename()).to.equal('rash.png');
    expect((await readFile(await saved.path())).equals(bytes)).to.equal(true);
    expect(new URL(agenda.url()).pathname).to.equal('/desk/agenda');
    await desk.close();
  });
});
