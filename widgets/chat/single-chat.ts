/**
 * One chat per page. The first connected element is the chat; others wait, because a page that swaps its content may
 * connect the next element before it removes the last one.
 */
export interface SingleChat {
  handleTurn(): void;
}

const connected = new Set<SingleChat>();
let active: SingleChat | undefined;
let isWarned = false;

/** True when the element is the page's chat. */
export function claimPage(chat: SingleChat): boolean {
  connected.add(chat);
  active ??= chat;
  if (active !== chat && !isWarned) {
    isWarned = true;
    console.warn('Frontdesk: this page has a second <frontdesk-chat>; it is ignored.');
  }
  return active === chat;
}

export function releasePage(chat: SingleChat): void {
  connected.delete(chat);
  // An element that is only moved comes back at once and keeps its place.
  queueMicrotask(() => {
    if (active !== chat || connected.has(chat)) return;
    active = [...connected][0];
    active?.handleTurn();
  });
}
