/** A business with made-up branches behind a scripted link. Screenshots and tests draw from this; the product never imports it. */
import type { LocationId } from '@frontdesk/protocol/ids';
import type { LocationDto } from '@frontdesk/protocol/locations';
import type { ErrorBody, Result } from '@frontdesk/protocol/result';
import type { StaffCommandName, StaffCommands } from '@frontdesk/protocol/staff';
import type { SetupLink, SetupNews } from './setup-link.js';

export const idOf = (group: string, index: number): string => `${group}${index.toString(16).padStart(23, '0')}`;
export const agoMinutes = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

export const BRANCH_ID = idOf('1', 1) as LocationId;

export function buildLocation(index: number, change: Partial<LocationDto> = {}): LocationDto {
  return {
    id: idOf('1', index) as LocationId,
    name: 'Klinik Mawar Bangsar',
    address: '12 Jalan Telawi, 59100 Kuala Lumpur',
    timeZone: 'Asia/Kuala_Lumpur',
    nextTimeZone: null,
    dayStart: '04:00',
    hours: {
      weekly: [0, 1, 2, 3, 4, 5, 6].map((day) =>
        day < 5
          ? [
              { from: '08:30', to: '12:30' },
              { from: '14:00', to: '17:30' },
            ]
          : [],
      ),
      specialDays: [{ date: '2026-12-24', windows: [{ from: '08:30', to: '12:00' }], label: 'Christmas Eve' }],
      holidays: [{ date: '2026-12-25', label: 'Christmas' }],
    },
    languages: ['en', 'ms', 'zh'],
    country: 'MY',
    geofence: null,
    phone: '+60322824000',
    isArchived: false,
    createdAt: agoMinutes(90_000),
    ...change,
  };
}

export type Answers = {
  readonly [Name in StaffCommandName]?: (
    input: StaffCommands[Name]['input'],
  ) => Result<StaffCommands[Name]['output']> | Promise<Result<StaffCommands[Name]['output']>>;
};

export const good = <T>(data: T): Result<T> => ({ ok: true, data });
export const bad = (error: Partial<ErrorBody> & Pick<ErrorBody, 'code'>): Result<never> => ({
  ok: false,
  error: { message: '', requestId: '1', ...error },
});

export interface Asked {
  readonly name: StaffCommandName;
  readonly input: unknown;
  readonly key: string;
}

export interface ScriptedLink extends SetupLink {
  readonly asked: Asked[];
  /** Inputs of one command in their order. */
  inputs(name: StaffCommandName): unknown[];
  tell(news: SetupNews): void;
}

const NOT_SCRIPTED = bad({ code: 'INTERNAL' });

export function createScriptedLink(script: Answers): ScriptedLink {
  const listeners = new Set<(news: SetupNews) => void>();
  const asked: Asked[] = [];
  return {
    asked,
    inputs: (name) => asked.filter((one) => one.name === name).map(({ input }) => input),
    async request(name, input, key) {
      asked.push({ name, input, key });
      return (await script[name]?.(input)) ?? NOT_SCRIPTED;
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell(news) {
      for (const listener of [...listeners]) listener(news);
    },
  };
}
