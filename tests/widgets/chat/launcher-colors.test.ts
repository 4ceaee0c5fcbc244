import { expect } from '@open-wc/testing';
import * as fc from 'fast-check';
import { createLauncherColors } from '@frontdesk/widgets/chat/launcher-colors';
import { contrast, normalizeHex } from '@frontdesk/widgets/core/color';
import { createPalette } from '@frontdesk/widgets/core/theme';

/** `rgb(1 2 3)` or a hex colour → hex. */
function toHex(color: string): string {
  const bytes = color.match(/^rgb\((\d+) (\d+) (\d+)\)$/)?.slice(1) ?? [];
  return normalizeHex(color) ?? `#${bytes.map((byte) => Number(byte).toString(16).padStart(2, '0')).join('')}`;
}

describe('launcher colors', () => {
  it('CH-24 any accent carries a readable icon before the theme arrives', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
        const colors = createLauncherColors(`#${value.toString(16).padStart(6, '0')}`);
        expect(contrast(toHex(colors.accent), toHex(colors.on))).to.be.at.least(4.4);
      }),
      { numRuns: 500 },
    );
  });

  it('decides between dark and light icons as the theme does', () => {
    for (const accent of ['#2f5bd7', '#ffeb3b', '#ffffff', '#000000', '#0ea5e9', '#f97316', '#22c55e', '#e11d48']) {
      const isDark = createLauncherColors(accent).on === '#ffffff';
      expect(createPalette(accent, 'light')['on-accent'] === '#ffffff', accent).to.equal(isDark);
    }
  });

  it('takes what is no colour for no accent', () => {
    const { accent } = createLauncherColors(null);
    for (const text of ['red', '#12', 'url(//evil.example)', ''])
      expect(createLauncherColors(text).accent).to.equal(accent);
    expect(createPalette(accent, 'light')['accent']).to.equal(accent);
    expect(createLauncherColors('#06c')).to.deep.equal(createLauncherColors('#0066cc'));
  });
});
