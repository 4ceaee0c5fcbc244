/**
 * Faults that the harness must find, made by replacing a piece of a compiled file while it is loaded. The product has no
 * seam for this; when its code changes so that the piece is not there any more, loading fails and says so.
 */
export interface Mutation {
  /** End of the compiled file's URL. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const HURRIED_HEADS: Mutation = {
  file: '/protocol/dist/limits.js',
  find: 'HEADS_INTERVAL_MS = 20_000',
  replace: 'HEADS_INTERVAL_MS = 1_000',
};

export const MUTANTS: Readonly<Record<string, readonly Mutation[]>> = {
  /** P7: the acknowledgement leaves before the entry is on its way to the disk. */
  'ack before write': [
    {
      file: '/server/dist/chat/entry.store.js',
      find: 'await Entry.create({ ...inLog(context, conversationId), ...rest });',
      replace:
        'setImmediate(() => Entry.create({ ...inLog(context, conversationId), ...rest }).catch(() => undefined));',
    },
  ],
  /**
   * P2: nothing remembers which keys are in the log. The index exists already in a furnished data folder, so the mutant
   * also keeps its log elsewhere.
   */
  'no unique key': [
    {
      file: '/server/dist/chat/chat.model.js',
      find: "collection: 'entries'",
      replace: "collection: 'entries_without_key'",
    },
    {
      file: '/server/dist/chat/chat.model.js',
      find: "entrySchema.index({ tenantId: 1, conversationId: 1, 'author.id': 1, key: 1 }, { unique: true });",
      replace: '',
    },
  ],
  /** P1: what is pushed between the greeting, at which clients fetch, and the joining of the room reaches nobody. */
  'fetch before join': [
    {
      file: '/server/dist/realtime/arrivals.js',
      find: 'await socket.join(heads.map((head) => rooms.visitorConversation(connection.tenantId, head.conversationId)));',
      replace:
        'setTimeout(() => socket.join(heads.map((head) =>' +
        ' rooms.visitorConversation(connection.tenantId, head.conversationId))), 1_500);',
    },
  ],
  /** 5.10: a command of the queue is acknowledged before it is on its way to the disk. */
  'queue acknowledges before it writes': [
    {
      file: '/server/dist/queue/event.store.js',
      find: 'await Event.insertMany(records, { ordered: true, lean: true });',
      replace: 'setTimeout(() => Event.insertMany(records, { ordered: true, lean: true }).catch(() => undefined), 30);',
    },
  ],
  /** QP-9: a notice leaves first and is claimed afterwards, so that a process that dies in between leaves it to the next. */
  'notice before its claim': [
    {
      file: '/server/dist/queue/notices.js',
      find: 'if (!push || !(await store.claimNotice(queue, ticketId, claim)))',
      replace: 'if (!push)',
    },
    {
      file: '/server/dist/queue/notices.js',
      find: "if (outcome === 'sent')",
      replace: "if (outcome === 'sent' && [await store.claimNotice(queue, ticketId, claim)])",
    },
  ],
  /** For the test of the loader itself. */
  nowhere: [{ file: '/protocol/dist/limits.js', find: 'this text is in no file', replace: '' }],
  /** Not a fault: the product with its slow safety net made fast enough for a test. */
  'hurried heads': [HURRIED_HEADS],
  /** P5: nobody says where a log ends, so a lost last entry stays lost until something else happens. */
  'no heads': [
    HURRIED_HEADS,
    {
      file: '/server/dist/chat/chat.listeners.js',
      find: 'setInterval(report, HEADS_INTERVAL_MS)',
      replace: 'setInterval(() => moved.clear(), HEADS_INTERVAL_MS)',
    },
  ],
};

export function describeMutation(name: string): string {
  return `mutation applied: ${name}`;
}
