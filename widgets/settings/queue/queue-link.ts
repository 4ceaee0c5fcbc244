/** What the pages of the queue need of a connection; tests give them a scripted one. */
import type { IdempotencyKey } from '@frontdesk/protocol/ids';
import type { Result } from '@frontdesk/protocol/result';
import type { StaffCommandName, StaffCommands } from '@frontdesk/protocol/staff';
import type { StaffClient } from '../../core/client/staff-client.js';

/** `floor`: tickets moved. `back`: the connection was away, so everything shown may be old. */
export type QueueNews = 'locations' | 'queue' | 'devices' | 'floor' | 'back';

export interface QueueLink {
  /** Never rejects. */
  request<Name extends StaffCommandName>(
    name: Name,
    input: StaffCommands[Name]['input'],
    idempotencyKey: IdempotencyKey,
  ): Promise<Result<StaffCommands[Name]['output']>>;
  listen(listener: (news: QueueNews) => void): () => void;
}

export function createQueueLink({ connection }: StaffClient): QueueLink {
  return {
    request: (name, input, idempotencyKey) => connection.request(name, input, { idempotencyKey }),
    listen(listener) {
      let wasOnline = connection.getState().phase === 'online';
      const stops = [
        connection.on('workspace:changed', ({ what }) => {
          if (what === 'locations' || what === 'queue' || what === 'devices') listener(what);
        }),
        connection.on('queue:changed', () => listener('floor')),
        connection.subscribe(({ phase }) => {
          if (phase === 'online' && !wasOnline) listener('back');
          wasOnline = phase === 'online';
        }),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
  };
}
