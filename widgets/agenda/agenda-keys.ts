/** Arrow keys among the cards of the board. */

interface Spot {
  readonly card: HTMLElement;
  readonly column: Element | null;
  readonly top: number;
}

const spotOf = (card: HTMLElement): Spot => ({
  card,
  column: card.closest('.column'),
  top: card.getBoundingClientRect().top,
});

/** The card that a key leads to: earlier or later in the column, or the nearest in time in the next column that has any. */
export function findNeighbour(
  key: string,
  current: HTMLElement,
  cards: readonly HTMLElement[],
  isRightToLeft: boolean,
): HTMLElement | undefined {
  const spots = cards.map(spotOf);
  const from = spotOf(current);
  const own = spots.filter(({ column }) => column === from.column).sort((one, other) => one.top - other.top);
  const index = own.findIndex(({ card }) => card === current);
  if (key === 'ArrowDown') return own[index + 1]?.card;
  if (key === 'ArrowUp') return own[index - 1]?.card;
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  const columns = [...new Set(spots.map(({ column }) => column))];
  const step = (key === 'ArrowRight') === isRightToLeft ? -1 : 1;
  const next = columns[columns.indexOf(from.column) + step];
  if (next === undefined) return undefined;
  return spots
    .filter(({ column }) => column === next)
    .sort((one, other) => Math.abs(one.top - from.top) - Math.abs(other.top - from.top))[0]?.card;
}
