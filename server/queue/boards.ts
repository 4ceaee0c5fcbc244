/** Boards as displays get them: one per filter, however many displays share it, and names only where they may be shown. */
import { maskName } from '@frontdesk/domain/queue/mask-name';
import type { Board } from '@frontdesk/protocol/queue-device';
import { buildBoard, nameCalls, ticketIdsOn } from './board.js';
import type { LiveSituation, QueueHandle, ShownBy } from './queue.types.js';
import type { TicketStore } from './ticket.store.js';

export type BoardMaker = (display: ShownBy) => Promise<Board>;

/** The boards of one moment. */
export type Boards = (queue: QueueHandle, situation: LiveSituation) => BoardMaker;

export interface BoardsDeps {
  readonly tickets: Pick<TicketStore, 'findPersons'>;
  /** Where a phone joins that is held up to the screen; null where nobody can. */
  readonly readJoinUrl: (queue: QueueHandle, situation: LiveSituation) => Promise<string | null>;
}

export function createBoards({ tickets, readJoinUrl }: BoardsDeps): Boards {
  async function make(queue: QueueHandle, situation: LiveSituation, display: ShownBy): Promise<Board> {
    const joinUrl = display.showJoinCode ? await readJoinUrl(queue, situation) : null;
    const board = { ...buildBoard(situation, display), joinUrl };
    if (!display.showNames) return board;
    const persons = await tickets.findPersons(queue, ticketIdsOn(board));
    return nameCalls(board, new Map([...persons].map(([id, { name }]) => [id, maskName(name)])));
  }
  return (queue, situation) => {
    const made = new Map<string, Promise<Board>>();
    return (display) => {
      const { serviceIds, counterGroups, showNames, showJoinCode } = display;
      const key = JSON.stringify([serviceIds, counterGroups, showNames, showJoinCode]);
      const board = made.get(key) ?? make(queue, situation, display);
      made.set(key, board);
      return board;
    };
  };
}
