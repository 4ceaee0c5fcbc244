import { expect } from '@open-wc/testing';
import { LOCALES, type Locale } from '@frontdesk/protocol/locales';
import { systemClock, type Clock } from '@frontdesk/widgets/core/client/clock';
import { loadTranslator } from '@frontdesk/widgets/core/locale';
import {
  buildSlip as buildPaper,
  createBrowserPrinter,
  createPrintCss,
} from '@frontdesk/widgets/core/printing/browser-printer';
import { createEscPosPrinter } from '@frontdesk/widgets/core/printing/escpos-printer';
import type { Slip } from '@frontdesk/widgets/core/printing/slip';
import { createQr } from '@frontdesk/widgets/core/qr/qr';
import { buildSlip } from '@frontdesk/widgets/kiosk/kiosk-format';
import { DEMO_NOW_MS, DEMO_TICKET, KIOSK_STATES } from '@frontdesk/widgets/kiosk/kiosk-states';
import type { KioskState } from '@frontdesk/widgets/kiosk/kiosk-store';
import { kioskCatalogue } from '@frontdesk/widgets/locales/kiosk';
import {
  createFakePrinter,
  findImages,
  readText,
  STATUS_COVER_OPEN,
  STATUS_PAPER_LOW,
  STATUS_PAPER_OUT,
} from './fake-serial.js';

/** Waits of printers that do not answer pass a hundred times as fast. */
const hurried: Clock = { ...systemClock, setTimeout: (run, delayMs) => setTimeout(run, delayMs / 100) };

/** What a head of 203 dpi has on these papers. */
const WIDTH_DOTS = { 58: 384, 80: 576 } as const;

async function slipIn(locale: Locale): Promise<Slip> {
  const words = await loadTranslator(kioskCatalogue, { locale, tag: locale });
  return buildSlip(words, DEMO_TICKET, KIOSK_STATES['ticket'] as KioskState, DEMO_NOW_MS);
}

