/** The page of contact cards behind a scripted link. */
import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import type { CardDto } from '@frontdesk/protocol/cards';
import { CARD_PHOTO_MAX_BYTES } from '@frontdesk/protocol/limits';
import '@frontdesk/widgets/settings/cards/define';
import { NEW_CARD } from '@frontdesk/widgets/settings/cards/card-draft';
import { buildCard, CARD_ANSWERS, STAFF_CARD } from '@frontdesk/widgets/settings/cards/cards-states';
import { bad, BRANCH_ID, buildLocation, good, type Answers } from '@frontdesk/widgets/settings/setup/setup-states';
import { findOverflow, openSetupPage, type SetupChoices, type SetupFixture } from '../settings/setup-fixture.js';

async function openCards(choices: SetupChoices = {}): Promise<SetupFixture> {
  const page = await openSetupPage('frontdesk-settings-cards', 'cards', CARD_ANSWERS, choices);
  page.element.serverUrl = 'https://desk.example';
  await page.settle();
  return page;
}

/** Answers an update with what was sent. */
const ECHO: Answers = {
  'card:update': ({ cardId, ...change }) => {
    const stored = [buildCard(1), STAFF_CARD].find(({ id }) => id === cardId) ?? buildCard(1);
    return good({ ...stored, ...change } as CardDto);
  },
};

/** What is pressed first (rows after an arrow), and whatever else a picture needs. */
const STATES: Readonly<Record<string, readonly [press: readonly string[], choices?: SetupChoices]>> = {
  cards: [[]],
  'cards loading': [[], { answers: { 'card:list': () => new Promise(() => undefined) } }],
  'cards failed': [[], { answers: { 'card:list': () => bad({ code: 'STORE_UNAVAILABLE' }) } }],
  'cards empty': [[], { answers: { 'card:list': () => good({ cards: [] }) } }],
  'card new': [['Add a contact card', 'Add a link', 'Create']],
  'card of a branch': [['→ Klinik Mawar Bangsar']],
  'card of a person': [['→ Dr Aisha Rahman']],
  'card archived': [['→ Old branch']],
};

