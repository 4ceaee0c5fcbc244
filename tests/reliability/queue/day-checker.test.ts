import { expect } from 'chai';
import { checkDay, type DayCheckName } from './day-checker.js';
import {
  buildDay,
  called,
  completed,
  dropEvents,
  dropRecords,
  FIRST,
  FOURTH,
  hasKey,
  issued,
  ONE,
  press,
  pressThird,
  SECOND,
  setRecord,
  shown,
  started,
  THIRD,
  TWO,
  write,
  type DayChange,
} from './day-draft.js';

const checksOf = (change: DayChange): DayCheckName[] => [
  ...new Set(checkDay(buildDay(change)).map(({ check }) => check)),
];

const pressed = {
  type: 'invoke',
  key: 'staff:mei:9',
  name: 'ticket:call-next',
  ticketId: null,
  counterId: ONE,
} as const;

const GOOD: Readonly<Record<string, DayChange>> = {
  'everybody was answered': () => {},
  'a command that nobody waited for and that was written': (draft) => {
    dropRecords(draft, hasKey('ticket:ticket-2:1', 'ok'));
    draft.records.push({ t: 99, type: 'abandoned', key: 'ticket:ticket-2:1' });
  },
  'a command that nobody waited for and that was not written': (draft) => {
    draft.records.push({ t: 200, ...pressed });
    draft.records.push({ t: 201, type: 'abandoned', key: 'staff:mei:9' });
  },
  'a refusal that left no trace': (draft) => {
    draft.records.push({ t: 200, ...pressed });
    draft.records.push({ t: 201, type: 'refused', key: 'staff:mei:9', code: 'QUEUE_EMPTY' });
  },
  'a button that was pressed twice and answered twice': (draft) => {
    draft.records.push({ t: 70, type: 'ok', key: 'device:kiosk:2', rev: null, ticketId: SECOND, label: 'A002' });
  },
  'a button that was pressed twice, refused first and obeyed then': (draft) => {
    draft.records.push({ t: 57, type: 'refused', key: 'staff:mei:2', code: 'QUEUE_EMPTY' });
  },
  'a call whose ticket was given up before the console was drawn': (draft) => {
    setRecord(draft, hasKey('staff:siti:2', 'ok'), { ticketId: null, label: null, rev: 9 });
  },
  'two calls of one ticket at one counter, told once each': shown((draft) => {
    dropEvents(draft, hasKey('staff:mei:4'));
    dropEvents(draft, hasKey('staff:mei:3'));
    dropRecords(draft, hasKey('staff:mei:3'));
    dropRecords(draft, hasKey('staff:mei:4'));
    setRecord(draft, hasKey('ticket:ticket-2:1', 'ok'), { rev: 8 });
    press(
      draft,
      { name: 'ticket:undo-call', key: 'staff:mei:5', counterId: ONE },
      { type: 'call-undone', ticketId: FIRST },
    );
    press(draft, { name: 'ticket:call-next', key: 'staff:mei:6', counterId: ONE }, called(FIRST, ONE));
    draft.records.push({ t: 120, type: 'notice', ticketId: FIRST, kind: 'turn', counterLabel: 'Counter 1' });
  }),
};

const turn = { type: 'notice', ticketId: FIRST, kind: 'turn', counterLabel: 'Counter 1' } as const;

