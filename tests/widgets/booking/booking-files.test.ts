/** BK-32: answering with files: sent in parts, kept on a bad network, refused with a word. */
import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { Question } from '@frontdesk/protocol/booking-fields';
import type { BookingServiceId } from '@frontdesk/protocol/ids';
import { LOCALES, type Locale } from '@frontdesk/protocol/locales';
import type { BookingClient } from '@frontdesk/widgets/core/client/booking-client';
import { loadTranslator } from '@frontdesk/widgets/core/locale';
import { applyTheme } from '@frontdesk/widgets/core/theme';
import { BookingRequestEvent } from '@frontdesk/widgets/booking/booking-events';
import { checkDraft } from '@frontdesk/widgets/booking/booking-form';
import type { FrontdeskBookingFiles } from '@frontdesk/widgets/booking/files/booking-files';
import { buildService } from '@frontdesk/widgets/booking/states';
import { EMPTY_DRAFT } from '@frontdesk/widgets/booking/start-store';
import { manageCatalogue } from '@frontdesk/widgets/locales/booking-manage';
import '@frontdesk/widgets/booking/files/define';
import { createDesk, type ScriptedDesk } from './booking-fixture.js';

const PART = 100;
const FILE_ID = 'f'.repeat(24);
const SERVICE = 'a'.repeat(24) as BookingServiceId;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const QUESTION: Question = {
  key: 'photo',
  type: 'file',
  labels: { en: 'A photo of your skin', ar: 'صورة للجلد' },
  options: [],
  isRequired: true,
  isSensitive: false,
  onlyIf: null,
  file: { types: ['image/png', 'application/pdf'], maxBytes: 2_000_000, maxCount: 2 },
};

const png = (size: number, name = 'skin.png'): File => new File([new Uint8Array(PNG), new Uint8Array(size - 8)], name);

