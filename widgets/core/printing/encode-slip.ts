/** A slip as the bytes of an ESC/POS printer. Fetched by kiosks with such a printer and by nobody else. */
import ReceiptPrinterEncoder from '@point-of-sale/receipt-printer-encoder';
import { QUIET_MODULES } from '@frontdesk/domain/qr-path';
import { createQr, rasterizeQr } from '../qr/qr.js';
import { drawText } from './draw-text.js';
import { isPrinterText, PRINT_COLUMNS, PRINT_DOTS, toPrinterText, type PaperMillimeters, type Slip } from './slip.js';

/** Dots; the printer's own letters are 24 high. */
const TEXT_DOTS = 26;
const LABEL_DOTS = 120;
/** A telephone reads modules of half a millimetre and more; paper of 58 mm has room for five dots each. */
const QR_MODULE_DOTS: Readonly<Record<PaperMillimeters, number>> = { 58: 6, 80: 7 };
/** Between the head and the knife. */
const FEED_LINES = 4;
/** The largest of the printer's own letters that four characters and two more fit with. */
const LABEL_SCALE: Readonly<Record<PaperMillimeters, number>> = { 58: 4, 80: 6 };
const OWN_LETTER_DOTS = 12;

type Encoder = InstanceType<typeof ReceiptPrinterEncoder>;

function toMultipleOfEight(image: ImageData, widthDots: number): ImageData {
  const margin = Math.floor((widthDots - image.width) / 2);
  const height = Math.ceil(image.height / 8) * 8;
  const framed = new ImageData(widthDots, height);
  framed.data.fill(255);
  for (let y = 0; y < image.height; y += 1) {
    const row = image.data.subarray(y * image.width * 4, (y + 1) * image.width * 4);
    framed.data.set(row, (y * widthDots + margin) * 4);
  }
  return framed;
}

function addImage(encoder: Encoder, image: ImageData): void {
  encoder.image(image, image.width, image.height, 'threshold', 128);
}

export function encodeSlip(slip: Slip, paper: PaperMillimeters): Uint8Array {
  const widthDots = PRINT_DOTS[paper];
  const encoder = new ReceiptPrinterEncoder({
    language: 'esc-pos',
    columns: PRINT_COLUMNS[paper],
    imageMode: 'raster',
    feedBeforeCut: FEED_LINES,
  });
  const { tag, direction } = slip;

  const addLine = (text: string, isBold = false): void => {
    const plain = toPrinterText(text);
    if (isPrinterText(plain)) encoder.bold(isBold).line(plain).bold(false);
    else addImage(encoder, drawText(text, { widthDots, sizeDots: TEXT_DOTS, isBold, direction, tag }));
  };

  const addLabel = (): void => {
    const scale = LABEL_SCALE[paper];
    const fits = slip.label.length * scale * OWN_LETTER_DOTS <= widthDots;
    if (isPrinterText(slip.label) && fits) {
      encoder.bold(true).size(scale, scale).line(slip.label).size(1, 1).bold(false);
    } else {
      addImage(encoder, drawText(slip.label, { widthDots, sizeDots: LABEL_DOTS, isBold: true, direction: 'ltr', tag }));
    }
  };

  encoder.initialize().align('center');
  addLine(slip.business, true);
  encoder.newline();
  addLine(slip.caption);
  addLabel();
  addLine(slip.service, true);
  encoder.newline();
  for (const line of slip.lines) addLine(line);
  if (slip.qr) {
    const code = createQr(slip.qr.url);
    const side = code.size + 2 * QUIET_MODULES;
    const moduleDots = Math.min(QR_MODULE_DOTS[paper], Math.floor(widthDots / side));
    encoder.newline();
    addImage(encoder, toMultipleOfEight(rasterizeQr(code, moduleDots), widthDots));
    addLine(slip.qr.hint);
  }
  return encoder.cut('partial').encode();
}
