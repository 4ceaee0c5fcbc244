/**
 * Design tokens. One accent colour becomes a light and a dark ramp; whatever the tenant picks, text on it and text in
 * it reach 4.5:1 (WCAG 2.2, 1.4.3). Tokens are custom properties on the outermost Frontdesk element of a page: inner
 * elements inherit them, and a page may override any of them with `frontdesk-chat { --frontdesk-…: … }`.
 */
import { contrast, distance, hexToOklch, normalizeHex, oklchToHex, type Oklch } from './color.js';

export type Scheme = 'light' | 'dark';
export type ColorSchemeChoice = Scheme | 'auto';
export type Palette = Readonly<Record<string, string>>;

export const DEFAULT_ACCENT = '#2f5bd7';
const TEXT_CONTRAST = 4.5;
/** White text is worth darkening the accent for, down to this contrast; below it the text turns dark instead. */
const WORTH_DARKENING = 2.6;
/** An accent closer to the surface than this in OKLab would make own bubbles and buttons invisible. */
const MIN_SURFACE_DISTANCE = 0.17;
/** Below this chroma a colour reads as grey, and grey moves by mirroring instead of by tinting. */
const NEARLY_GREY = 0.04;
const LIGHTNESS_STEP = 0.005;

const NEUTRAL_LIGHTNESS: Readonly<Record<Scheme, readonly number[]>> = {
  light: [1, 0.982, 0.965, 0.945, 0.925, 0.9, 0.86, 0.75, 0.62, 0.57, 0.47, 0.24],
  dark: [0.205, 0.235, 0.27, 0.3, 0.33, 0.365, 0.42, 0.5, 0.6, 0.65, 0.78, 0.955],
};
const NEUTRAL_CHROMA: Readonly<Record<Scheme, number>> = { light: 0.007, dark: 0.012 };

/** Hue in radians and chroma of the four meanings; they never follow the accent. */
const STATUS_HUES: Readonly<Record<string, readonly [hue: number, chroma: number]>> = {
  success: [2.58, 0.14],
  warning: [1.2, 0.12],
  danger: [0.47, 0.19],
  info: [4.4, 0.13],
};

/** Moves lightness in one direction until the colour satisfies the predicate or nothing is left to move. */
function moveLightness(color: Oklch, direction: 1 | -1, isEnough: (hex: string, color: Oklch) => boolean): Oklch {
  let moved = color;
  while (!isEnough(oklchToHex(moved), moved)) {
    const lightness = moved.lightness + direction * LIGHTNESS_STEP;
    if (lightness <= 0 || lightness >= 1) return { ...moved, lightness: direction > 0 ? 1 : 0 };
    moved = { ...moved, lightness };
  }
  return moved;
}

/** The accent as it may be painted on `surface`, and the text colour that goes on it. */
function correctAccent(accent: Oklch, surface: Oklch, scheme: Scheme): { readonly color: Oklch; readonly on: string } {
  let color = accent;
  if (distance(color, surface) < MIN_SURFACE_DISTANCE) {
    const away = scheme === 'light' ? -1 : 1;
    const start = color.chroma < NEARLY_GREY ? { ...color, lightness: scheme === 'light' ? 0.25 : 0.93 } : color;
    color = moveLightness(start, away, (_hex, candidate) => distance(candidate, surface) >= MIN_SURFACE_DISTANCE);
  }
  if (contrast(oklchToHex(color), '#ffffff') < WORTH_DARKENING) {
    return { color, on: oklchToHex({ lightness: 0.2, chroma: Math.min(color.chroma, 0.03), hue: color.hue }) };
  }
  return { color: moveLightness(color, -1, (hex) => contrast(hex, '#ffffff') >= TEXT_CONTRAST), on: '#ffffff' };
}

function createStatusColors(surfaces: readonly string[], scheme: Scheme): Record<string, string> {
  const colors: Record<string, string> = {};
  for (const [name, [hue, chroma]] of Object.entries(STATUS_HUES)) {
    const soft = oklchToHex(
      scheme === 'light' ? { lightness: 0.96, chroma: 0.03, hue } : { lightness: 0.29, chroma: 0.05, hue },
    );
    const text = moveLightness(
      { lightness: scheme === 'light' ? 0.56 : 0.74, chroma, hue },
      scheme === 'light' ? -1 : 1,
      (hex) => [...surfaces, soft].every((surface) => contrast(hex, surface) >= TEXT_CONTRAST),
    );
    const solid = moveLightness(
      { lightness: 0.6, chroma, hue },
      -1,
      (hex) => contrast(hex, '#ffffff') >= TEXT_CONTRAST,
    );
    colors[name] = oklchToHex(text);
    colors[`${name}-soft`] = soft;
    colors[`${name}-solid`] = oklchToHex(solid);
  }
  return colors;
}

