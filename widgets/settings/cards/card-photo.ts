/** A photo as small as a card may carry it. */
import { CARD_PHOTO_MAX_BYTES } from '@frontdesk/protocol/limits';

/** Shown at 72 px, on screens with three dots each. */
const SIDE = 216;
const QUALITIES = [0.85, 0.7, 0.55, 0.4, 0.25];

function readAsUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(blob);
  });
}

/** The middle square as a JPEG `data:` URL of at most {@link CARD_PHOTO_MAX_BYTES}; null where the file is no picture. */
export async function fitPhoto(file: Blob): Promise<string | null> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return null;
  }
  const canvas = document.createElement('canvas');
  canvas.width = SIDE;
  canvas.height = SIDE;
  const context = canvas.getContext('2d');
  if (context === null) return null;
  const { width, height } = picture;
  const side = Math.min(width, height);
  // JPEG has no transparency; without this it would turn black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, SIDE, SIDE);
  context.drawImage(picture, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
  picture.close();
  for (const quality of QUALITIES) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));
    if (blob !== null && blob.size <= CARD_PHOTO_MAX_BYTES) return readAsUrl(blob);
  }
  return null;
}
