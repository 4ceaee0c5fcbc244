/** Other elements of ours on the page, which the buttons of a card open. */
import type { CardView } from '@frontdesk/protocol/cards';
import type { CardActionKind } from './contact-card-events.js';

function bringIntoView(element: HTMLElement): void {
  // Focus follows the eyes, so that whoever reads with ears or keys is there too.
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.scrollIntoView({ block: 'start' });
  element.focus({ preventScroll: true });
}

function find(kind: CardActionKind): HTMLElement | null {
  if (kind !== 'book' && kind !== 'chat') return null;
  return document.querySelector<HTMLElement>(kind === 'book' ? 'frontdesk-booking' : 'frontdesk-chat');
}

export function isOnPage(kind: CardActionKind): boolean {
  return find(kind) !== null;
}

/** True when an element of the page does what the button says; booking is preset to the service and the person of the card (CC-20). */
export function openOnPage(kind: CardActionKind, { serviceId, staffId }: CardView['book']): boolean {
  const element = find(kind);
  if (!element) return false;
  const isBooking = kind === 'book';
  if (isBooking && serviceId !== null) element.setAttribute('service', serviceId);
  if (isBooking && staffId !== null) element.setAttribute('staff', staffId);
  // Behind a button of its own it opens as if that had been pressed.
  if (isBooking && (element.getAttribute('view') ?? 'inline') === 'inline') bringIntoView(element);
  else element.setAttribute('open', '');
  return true;
}
