import type { BoardCall } from '@frontdesk/protocol/queue-device';

/** These calls are drawn, on the page that is to be seen, and were not before. */
export class BoardPaintedEvent extends Event {
  static readonly type = 'frontdesk-board-painted';
  readonly calls: readonly BoardCall[];

  constructor(calls: readonly BoardCall[]) {
    super(BoardPaintedEvent.type);
    this.calls = calls;
  }
}

/** A touch, which browsers want before they let a page sound or fill the screen. */
export class BoardTapEvent extends Event {
  static readonly type = 'frontdesk-board-tap';

  constructor() {
    super(BoardTapEvent.type);
  }
}
