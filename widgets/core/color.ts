/**
 * Colour arithmetic in OKLCH (Björn Ottosson, 2020), small enough for the launcher. Colours enter and leave as
 * `#rrggbb`, because that is what a tenant types and what every browser paints alike.
 */
export interface Oklch {
  /** 0 (black) to 1 (white). */
  readonly lightness: number;
  readonly chroma: number;
  /** Radians. */
  readonly hue: number;
}

type Triple = readonly [number, number, number];

const toLinear = (channel: number): number =>
  channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
const toGamma = (channel: number): number =>
  channel <= 0.0031308 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055;

/** `#rgb` or `#rrggbb` in any case → `#rrggbb`; anything else → undefined. */
export function normalizeHex(text: string | null | undefined): string | undefined {
  const digits = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text?.trim() ?? '')?.[1]?.toLowerCase();
  if (!digits) return undefined;
  return `#${digits.length === 3 ? digits.replaceAll(/./g, '$&$&') : digits}`;
}

function toLinearRgb(hex: string): Triple {
  const value = Number.parseInt(hex.slice(1), 16);
  return [toLinear((value >> 16) / 255), toLinear(((value >> 8) & 255) / 255), toLinear((value & 255) / 255)];
}

export function hexToOklch(hex: string): Oklch {
  const [r, g, b] = toLinearRgb(hex);
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const labA = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const labB = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(labA, labB),
    hue: Math.atan2(labB, labA),
  };
}

function oklchToLinearRgb({ lightness, chroma, hue }: Oklch): Triple {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

const isInGamut = (rgb: Triple): boolean => rgb.every((channel) => channel > -0.0005 && channel < 1.0005);

/** Keeps lightness and hue and gives up chroma until sRGB can show the colour. */
export function oklchToHex(color: Oklch): string {
  let rgb = oklchToLinearRgb(color);
  if (!isInGamut(rgb)) {
    let low = 0;
    let high = color.chroma;
    for (let step = 0; step < 12; step += 1) {
      const chroma = (low + high) / 2;
      if (isInGamut(oklchToLinearRgb({ ...color, chroma }))) low = chroma;
      else high = chroma;
    }
    rgb = oklchToLinearRgb({ ...color, chroma: low });
  }
  const bytes = rgb.map((channel) => Math.round(255 * toGamma(Math.min(1, Math.max(0, channel)))));
  return `#${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

function luminance(hex: string): number {
  const [r, g, b] = toLinearRgb(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** WCAG 2 contrast ratio, 1 to 21. */
export function contrast(first: string, second: string): number {
  const a = luminance(first);
  const b = luminance(second);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

/** Perceived distance in OKLab; about 0.02 is just noticeable. */
export function distance(first: Oklch, second: Oklch): number {
  return Math.hypot(
    first.lightness - second.lightness,
    first.chroma * Math.cos(first.hue) - second.chroma * Math.cos(second.hue),
    first.chroma * Math.sin(first.hue) - second.chroma * Math.sin(second.hue),
  );
}