describe('settings of contact cards', () => {
  before(async () => emulateMedia({ reducedMotion: 'reduce' }));
  after(async () => emulateMedia({ reducedMotion: 'no-preference' }));

  for (const [name, [presses, choices]] of Object.entries(STATES)) {
    const show = async (more: SetupChoices): Promise<SetupFixture> => {
      const page = await openCards({ ...choices, ...more });
      for (const words of presses) await (words.startsWith('→ ') ? page.open(words.slice(2)) : page.press(words));
      return page;
    };
    for (const scheme of ['light', 'dark'] as const) {
      it(`CC-18 ${name} passes axe in ${scheme}`, async () => {
        const { element } = await show({ scheme });
        await expect(element).to.be.accessible();
      });
    }
    for (const [widthPx, direction] of [
      [320, 'ltr'],
      [560, 'rtl'],
    ] as const) {
      it(`CC-18 ${name} fits ${widthPx} px, ${direction}`, async () => {
        const { host, element } = await show({ widthPx, direction });
        expect(findOverflow(element, host.getBoundingClientRect())).to.deep.equal([]);
      });
    }
  }

  it('CC-1 makes a card of a branch; numbers are taken as people write them', async () => {
    const { link, fill, press, find } = await openCards({ answers: { 'card:create': () => good(buildCard(9)) } });
    await press('Add a contact card');
    await fill('#name', 'Klinik Mawar');
    await fill('#roles-en', 'Family doctors');
    await fill('#phone-number', '+60 3-5550 0123');
    await fill('#phone-extension', '12');
    await fill('#whatsapp', '+60 12-345 6789');
    await fill('#email', 'hello@klinikmawar.example');
    await press('Create');
    expect(link.inputs('card:create')).to.deep.equal([
      {
        ...NEW_CARD,
        locationId: BRANCH_ID,
        name: 'Klinik Mawar',
        roles: { en: 'Family doctors' },
        phone: { number: '+60355500123', extension: '12' },
        whatsapp: '+60123456789',
        email: 'hello@klinikmawar.example',
      },
    ]);
    expect(find('.status--saved').textContent).to.include('Saved');
  });

  it('CC-5 asks nothing of the server while a number or an address is wrong', async () => {
    const { link, open, fill, press, find } = await openCards({ answers: ECHO });
    await open('Klinik Mawar Bangsar');
    await fill('#phone-number', '03-5550 0123');
    await fill('#website', 'klinikmawar.example');
    await press('Save');
    expect(link.inputs('card:update')).to.deep.equal([]);
    expect(find('#phone-number-problem').textContent).to.include('country code');
    expect(find('#website-problem').textContent).to.include('https://');
  });

  it('CC-13 a spot on the map has to be filled in, and may lie in the south', async () => {
    const { link, open, fill, press, find, settle } = await openCards({ answers: ECHO });
    await open('Klinik Mawar Bangsar');
    const boxes = [...find('form').querySelectorAll<HTMLInputElement>('.check input')];
    boxes.find((box) => box.closest('label')?.textContent.includes('certain spot'))?.click();
    await settle();
    await press('Save');
    expect(link.inputs('card:update')).to.deep.equal([]);
    expect(find('#position-latitude-problem').textContent).to.include('3.107');
    await fill('#position-latitude', '-6.175');
    await fill('#position-longitude', '106.827');
    await press('Save');
    expect(link.inputs('card:update')).to.deep.equal([
      { cardId: buildCard(1).id, position: { latitude: -6.175, longitude: 106.827 } },
    ]);
  });

  it('CC-1 orders buttons, adds links, and previews what visitors see', async () => {
    const { link, open, fill, press, find, text } = await openCards({ answers: ECHO });
    await open('Dr Aisha Rahman');
    await press('Move up: Book');
    const box = find('[data-button=whatsapp] input') as HTMLInputElement;
    box.click();
    await press('Add a link');
    await fill('#links-1-labels-en', 'Timetable');
    await fill('#links-1-url', 'https://klinikmawar.example/times');
    await fill('#abouts-en', 'Speaks Malay and Tamil.');
    expect(text()).to.include('Timetable').and.include('Speaks Malay and Tamil.');
    await press('Save');
    const [input] = link.inputs('card:update') as Partial<CardDto>[];
    expect(input?.buttons).to.deep.equal(['book', 'call', 'whatsapp']);
    expect(input?.links?.map(({ url }) => url)).to.deep.equal([
      'https://klinikmawar.example/aisha',
      'https://klinikmawar.example/times',
    ]);
    expect(Object.keys(input ?? {}).sort()).to.deep.equal(['abouts', 'buttons', 'cardId', 'links']);
  });

  it('CC-17 hides contact data in the preview too', async () => {
    const { open, find, settle } = await openCards();
    await open('Klinik Mawar Bangsar');
    const shown = (): string => find('frontdesk-card-view').shadowRoot?.textContent ?? '';
    expect(shown()).to.include('hello@klinikmawar.example');
    const boxes = [...find('form').querySelectorAll<HTMLInputElement>('.check input')];
    boxes.find((box) => box.closest('label')?.textContent.includes('at a click only'))?.click();
    await settle();
    expect(shown()).to.not.include('hello@klinikmawar.example');
  });

  it('CC-16 a card of a person follows the hours of the branch, or has its own', async () => {
    const { link, open, press, find, has, settle } = await openCards({ answers: ECHO });
    await open('Dr Aisha Rahman');
    expect(has('frontdesk-setup-hours')).to.equal(true);
    const own = [...find('form').querySelectorAll<HTMLInputElement>('.check input')].find((box) =>
      box.closest('label')?.textContent.includes('Other hours than the branch'),
    );
    own?.click();
    await settle();
    expect(has('frontdesk-setup-hours')).to.equal(false);
    await press('Save');
    own?.click();
    await press('Save');
    expect(link.inputs('card:update')).to.deep.equal([
      { cardId: STAFF_CARD.id, hours: null },
      { cardId: STAFF_CARD.id, hours: { weekly: buildLocation(1).hours.weekly, specialDays: [], holidays: [] } },
    ]);
  });

  it('CC-10 makes a photo small before it is sent, and takes it away again', async () => {
    const { link, open, press, find, settle, has } = await openCards({ answers: ECHO });
    await open('Klinik Mawar Bangsar');
    const choose = async (file: File): Promise<void> => {
      const files = new DataTransfer();
      files.items.add(file);
      const field = find('#photo') as HTMLInputElement;
      field.files = files.files;
      field.dispatchEvent(new Event('change'));
      for (let turn = 0; turn < 40 && !has('.photo') && !has('.field__error'); turn += 1) await settle();
    };
    await choose(new File(['no picture'], 'notes.txt'));
    expect(find('.field__error').textContent).to.include('could not be read as a picture');
    await choose(await drawNoise());
    for (let turn = 0; turn < 40 && !has('.photo'); turn += 1) await settle();
    await press('Save');
    const [input] = link.inputs('card:update') as { photo: string }[];
    expect(input?.photo).to.match(/^data:image\/jpeg;base64,\/9j\//);
    expect((input?.photo.length ?? 0) * 0.75).to.be.below(CARD_PHOTO_MAX_BYTES + 100);
    await press('Remove the photo');
    await press('Save');
    expect(link.inputs('card:update')[1]).to.deep.equal({ cardId: buildCard(1).id, photo: null });
  });

  it('CC-20 presets service and person of the Book button', async () => {
    const { link, open, choose, press } = await openCards({ answers: ECHO });
    await open('Dr Aisha Rahman');
    const { services, resources } = await setupOf();
    await choose('#book-serviceId', services[0]?.id ?? '');
    await choose('#book-staffId', resources[0]?.id ?? '');
    await press('Save');
    expect(link.inputs('card:update')).to.deep.equal([
      { cardId: STAFF_CARD.id, book: { serviceId: services[0]?.id, staffId: resources[0]?.id } },
    ]);
  });

  it('CC-9 gives the tag, the page, the code and the file to copy', async () => {
    const { open, text } = await openCards();
    await open('Klinik Mawar Bangsar');
    const { id } = buildCard(1);
    const shown = text();
    for (const piece of [
      `<frontdesk-contact-card site="pk_4fJq8ZsT2mVxY7aBcDeFgH1k" card="${id}">`,
      `https://desk.example/cards/${id}.html`,
      `https://desk.example/cards/${id}.svg`,
      `https://desk.example/cards/${id}.vcf`,
    ]) {
      expect(shown).to.include(piece);
    }
  });

  it('CC-1 an agent looks at cards and is offered nothing to change', async () => {
    const { open, has, text } = await openCards({ role: 'agent' });
    expect(text()).to.include('You can look at this.');
    await open('Dr Aisha Rahman');
    expect(has('button[type=submit]')).to.equal(false);
    expect(has('[data-button] input:not(:disabled)')).to.equal(false);
    expect(has('input[type=file]:not(:disabled)')).to.equal(false);
  });
});

async function setupOf() {
  const result = await CARD_ANSWERS['booking:read-setup']?.({ locationId: BRANCH_ID });
  if (!result?.ok) throw new Error('no setup');
  return result.data;
}

/** The hardest picture to make small. */
async function drawNoise(): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = 900;
  canvas.height = 600;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  const pixels = context.createImageData(900, 600);
  for (let at = 0; at < pixels.data.length; at += 1) pixels.data[at] = (at * 7_919) % 256;
  context.putImageData(pixels, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return new File(blob ? [blob] : [], 'noise.png');
}