/** Every colour token of one scheme, without the `--frontdesk-` prefix. */
export function createPalette(accentHex: string, scheme: Scheme): Palette {
  const isLight = scheme === 'light';
  const accent = hexToOklch(normalizeHex(accentHex) ?? DEFAULT_ACCENT);
  const { hue } = accent;
  const tint = accent.chroma < NEARLY_GREY ? accent.chroma / NEARLY_GREY : 1;
  const neutrals = NEUTRAL_LIGHTNESS[scheme].map((lightness) =>
    oklchToHex({ lightness, chroma: NEUTRAL_CHROMA[scheme] * tint, hue }),
  );
  const neutral = (step: number): string => neutrals[step - 1] ?? '';
  const surfaces = [neutral(1), neutral(2), neutral(3)];
  const corrected = correctAccent(accent, hexToOklch(neutral(1)), scheme);
  const soft = oklchToHex(
    isLight
      ? { lightness: 0.95, chroma: Math.min(accent.chroma, 0.035), hue }
      : { lightness: 0.31, chroma: Math.min(accent.chroma, 0.06), hue },
  );
  const strong = moveLightness(corrected.color, isLight ? -1 : 1, (hex) =>
    [...surfaces, soft].every((surface) => contrast(hex, surface) >= TEXT_CONTRAST),
  );
  const hover = corrected.color.lightness + (corrected.on === '#ffffff' ? -0.045 : 0.03);
  return {
    accent: oklchToHex(corrected.color),
    'accent-hover': oklchToHex({ ...corrected.color, lightness: Math.min(0.98, Math.max(0, hover)) }),
    'accent-strong': oklchToHex(strong),
    'accent-soft': soft,
    'on-accent': corrected.on,
    ...Object.fromEntries(neutrals.map((hex, index) => [`neutral-${index + 1}`, hex])),
    surface: neutral(1),
    'surface-sunken': neutral(2),
    'surface-hover': neutral(3),
    'surface-raised': isLight ? neutral(1) : neutral(2),
    text: neutral(12),
    'text-muted': neutral(11),
    line: neutral(6),
    'line-strong': neutral(9),
    focus: oklchToHex(strong),
    ...createStatusColors(surfaces, scheme),
    'shadow-1': isLight ? '0 1px 2px #0000000f,0 2px 8px #0000000f' : '0 1px 2px #0006,0 2px 8px #0006',
    'shadow-2': isLight ? '0 2px 6px #0000000f,0 12px 40px #00000029' : '0 2px 6px #0006,0 12px 40px #0009',
  };
}

const FONT_STACK =
  'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic","Noto Sans Tamil","Noto Sans Devanagari","PingFang SC","Microsoft YaHei","Noto Sans SC",sans-serif';

/** Tokens that do not depend on the accent. */
export const STATIC_TOKENS: Palette = {
  font: FONT_STACK,
  'font-mono': 'ui-monospace,SFMono-Regular,Menlo,Consolas,monospace',
  'size-12': '12px',
  'size-13': '13px',
  'size-14': '14px',
  'size-16': '16px',
  'size-20': '20px',
  'size-24': '24px',
  'size-32': '32px',
  'line-height': '1.5',
  'line-height-heading': '1.2',
  space: '4px',
  'radius-control': '6px',
  'radius-card': '12px',
  'radius-bubble': '20px',
  'radius-full': '999px',
  feedback: '120ms',
  motion: '200ms',
  ease: 'cubic-bezier(.2,.7,.3,1)',
};

const declare = (tokens: Palette): string =>
  Object.entries(tokens)
    .map(([name, value]) => `--frontdesk-${name}:${value};`)
    .join('');

/** The rules that put all tokens on a shadow host. */
export function createThemeCss(accent: string, choice: ColorSchemeChoice): string {
  const block = (scheme: Scheme): string => `:host{color-scheme:${scheme};${declare(createPalette(accent, scheme))}}`;
  const fixed = `:host{${declare(STATIC_TOKENS)}}`;
  if (choice !== 'auto') return fixed + block(choice);
  return `${fixed}${block('light')}@media (prefers-color-scheme:dark){${block('dark')}}`;
}

const sheets = new Map<string, CSSStyleSheet>();

/** One constructed sheet per accent and scheme, shared by every element that asks: no `<style>`, so a strict CSP holds. */
export function getThemeSheet(accent?: string | null, choice: ColorSchemeChoice = 'auto'): CSSStyleSheet {
  const hex = normalizeHex(accent) ?? DEFAULT_ACCENT;
  const key = hex + choice;
  let sheet = sheets.get(key);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(createThemeCss(hex, choice));
    sheets.set(key, sheet);
  }
  return sheet;
}

const applied = new WeakMap<ShadowRoot, CSSStyleSheet>();

/** Makes the theme the first sheet of a root, so that the element's own styles may override it. */
export function applyTheme(root: ShadowRoot, accent?: string | null, choice: ColorSchemeChoice = 'auto'): void {
  const sheet = getThemeSheet(accent, choice);
  const previous = applied.get(root);
  if (previous === sheet) return;
  applied.set(root, sheet);
  root.adoptedStyleSheets = [sheet, ...root.adoptedStyleSheets.filter((other) => other !== previous)];
}

/** `color-scheme` attribute → choice; unknown words mean auto. */
export function parseColorScheme(text: string | null | undefined): ColorSchemeChoice {
  return text === 'light' || text === 'dark' ? text : 'auto';
}
