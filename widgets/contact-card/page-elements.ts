/** Other elements of ours on the page, which the buttons of a card open. */
import type { CardView } from '@frontdesk/protocol/cards';
import type { CardButton } from '@frontdesk/protocol/vocabulary';

function bringIntoView(element: HTMLElement): void {
  // Focus follows the eyes, so that whoever reads with ears or keys is there too.
  if (!element.hasAttribute('tabindex')) element.tabIndex = -1;
  element.scrollIntoView({ block: 'start' });
  element.focus({ preventScroll: true });
}

/** Preset to the service and the person of the card (CC-20). */
function openBooking({ serviceId, staffId }: CardView['book']): boolean {
  const booking = document.querySelector<HTMLElement>('frontdesk-booking');
  if (!booking) return false;
  if (serviceId !== null) booking.setAttribute('service', serviceId);
  if (staffId !== null) booking.setAttribute('staff', staffId);
  // Behind a button of its own it opens as if that had been pressed.
  const view = booking.getAttribute('view') ?? 'inline';
  if (view === 'inline') bringIntoView(booking);
  else booking.setAttribute('open', '');
  return true;
}

function openChat(): boolean {
  const chat = document.querySelector('frontdesk-chat');
  chat?.setAttribute('open', '');
  return chat !== null;
}

/** True when an element of the page does what the button says. */
export function openOnPage(kind: CardButton, book: CardView['book']): boolean {
  if (kind === 'book') return openBooking(book);
  return kind === 'chat' && openChat();
}

export function isOnPage(kind: CardButton): boolean {
  if (kind !== 'book' && kind !== 'chat') return false;
  return document.querySelector(kind === 'book' ? 'frontdesk-booking' : 'frontdesk-chat') !== null;
}
