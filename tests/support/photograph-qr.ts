/** Looks at a QR code on a page as a phone in front of the screen would. */
import type { Locator } from 'playwright-core';
import { readQr, type ReadQr } from './qr-reader.js';

/** What a picture of an element shows; the picture holds a code and nothing else that is dark. */
export async function photographQr(shown: Locator): Promise<ReadQr> {
  const shoot = (): Promise<Buffer> => shown.screenshot({ animations: 'disabled' });
  // A code that is drawn anew in that very moment is looked at again.
  const picture = (await shoot().catch(shoot)).toString('base64');
  const rows = await shown.page().evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const { width, height } = image;
    const canvas = new OffscreenCanvas(width, height).getContext('2d');
    canvas?.drawImage(image, 0, 0);
    const { data } = canvas?.getImageData(0, 0, width, height) ?? { data: [] };
    return Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (__, x) => (data[(y * width + x) * 4] ?? 255) < 128),
    );
  }, picture);
  return readQr({ width: rows[0]?.length ?? 0, height: rows.length, isDark: (x, y) => rows[y]?.[x] ?? false });
}
