/** What the pages that set a business up need of a connection; tests give them a scripted one. */
import type { IdempotencyKey } from '@frontdesk/protocol/ids';
import type { Result } from '@frontdesk/protocol/result';
import type { StaffCommandName, StaffCommands } from '@frontdesk/protocol/staff';
import type { StaffClient } from '../../core/client/staff-client.js';

/** `floor`: tickets moved. `back`: the connection was away, so everything shown may be old. */
export type SetupNews = 'locations' | 'queue' | 'devices' | 'booking' | 'cards' | 'floor' | 'back';

const OF_SETUP = ['locations', 'queue', 'devices', 'booking', 'cards'] as const;
const isSetup = (what: string): what is (typeof OF_SETUP)[number] => (OF_SETUP as readonly string[]).includes(what);

export interface SetupLink {
  /** Never rejects. */
  request<Name extends StaffCommandName>(
    name: Name,
    input: StaffCommands[Name]['input'],
    idempotencyKey: IdempotencyKey,
  ): Promise<Result<StaffCommands[Name]['output']>>;
  listen(listener: (news: SetupNews) => void): () => void;
}

export function createSetupLink({ connection }: StaffClient): SetupLink {
  return {
    request: (name, input, idempotencyKey) => connection.request(name, input, { idempotencyKey }),
    listen(listener) {
      let wasOnline = connection.getState().phase === 'online';
      const stops = [
        connection.on('workspace:changed', ({ what }) => {
          if (isSetup(what)) listener(what);
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
