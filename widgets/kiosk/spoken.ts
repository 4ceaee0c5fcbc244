/** What is said of a screen: its heading and text first, then what can be chosen. */
const squeeze = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim();

export function collectSpoken(root: ShadowRoot): string {
  const read = [...root.querySelectorAll('.message > *, .place p')].map(({ textContent }) => squeeze(textContent));
  const choices = [...root.querySelectorAll('.actions .choice')].map(({ textContent }) => squeeze(textContent));
  return [...read, ...choices].filter((text) => text !== '').join('. ');
}

/** The name of what has the focus now; empty for headings, which are part of the screen's own text. */
export function describeFocused(event: FocusEvent): string {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLButtonElement || target instanceof HTMLInputElement)) return '';
  return squeeze(target.getAttribute('aria-label') ?? target.textContent);
}