const BAD: readonly (readonly [DayCheckName, string, DayChange])[] = [
  ['Q1', 'an acknowledged command that is not in the log', (draft) => dropEvents(draft, hasKey('staff:mei:4'))],
  [
    'Q1',
    'an acknowledged command that is in the log twice',
    shown((draft) => write(draft, 'device:kiosk:2', issued(THIRD))),
  ],
  [
    'Q1',
    'an answer that knows less than the command wrote',
    (draft) => setRecord(draft, hasKey('staff:mei:3', 'ok'), { rev: 5 }),
  ],
  [
    'Q1',
    'a ticket with another number than the acknowledged one',
    (draft) => setRecord(draft, hasKey('device:kiosk:2', 'ok'), { label: 'A003' }),
  ],
  [
    'Q1',
    'a call that was acknowledged with another ticket',
    (draft) => setRecord(draft, hasKey('staff:siti:2', 'ok'), { ticketId: FIRST, label: 'A001' }),
  ],
  [
    'Q1',
    'two answers to one key that differ',
    (draft) =>
      void draft.records.push({ t: 80, type: 'ok', key: 'device:kiosk:2', rev: null, ticketId: FIRST, label: 'A001' }),
  ],
  ['Q2', 'an event that nobody asked for', shown((draft) => write(draft, 'device:kiosk:7', issued(THIRD)))],
  [
    'Q2',
    'an event of a person without a key',
    (draft) => {
      draft.log = draft.log.map((event) => (hasKey('staff:mei:4')(event) ? { ...event, key: null } : event));
    },
  ],
  [
    'Q2',
    'a refused command that was written',
    (draft) => setRecord(draft, hasKey('ticket:ticket-2:1', 'ok'), { type: 'refused', code: 'CONFLICT' }),
  ],
  [
    'Q2',
    'an unknown outcome that was written twice',
    shown((draft) => {
      dropRecords(draft, hasKey('device:kiosk:2', 'ok'));
      draft.records.push({ t: 54, type: 'abandoned', key: 'device:kiosk:2' });
      write(draft, 'device:kiosk:2', issued(THIRD));
    }),
  ],
  [
    'Q2',
    'a command that did something else',
    (draft) => setRecord(draft, hasKey('staff:mei:4', 'invoke'), { name: 'ticket:transfer' }),
  ],
  [
    'Q2',
    'a command that was done to another ticket',
    (draft) => setRecord(draft, hasKey('staff:mei:4', 'invoke'), { ticketId: SECOND }),
  ],
  [
    'Q2',
    "a call at somebody else's counter",
    (draft) => setRecord(draft, hasKey('staff:mei:2', 'invoke'), { counterId: TWO }),
  ],
  [
    'Q2',
    "a command under somebody else's name",
    (draft) => {
      const actor = { kind: 'staff', id: 'siti', name: 'siti' } as const;
      draft.log = draft.log.map((event) => (hasKey('staff:mei:4')(event) ? { ...event, actor } : event));
    },
  ],
  [
    'Q3',
    'a hole in the log',
    shown((draft) => {
      draft.log = draft.log.map((event) => (event.rev > 9 ? { ...event, rev: event.rev + 1 } : event));
      setRecord(draft, (record) => record.type === 'ok' && record.rev === 10, { rev: 11 });
    }),
  ],
  [
    'Q3',
    'a hole in the numbers',
    shown((draft) => press(draft, { name: 'ticket:issue', key: 'device:kiosk:3' }, issued(FOURTH))),
  ],
  [
    'Q3',
    'a number that was given twice',
    shown((draft) => {
      press(draft, { name: 'ticket:issue', key: 'device:kiosk:3' }, issued(THIRD, 2));
      setRecord(draft, hasKey('device:kiosk:3', 'ok'), { label: 'A002' });
    }),
  ],
  [
    'Q4',
    'a ticket that two counters called',
    shown((draft) => {
      pressThird(draft);
      for (const [key, counterId] of [
        ['staff:mei:5', ONE],
        ['staff:siti:5', TWO],
      ] as const) {
        press(draft, { name: 'ticket:call-next', key, counterId }, called(THIRD, counterId));
      }
    }),
  ],
  [
    'Q4',
    'a counter that called while it had a ticket',
    shown((draft) => {
      pressThird(draft);
      press(draft, { name: 'ticket:issue', key: 'device:kiosk:4' }, issued(FOURTH));
      press(draft, { name: 'ticket:call-next', key: 'staff:mei:5', counterId: ONE }, called(THIRD, ONE));
      press(draft, { name: 'ticket:call-next', key: 'staff:mei:6', counterId: ONE }, called(FOURTH, ONE));
    }),
  ],
  [
    'Q5',
    'a ticket that was completed before it was called',
    shown((draft) => {
      pressThird(draft);
      press(draft, { name: 'ticket:complete', key: 'staff:mei:5', counterId: ONE }, completed(THIRD));
    }),
  ],
  [
    'Q5',
    'a ticket that came back from its end',
    shown((draft) =>
      press(draft, { name: 'ticket:start', key: 'staff:mei:5', counterId: ONE, ticketId: FIRST }, started(FIRST)),
    ),
  ],
  [
    'Q5',
    "a holder who moved somebody else's ticket",
    (draft) => {
      const actor = { kind: 'ticket', id: FIRST, name: '' } as const;
      draft.log = draft.log.map((event) => (hasKey('ticket:ticket-2:1')(event) ? { ...event, actor } : event));
    },
  ],
  [
    'Q6',
    'a command that stands before one that was acknowledged before it began',
    (draft) => setRecord(draft, hasKey('device:kiosk:1', 'invoke'), { t: 57 }),
  ],
  ['Q7', 'a notice that was sent twice', (draft) => void draft.records.push({ t: 68, ...turn })],
  ['Q7', 'a notice that was sent before its call', (draft) => setRecord(draft, ({ t }) => t === 62, { t: 58 })],
  [
    'Q7',
    'a call that was told of another counter',
    (draft) => void draft.records.push({ t: 71, ...turn, counterLabel: 'Counter 2' }),
  ],
  ['Q7', 'a recall that never was', (draft) => void draft.records.push({ t: 71, ...turn, kind: 'recall' })],
  ['Q7', 'a notice with a text that nobody knows', (draft) => void draft.records.push({ t: 71, ...turn, kind: null })],
  [
    'Q8',
    'a phone that shows another state',
    (draft) => {
      draft.phones = draft.phones.map((phone) => (phone.ticketId === FIRST ? { ...phone, state: 'serving' } : phone));
    },
  ],
  [
    'Q8',
    'a counter that still shows its ticket',
    (draft) => {
      draft.counters = draft.counters.map((counter) => ({ ...counter, ticketId: FIRST }));
    },
  ],
  [
    'Q8',
    'a console that stands before the end of the log',
    (draft) => {
      draft.counters = draft.counters.map((counter) => ({ ...counter, rev: counter.rev - 1 }));
    },
  ],
  [
    'Q8',
    'a row that missed the last event',
    (draft) => {
      draft.rows = draft.rows.map((row) => ({ ...row, rev: row.rev - 1 }));
    },
  ],
  ['Q8', 'a ticket without a row', (draft) => void draft.rows.pop()],
  [
    'Q8',
    'an address that was taken and is gone',
    (draft) => {
      draft.rows = draft.rows.map((row) => ({ ...row, endpoint: null }));
    },
  ],
  ['Q9', 'a crash', (draft) => void draft.records.push({ t: 70, type: 'incident', what: 'it ended by itself' })],
  ['Q9', 'a command that nobody answered', (draft) => dropRecords(draft, hasKey('staff:mei:4', 'ok'))],
  [
    'Q9',
    'a server that is away for long',
    (draft) => setRecord(draft, ({ type }) => type === 'back', { tookMs: 6_000 }),
  ],
];

describe('the checker of a day', () => {
  for (const [what, change] of Object.entries(GOOD)) {
    it(`5.10 accepts ${what}`, () => {
      expect(checkDay(buildDay(change))).to.deep.equal([]);
    });
  }

  for (const [check, what, change] of BAD) {
    it(`5.10 ${check} rejects ${what}`, () => {
      expect(checksOf(change)).to.include(check);
    });
  }
});
