import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { contrast, distance, hexToOklch, normalizeHex, oklchToHex } from '@frontdesk/widgets/core/color';
import { applyTheme, createPalette, createThemeCss, type Palette, type Scheme } from '@frontdesk/widgets/core/theme';

const SCHEMES: readonly Scheme[] = ['light', 'dark'];
const READABLE = 4.5;

/** Text token → the surfaces that it may stand on. */
const PAIRS: readonly (readonly [text: string, surfaces: readonly string[]])[] = [
  ['on-accent', ['accent', 'accent-hover']],
  ['accent-strong', ['surface', 'surface-sunken', 'surface-hover', 'surface-raised', 'accent-soft']],
  [
    'text',
    ['surface', 'surface-sunken', 'surface-hover', 'accent-soft', 'warning-soft', 'danger-soft', 'success-soft'],
  ],
  ['text-muted', ['surface', 'surface-sunken', 'surface-hover']],
  ...['success', 'warning', 'danger', 'info'].map(
    (name) => [name, ['surface', 'surface-sunken', 'surface-hover', `${name}-soft`]] as const,
  ),
];

function readToken(palette: Palette, name: string): string {
  const value = palette[name];
  if (value === undefined) throw new Error(`No token ${name}`);
  return value;
}

function expectReadable(accent: string): void {
  for (const scheme of SCHEMES) {
    const palette = createPalette(accent, scheme);
    for (const [text, surfaces] of PAIRS) {
      for (const surface of surfaces) {
        const ratio = contrast(readToken(palette, text), readToken(palette, surface));
        expect(ratio, `${scheme} ${accent}: ${text} on ${surface}`).to.be.at.least(READABLE);
      }
    }
    for (const name of ['success', 'warning', 'danger', 'info']) {
      expect(contrast(readToken(palette, `${name}-solid`), '#ffffff')).to.be.at.least(READABLE);
    }
    const accentColor = hexToOklch(readToken(palette, 'accent'));
    expect(
      distance(accentColor, hexToOklch(readToken(palette, 'surface'))),
      `${scheme} ${accent}: accent can be told from the surface`,
    ).to.be.above(0.15);
    expect(contrast(readToken(palette, 'line-strong'), readToken(palette, 'surface'))).to.be.at.least(3);
    expect(contrast(readToken(palette, 'focus'), readToken(palette, 'surface'))).to.be.at.least(3);
  }
}

describe('theme', () => {
  it('CH-24 any accent yields readable text in both schemes', () => {
    const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
    fc.assert(
      fc.property(hex, (accent) => {
        expectReadable(accent);
      }),
      { numRuns: 300 },
    );
  });

  for (const accent of [
    '#ffeb3b',
    '#ffffff',
    '#000000',
    '#808080',
    '#ff0000',
    '#00ff00',
    '#0000ff',
    '#0ea5e9',
    '#fffde7',
  ]) {
    it(`CH-24 the awkward accent ${accent} yields readable text`, () => {
      expectReadable(accent);
    });
  }

  it('keeps an accent that is readable already as the tenant typed it', () => {
    expect(createPalette('#2f5bd7', 'light')['accent']).to.equal('#2f5bd7');
  });

  it('goes to OKLCH and back without losing more than rounding', () => {
    for (const hex of ['#2f5bd7', '#ffeb3b', '#123456', '#ffffff', '#000000']) {
      expect(oklchToHex(hexToOklch(hex))).to.equal(hex);
    }
  });

  it('takes no accent that is not a colour', () => {
    for (const text of ['red', '#12', '#12345g', 'url(x)', '#fff;background:url(//evil)']) {
      expect(normalizeHex(text), text).to.equal(undefined);
    }
    expect(createThemeCss('#fff;}body{display:none', 'auto')).not.to.contain('body');
  });

  it('puts its tokens on a shadow host through a constructed sheet, and exchanges them', () => {
    const host = document.createElement('div');
    const root = host.attachShadow({ mode: 'open' });
    document.body.append(host);
    const read = () => getComputedStyle(host).getPropertyValue('--frontdesk-on-accent').trim();
    applyTheme(root, '#2f5bd7', 'light');
    expect(read()).to.equal('#ffffff');
    applyTheme(root, '#ffeb3b', 'light');
    expect(read()).not.to.equal('#ffffff');
    expect(root.adoptedStyleSheets).to.have.length(1);
    expect(root.querySelector('style')).to.equal(null);
    host.remove();
  });
});
