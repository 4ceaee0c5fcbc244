/** How many panes fit. Widths are those of the element, not of the window: the inbox may stand inside anything. */

export interface Layout {
  readonly name: 'one' | 'two' | 'three' | 'rail';
  readonly panes: 1 | 2 | 3;
  /** The views stand beside the list instead of in a menu. */
  readonly hasRail: boolean;
}

const LAYOUTS: readonly (Layout & { readonly fromPx: number })[] = [
  { fromPx: 1_480, name: 'rail', panes: 3, hasRail: true },
  { fromPx: 1_100, name: 'three', panes: 3, hasRail: false },
  { fromPx: 720, name: 'two', panes: 2, hasRail: false },
  { fromPx: 0, name: 'one', panes: 1, hasRail: false },
];

export function layoutFor(widthPx: number): Layout {
  const layout = LAYOUTS.find(({ fromPx }) => widthPx >= fromPx);
  return layout ?? { name: 'one', panes: 1, hasRail: false };
}