describe('kiosk printing', () => {
  for (const paper of [58, 80] as const) {
    it(`QK-5 ${paper} mm: label, service, people ahead, range, time, code and a cut`, async () => {
      const device = createFakePrinter();
      const printer = createEscPosPrinter({ serial: device.serial, paper, clock: hurried });
      expect(await printer.print(await slipIn('en'))).to.equal('ready');
      const bytes = device.printed();
      const text = readText(bytes);
      for (const part of ['A012', 'See a doctor', '12 people before you', 'About 20-35 minutes', '10:30']) {
        expect(text).to.include(part);
      }
      expect([...bytes.subarray(0, 2)], 'initialised').to.deep.equal([0x1b, 0x40]);
      expect(text.slice(-8), 'cut').to.include('\u001dV');
      const [code] = findImages(bytes);
      expect(code?.widthDots).to.equal(WIDTH_DOTS[paper]);
    });

    for (const locale of ['zh', 'ta', 'hi', 'ar'] as const) {
      it(`QK-5 ${paper} mm: ${locale} is drawn, as wide as the paper and never as question marks`, async () => {
        const device = createFakePrinter();
        const printer = createEscPosPrinter({ serial: device.serial, paper, clock: hurried });
        await printer.print(await slipIn(locale));
        const bytes = device.printed();
        const images = findImages(bytes);
        expect(images.length, 'lines and code').to.be.at.least(6);
        for (const image of images) {
          expect(image.widthDots).to.equal(WIDTH_DOTS[paper]);
          expect(image.blackDots).to.be.above(50);
        }
        const text = readText(bytes);
        expect(text).to.include('A012').and.not.to.include('?');
      });
    }
  }

  it('QK-5 the printed code is the code of the link, dot for dot', async () => {
    const device = createFakePrinter();
    await createEscPosPrinter({ serial: device.serial, paper: 80, clock: hurried }).print(await slipIn('en'));
    const [image] = findImages(device.printed());
    const { size, rows } = createQr(DEMO_TICKET.url ?? '');
    if (!image) throw new Error('No code was printed.');
    const dots = 7;
    const left = Math.floor((image.widthDots - size * dots) / 2);
    for (let y = 0; y < size; y += 1) {
      for (let x = 0; x < size; x += 1) {
        const printed = image.isBlack(left + x * dots + 3, y * dots + 3);
        expect(printed, `${x} ${y}`).to.equal(rows[y]?.[x]);
      }
    }
  });

  it('QK-5 a long service name wraps instead of running over the edge', async () => {
    const device = createFakePrinter();
    const slip = { ...(await slipIn('zh')), service: '眼科复诊与视力检查及配镜服务中心第二分部预约登记处'.repeat(2) };
    await createEscPosPrinter({ serial: device.serial, paper: 58, clock: hurried }).print(slip);
    const tallest = Math.max(
      ...findImages(device.printed())
        .slice(0, -2)
        .map(({ heightDots }) => heightDots),
    );
    expect(tallest).to.be.above(80);
  });

  it('QK-6 no paper: nothing is sent, and it says so', async () => {
    const device = createFakePrinter();
    device.status = STATUS_PAPER_OUT;
    const printer = createEscPosPrinter({ serial: device.serial, paper: 80, clock: hurried });
    expect(await printer.check()).to.equal('paper-out');
    expect(await printer.print(await slipIn('en'))).to.equal('paper-out');
    expect(device.printed()).to.have.length(0);
  });

  it('QK-6 paper that ends during the job is noticed', async () => {
    const device = createFakePrinter();
    const printer = createEscPosPrinter({ serial: device.serial, paper: 80, clock: hurried });
    await printer.check();
    const job = printer.print(await slipIn('en'));
    device.status = {
      ...STATUS_PAPER_OUT,
      get 4() {
        return device.printed().length > 0 ? STATUS_PAPER_OUT[4] : 0b0001_0010;
      },
    };
    device.status[2] = 0b0001_0010;
    expect(await job).to.equal('paper-out');
  });

  it('QK-6 cover open, little paper, and a printer that cannot answer', async () => {
    const device = createFakePrinter();
    const printer = createEscPosPrinter({ serial: device.serial, paper: 80, clock: hurried });
    device.status = STATUS_COVER_OPEN;
    expect(await printer.check()).to.equal('error');
    device.status = STATUS_PAPER_LOW;
    expect(await printer.check()).to.equal('paper-low');
    expect(await printer.print(await slipIn('en')), 'still prints').to.equal('paper-low');
    device.status = {};
    expect(await printer.print(await slipIn('en')), 'cannot speak').to.equal('ready');
  });

  it('QK-6 a port that was never chosen, breaks, or takes no bytes is an error; it works again when it is back', async () => {
    const device = createFakePrinter();
    device.isChosen = false;
    const printer = createEscPosPrinter({ serial: device.serial, paper: 80, clock: hurried });
    expect(await printer.print(await slipIn('en')), 'not chosen').to.equal('error');
    expect(await printer.connect(), 'chosen').to.equal('ready');
    device.isStuck = true;
    expect(await printer.print(await slipIn('en')), 'stuck').to.equal('error');
    device.isStuck = false;
    expect(await printer.print(await slipIn('en')), 'free again').to.equal('ready');
    device.isBroken = true;
    expect(await printer.print(await slipIn('en')), 'unplugged').to.equal('error');
    device.isBroken = false;
    expect(await printer.print(await slipIn('en')), 'plugged in').to.equal('ready');
    expect(device.opened).to.be.at.least(3);
  });

  it('QK-6 without Web Serial there is an error, never an exception', async () => {
    const printer = createEscPosPrinter({ serial: null, paper: 80, clock: hurried });
    expect(await printer.print(await slipIn('en'))).to.equal('error');
    expect(await printer.connect()).to.equal('error');
  });

  it('QK-5 jobs that come at once are printed one after the other', async () => {
    const device = createFakePrinter();
    const printer = createEscPosPrinter({ serial: device.serial, paper: 80, clock: hurried });
    const slip = await slipIn('en');
    await Promise.all(['A001', 'A002', 'A003'].map((label) => printer.print({ ...slip, label })));
    const labels = [...readText(device.printed()).matchAll(/A00\d/g)].map(([label]) => label);
    expect(labels).to.deep.equal(['A001', 'A002', 'A003']);
  });

  for (const paper of [58, 80] as const) {
    it(`QK-5 the browser prints ${paper} mm: the sheet is the paper, the slip is all there is on it`, async () => {
      const { print } = window;
      let seen: HTMLElement | null = null;
      let sheetCount = 0;
      window.print = () => {
        seen = document.querySelector<HTMLElement>('body > .frontdesk-slip');
        sheetCount = document.adoptedStyleSheets.length;
        expect(seen?.textContent).to.include('A012').and.to.include('12 people before you');
        expect(seen?.querySelectorAll('svg')).to.have.length(1);
      };
      try {
        expect(await createBrowserPrinter(paper).print(await slipIn('en'))).to.equal('ready');
      } finally {
        window.print = print;
      }
      expect(seen).not.to.equal(null);
      expect(document.querySelector('.frontdesk-slip'), 'gone afterwards').to.equal(null);
      expect(document.adoptedStyleSheets).to.have.length(sheetCount);
      const rules = createPrintCss(paper);
      expect(rules).to.include(`@page{size:${paper}mm auto;margin:0}`);
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      expect(sheet.cssRules[0]).to.be.instanceOf(CSSPageRule);
      expect(
        [...sheet.cssRules].some(({ cssText }) => cssText.includes('inline-size: ' + (paper === 58 ? 48 : 72))),
      ).to.equal(true);
    });
  }

  it('QK-5 Arabic paper reads from the right, its label from the left', async () => {
    const sheet = buildPaper(await slipIn('ar'));
    expect(sheet.dir).to.equal('rtl');
    expect(createPrintCss(80)).to.match(/b\{[^}]*direction:ltr/);
  });

  it('QK-6 a browser that cannot print says so', async () => {
    const { print } = window;
    window.print = () => {
      throw new Error('blocked');
    };
    try {
      expect(await createBrowserPrinter(80).print(await slipIn('en'))).to.equal('error');
    } finally {
      window.print = print;
    }
  });

  it('every language has the same places in braces as English', async () => {
    const places = (message: unknown): string =>
      [...new Set([...JSON.stringify(message).matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))]
        .sort((one, other) => one.localeCompare(other))
        .join();
    const { fallback, loaders } = kioskCatalogue;
    for (const locale of LOCALES.filter((one) => one !== 'en')) {
      const table = await loaders[locale]?.();
      for (const [key, message] of Object.entries(fallback)) {
        expect(places(table?.[key as keyof typeof fallback]), `${locale} ${key}`).to.equal(places(message));
      }
    }
  });
});
