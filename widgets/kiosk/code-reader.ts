/** Codes that are held against the kiosk: readers that type what they read, and cameras where the browser reads codes itself. */
import type { Clock } from '../core/client/clock.js';

/** People do not type this fast. */
const KEY_GAP_MS = 60;
const SHORTEST_CODE = 4;

export interface WedgeReader {
  /** The whole code, when this key ended one. */
  press(key: string): string | null;
}

export function createWedgeReader(clock: Pick<Clock, 'now'>): WedgeReader {
  let text = '';
  let lastAtMs = -Infinity;
  return {
    press(key) {
      const nowMs = clock.now();
      if (nowMs - lastAtMs > KEY_GAP_MS) text = '';
      lastAtMs = nowMs;
      if (key === 'Enter') {
        const code = text;
        text = '';
        return code.length >= SHORTEST_CODE ? code : null;
      }
      if ([...key].length === 1) text += key;
      return null;
    },
  };
}

/** Shape Detection API (WICG); there on Android, ChromeOS and macOS. */
interface BarcodeDetector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
type DetectorConstructor = new (options: { readonly formats: readonly string[] }) => BarcodeDetector;

const LOOK_INTERVAL_MS = 200;

function findDetector(): DetectorConstructor | undefined {
  return (globalThis as { readonly BarcodeDetector?: DetectorConstructor }).BarcodeDetector;
}

export const canScanWithCamera = (): boolean =>
  findDetector() !== undefined && typeof navigator.mediaDevices?.getUserMedia === 'function';

/** Reads QR codes from the camera until one is found or the signal ends it; null then. Rejects when there is no camera. */
export async function scanWithCamera(
  video: HTMLVideoElement,
  clock: Clock,
  signal: AbortSignal,
): Promise<string | null> {
  const Detector = findDetector();
  if (!Detector) throw new Error('This browser reads no codes.');
  const detector = new Detector({ formats: ['qr_code'] });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user' } });
  try {
    video.srcObject = stream;
    await video.play();
    while (!signal.aborted) {
      const [code] = await detector.detect(video).catch(() => []);
      if (code && !signal.aborted) return code.rawValue;
      await new Promise((resolve) => clock.setTimeout(() => resolve(null), LOOK_INTERVAL_MS));
    }
    return null;
  } finally {
    video.srcObject = null;
    for (const track of stream.getTracks()) track.stop();
  }
}
