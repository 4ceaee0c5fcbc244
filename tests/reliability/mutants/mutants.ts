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
};

export function describeMutation(name: string): string {
  return `mutation applied: ${name}`;
}
