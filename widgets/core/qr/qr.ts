/** QR codes of links, as a matrix and as dots for paper. */
import { encode } from 'uqr';

export interface QrCode {
  /** Modules per side, without the quiet zone. */
  readonly size: number;
  /** `true` is dark; rows from the top. */
  readonly rows: readonly (readonly boolean[])[];
}

/** How much of a code may be lost: `L` 7 %, `M` 15 %. */
export type QrCorrection = 'L' | 'M';

/** Medium correction: a crease or a stain on paper does not lose the link. Throws for texts beyond 2 kB. */
export function createQr(text: string, correction: QrCorrection = 'M'): QrCode {
  const { size, data } = encode(text, { ecc: correction, border: 0 });
  return { size, rows: data };
}

/** Black and white pixels with `dotsPerModule` dots for each module; the quiet zone is the caller's margin. */
export function rasterizeQr({ rows, size }: QrCode, dotsPerModule: number): ImageData {
  const width = size * dotsPerModule;
  const image = new ImageData(width, width);
  for (let y = 0; y < width; y += 1) {
    const row = rows[Math.floor(y / dotsPerModule)];
    for (let x = 0; x < width; x += 1) {
      const level = row?.[Math.floor(x / dotsPerModule)] ? 0 : 255;
      image.data.set([level, level, level, 255], (y * width + x) * 4);
    }
  }
  return image;
}
