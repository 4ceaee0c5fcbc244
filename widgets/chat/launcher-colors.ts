/**
 * The two colours of the closed chat. The whole theme (core/theme.ts) arrives with the panel; until then this decides
 * the same way whether text turns dark or the accent does, in a tenth of the code.
 */
const FALLBACK_ACCENT = '#2f5bd7';
/** As in the theme: below this contrast to white the text turns dark instead of the accent darker. */
const WORTH_DARKENING = 2.6;
/** White reaches 4.5:1 on a colour of this luminance; a hair less, for rounding. */
const WHITE_READABLE_LUMINANCE = 0.181;
const NEARLY_WHITE = 0.75;
const NEARLY_GREY = 0.12;

export interface LauncherColors {
  readonly accent: string;
  readonly on: string;
}

export function createLauncherColors(text: string | null | undefined): LauncherColors {
  const short = text?.trim().replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3') ?? '';
  const accent = /^#[\da-f]{6}$/i.test(short) ? short : FALLBACK_ACCENT;
  const channels = [1, 3, 5].map((at) => Number.parseInt(accent.slice(at, at + 2), 16) / 255);
  // A pure 2.2 gamma is close enough to sRGB's curve for a choice between two colours.
  const linear = channels.map((channel) => channel ** 2.2);
  const [red = 0, green = 0, blue = 0] = linear;
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  const isGrey = Math.max(...channels) - Math.min(...channels) < NEARLY_GREY;
  if (isGrey && luminance > NEARLY_WHITE) return { accent: '#222222', on: '#ffffff' };
  if (1.05 / (luminance + 0.05) < WORTH_DARKENING) return { accent, on: '#1a1a1a' };
  const scale = Math.min(1, WHITE_READABLE_LUMINANCE / luminance);
  const bytes = linear.map((channel) => Math.floor(255 * (channel * scale) ** (1 / 2.2)));
  return { accent: scale === 1 ? accent : `rgb(${bytes.join(' ')})`, on: '#ffffff' };
}
