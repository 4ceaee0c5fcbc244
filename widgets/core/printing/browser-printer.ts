/**
 * Printing through the browser: with `--kiosk-printing` it goes to the default printer without a dialog. The slip stands in the page's
 * own body while it prints, because a shadow tree cannot say how large the sheet is.
 */
import { QUIET_MODULES, toQrPath } from '@frontdesk/domain/qr-path';
import { createQr } from '../qr/qr.js';
import type { PaperMillimeters, Slip } from './slip.js';
import type { TicketPrinter } from './ticket-printer.js';

const SLIP_CLASS = 'frontdesk-slip';
const SVG = 'http://www.w3.org/2000/svg';

/** What a head of 203 dpi reaches of the paper. */
const PRINTED_MILLIMETERS: Readonly<Record<PaperMillimeters, number>> = { 58: 48, 80: 72 };

/** Rules for one printed slip: everything else on the page is out of sight while it prints. */
export function createPrintCss(paper: PaperMillimeters): string {
  const slip = `.${SLIP_CLASS}`;
  return `@page{size:${paper}mm auto;margin:0}
@media screen{${slip}{display:none}}
@media print{
html,body{margin:0!important;padding:0!important;background:#fff!important}
body>:not(${slip}){display:none!important}
${slip}{all:initial;display:block;box-sizing:border-box;inline-size:${PRINTED_MILLIMETERS[paper]}mm;margin:0 auto;padding:2mm 0 8mm;color:#000;font:400 ${paper === 58 ? 9 : 11}pt/1.4 system-ui,"Noto Sans","Noto Sans Tamil","Noto Sans Devanagari","Noto Sans Arabic","Noto Sans SC",sans-serif;text-align:center;break-inside:avoid}
${slip} p{margin:0 0 1mm}
${slip} b{display:block;font:800 ${paper === 58 ? 40 : 54}pt/1.1 system-ui,sans-serif;letter-spacing:.02em;direction:ltr}
${slip} svg{display:block;inline-size:${paper === 58 ? 30 : 36}mm;margin:2mm auto}
}`;
}

const sheets = new Map<PaperMillimeters, CSSStyleSheet>();

/** A constructed sheet, because a strict content security policy forbids `<style>`. */
function adoptSheet(paper: PaperMillimeters): void {
  let sheet = sheets.get(paper);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(createPrintCss(paper));
    sheets.set(paper, sheet);
  }
  const others = document.adoptedStyleSheets.filter((one) => ![...sheets.values()].includes(one));
  document.adoptedStyleSheets = [...others, sheet];
}

function buildLine(text: string, tag: 'p' | 'b' = 'p'): HTMLElement {
  const line = document.createElement(tag);
  line.textContent = text;
  return line;
}

function buildQr(url: string): SVGElement {
  const code = createQr(url);
  const side = code.size + 2 * QUIET_MODULES;
  const image = document.createElementNS(SVG, 'svg');
  image.setAttribute('viewBox', `0 0 ${side} ${side}`);
  image.setAttribute('shape-rendering', 'crispEdges');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', toQrPath(code.rows));
  image.append(path);
  return image;
}

export function buildSlip(slip: Slip): HTMLElement {
  const sheet = document.createElement('div');
  sheet.className = SLIP_CLASS;
  sheet.lang = slip.tag;
  sheet.dir = slip.direction;
  sheet.setAttribute('aria-hidden', 'true');
  sheet.append(
    buildLine(slip.business),
    buildLine(slip.caption),
    buildLine(slip.label, 'b'),
    buildLine(slip.service),
    ...slip.lines.map((line) => buildLine(line)),
  );
  if (slip.qr) sheet.append(buildQr(slip.qr.url), buildLine(slip.qr.hint));
  return sheet;
}

export function createBrowserPrinter(paper: PaperMillimeters): TicketPrinter {
  return {
    kind: 'browser',
    // A browser does not say what its printer says.
    check: () => Promise.resolve('ready'),
    async print(slip) {
      adoptSheet(paper);
      const sheet = buildSlip(slip);
      document.body.append(sheet);
      try {
        // Blocks until the sheet is with the spooler.
        window.print();
        return 'ready';
      } catch {
        return 'error';
      } finally {
        sheet.remove();
      }
    },
    connect: () => Promise.resolve('ready'),
    prepare: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