interface Stage {
  readonly desk: ScriptedDesk;
  readonly element: FrontdeskBookingFiles;
  readonly root: ShadowRoot;
  readonly puts: { url: string; size: number }[];
  /** The last answer that the form heard of. */
  answer(): readonly string[];
  text(): string;
  /** Whether the next part arrives. */
  isOnline: boolean;
  pick(...files: File[]): Promise<void>;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
async function until(isTrue: () => boolean): Promise<void> {
  for (let turn = 0; !isTrue(); turn += 1) {
    if (turn > 400) throw new Error('It did not come about.');
    await pause();
  }
}

async function show(locale: Locale = 'en'): Promise<Stage> {
  const desk = createDesk();
  const puts: Stage['puts'] = [];
  let heard: readonly string[] = [];
  const send = async (url: string, body: Blob): Promise<Response> => {
    puts.push({ url, size: body.size });
    if (!stage.isOnline) throw new TypeError('offline');
    return new Response(JSON.stringify({ ok: true, data: { accepted: true } }));
  };
  const fetchPart = ((url: string, init: RequestInit) => send(url, init.body as Blob)) as typeof fetch;
  const client: BookingClient = { ...desk.client, environment: { ...desk.client.environment, fetch: fetchPart } };
  const host = await fixture<HTMLElement>(html`<div></div>`);
  const shadow = host.attachShadow({ mode: 'open' });
  applyTheme(shadow, null, 'light');
  host.addEventListener(BookingRequestEvent.type, (event) => {
    const { request } = event as BookingRequestEvent;
    if (request.name === 'files') request.detail.connect(client);
  });
  const element = document.createElement('frontdesk-booking-files');
  element.words = await loadTranslator(manageCatalogue, { locale, tag: locale === 'en' ? 'en-MY' : locale });
  element.question = QUESTION;
  element.serviceIds = [SERVICE];
  element.answered = (answer) => (heard = answer);
  shadow.append(element);
  await element.updateComplete;
  await nextFrame();
  const root = element.shadowRoot as ShadowRoot;
  const stage: Stage = {
    desk,
    element,
    root,
    puts,
    isOnline: true,
    answer: () => heard,
    text: () => root.querySelector('.root')?.textContent.replaceAll(/\s+/g, ' ') ?? '',
    async pick(...files) {
      const input = root.querySelector('input') as HTMLInputElement;
      const transfer = new DataTransfer();
      for (const file of files) transfer.items.add(file);
      input.files = transfer.files;
      input.dispatchEvent(new Event('change'));
      await until(() => heard.length >= files.length);
      await element.updateComplete;
    },
  };
  return stage;
}

async function begin({ desk }: Stage, times = 1): Promise<void> {
  await until(() => desk.count('file:begin') === times);
  const partsUrl = `https://desk.example/v1/pk/files/${FILE_ID}`;
  await desk.last('file:begin').answer({ ok: true, data: { fileId: FILE_ID, partBytes: PART, partsUrl } });
}

async function finish({ desk, element }: Stage): Promise<void> {
  await until(() => desk.count('file:finish') === 1);
  const data = { id: FILE_ID, questionKey: 'photo', name: 'skin.png', type: 'image/png', size: 250 };
  await desk.last('file:finish').answer({ ok: true, data });
  await pause();
  await element.updateComplete;
}

const buttonNamed = ({ root }: Stage, name: string): HTMLButtonElement => {
  const all = [...root.querySelectorAll('button')];
  const found = all.find((one) => one.getAttribute('aria-label') === name);
  if (!found) throw new Error(`No button ${name}: ${all.map((one) => one.getAttribute('aria-label')).join(', ')}`);
  return found;
};

describe('answering with files', () => {
  after(() => setViewport({ width: 800, height: 600 }));

  it('BK-32: a file goes in parts, is shown as it goes, and the answer has its id', async () => {
    const stage = await show();
    expect(stage.text()).to.include('PNG and PDF; each up to 1.9 MB, at most 2 files');
    await stage.pick(png(250));
    expect(stage.answer()).to.deep.equal(['pending-1']);
    await begin(stage);
    expect(stage.desk.last('file:begin').input).to.deep.equal({
      serviceIds: [SERVICE],
      questionKey: 'photo',
      name: 'skin.png',
      size: 250,
    });
    await finish(stage);
    expect(stage.puts.map(({ url, size }) => [url.slice(-2), size])).to.deep.equal([
      ['/0', 100],
      ['/1', 100],
      ['/2', 50],
    ]);
    expect(stage.answer()).to.deep.equal([FILE_ID]);
    expect(stage.root.querySelector('progress')).to.equal(null);
    await expect(stage.element).to.be.accessible();
    buttonNamed(stage, 'Remove skin.png').click();
    await stage.element.updateComplete;
    expect(stage.answer()).to.deep.equal([]);
    expect(stage.desk.last('file:remove').input).to.deep.equal({ fileId: FILE_ID });
    expect(stage.root.activeElement?.tagName).to.equal('INPUT');
  });

  it('BK-32: on a bad network a part is tried again, then the file can be, from where it stopped; the rest stays', async () => {
    const stage = await show();
    await stage.pick(png(250));
    stage.isOnline = false;
    await begin(stage);
    await until(() => {
      void stage.desk.clock.advance(10_000);
      return stage.text().includes('It did not arrive.');
    });
    expect(stage.puts).to.have.length(4);
    expect(stage.answer()).to.deep.equal(['pending-1']);
    const service = buildService({ questions: [QUESTION] });
    const draft = { ...EMPTY_DRAFT, name: 'Mei', phone: '0123456789', answers: { photo: stage.answer() } };
    expect(checkDraft(service, draft)).to.deep.equal({ 'answer:photo': 'files' });
    stage.isOnline = true;
    await stage.element.updateComplete;
    buttonNamed(stage, 'Try again: skin.png').click();
    await finish(stage);
    expect(stage.desk.count('file:begin')).to.equal(1);
    expect(stage.puts.map(({ url }) => url.at(-1)).join('')).to.equal('0000012');
    expect(checkDraft(service, { ...draft, answers: { photo: stage.answer() } })).to.deep.equal({});
  });

  it('BK-32: what is not wanted is refused at once and in words, and nothing of it is sent', async () => {
    const stage = await show();
    await stage.pick(new File(['<script>alert(1)</script>'], 'photo.png', { type: 'image/png' }), png(2_000_001));
    expect(stage.text()).to.include('This kind of file is not accepted here.');
    expect(stage.text()).to.include('This file is too large.');
    expect(stage.desk.count('file:begin')).to.equal(0);
    expect((stage.root.querySelector('input') as HTMLInputElement).disabled).to.equal(true);
    expect([...stage.root.querySelectorAll('button')].some((one) => one.textContent.includes('Try again'))).to.equal(
      false,
    );
    stage.element.problem = 'Please fill this in.';
    await stage.element.updateComplete;
    await expect(stage.element).to.be.accessible();
  });

  it('BK-32: a form that was left for another time has its files when it comes back', async () => {
    const stage = await show();
    await stage.pick(png(250));
    const place = stage.element.getRootNode() as ShadowRoot;
    stage.element.remove();
    await begin(stage);
    await until(() => stage.desk.count('file:finish') === 1);
    const data = { id: FILE_ID, questionKey: 'photo', name: 'skin.png', type: 'image/png', size: 250 };
    await stage.desk.last('file:finish').answer({ ok: true, data });
    const again = document.createElement('frontdesk-booking-files');
    let heard: readonly string[] = [];
    Object.assign(again, { words: stage.element.words, question: QUESTION, serviceIds: [SERVICE] });
    again.answered = (answer) => (heard = answer);
    place.append(again);
    await again.updateComplete;
    await until(() => heard.length === 1);
    expect(heard).to.deep.equal([FILE_ID]);
    expect(again.shadowRoot?.textContent).to.include('skin.png');
  });

  it('BK-32: drawn with another question, or for another service, it has the files of that one alone', async () => {
    const { element, answer, root, desk, ...stage } = await show();
    await stage.pick(png(250));
    const names = (): string[] => [...root.querySelectorAll('li .name')].map((one) => one.textContent);
    const draw = async (more: Pick<FrontdeskBookingFiles, 'question' | 'serviceIds'>): Promise<void> => {
      Object.assign(element, more);
      await element.updateComplete;
      await pause();
    };
    for (const other of [
      { question: { ...QUESTION, key: 'letter' }, serviceIds: [SERVICE] },
      { question: QUESTION, serviceIds: ['b'.repeat(24) as BookingServiceId] },
    ]) {
      await draw(other);
      expect([names(), answer()]).to.deep.equal([[], []]);
      await draw({ question: { ...QUESTION }, serviceIds: [SERVICE] });
      expect([names(), answer()]).to.deep.equal([['skin.png'], ['pending-1']]);
    }
    await draw({ question: { ...QUESTION, key: 'letter' }, serviceIds: [SERVICE] });
    await stage.pick(png(90, 'letter.png'));
    expect(names()).to.deep.equal(['letter.png']);
    await until(() => desk.count('file:begin') === 2);
    expect(desk.last('file:begin').input).to.include({ questionKey: 'letter', name: 'letter.png' });
  });

  it('BK-36: it speaks six languages and fits a narrow phone', async () => {
    await setViewport({ width: 320, height: 568 });
    const hints = new Set<string>();
    for (const locale of LOCALES) {
      const stage = await show(locale);
      await stage.pick(png(250, `${'a-long-name-'.repeat(9)}.png`));
      await until(() => !stage.text().includes('Add files') || locale === 'en');
      await stage.element.updateComplete;
      hints.add(stage.root.querySelector('#hint')?.textContent ?? '');
      const wide = [...stage.root.querySelectorAll<HTMLElement>('*:not(bdi)')].filter(
        (one) => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1,
      );
      expect(wide.map((one) => one.className)).to.deep.equal([]);
      stage.element.remove();
    }
    expect(hints.size).to.equal(LOCALES.length);
  });
});
