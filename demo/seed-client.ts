/**
 * Talks to the server as any client would, over the published HTTP twins of the commands. So whatever the demo shows
 * went through the same checks as real data, and nothing in it depends on how the server stores things.
 */
import type { SessionDto } from '@frontdesk/protocol/auth';
import { HEADERS, SITE_QUERY } from '@frontdesk/protocol/command';
import type { DeviceCommands } from '@frontdesk/protocol/device';
import { createIdempotencyKey, type DeviceToken, type SiteKey, type VisitorToken } from '@frontdesk/protocol/ids';
import type { ErrorCode, Result } from '@frontdesk/protocol/result';
import type { StaffCommands } from '@frontdesk/protocol/staff';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import type { VisitorCommands } from '@frontdesk/protocol/visitor';

interface Answer<Output> {
  readonly data: Output;
  /** `name=value` of every cookie that came along. */
  readonly cookie: string;
}

async function ask<Output>(url: string, input: unknown, headers: Record<string, string>): Promise<Answer<Output>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      [HEADERS.protocol]: String(PROTOCOL_VERSION),
      [HEADERS.idempotencyKey]: createIdempotencyKey(),
      ...headers,
    },
    body: JSON.stringify(input),
  });
  const result = (await response.json()) as Result<Output>;
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  if (result.ok) return { data: result.data, cookie };
  const { code, message, fields } = result.error;
  throw new RefusedError(code, `${url} answered ${code}: ${message} ${fields ? JSON.stringify(fields) : ''}`);
}

async function post<Output>(url: string, input: unknown, headers: Record<string, string>): Promise<Output> {
  return (await ask<Output>(url, input, headers)).data;
}

/** The server understood and said no. */
export class RefusedError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

/** A member who signed in once and stays, as in a browser: the access token is renewed by the refresh cookie. */
export interface StaffSession {
  call<Name extends keyof StaffCommands>(
    name: Name,
    input: StaffCommands[Name]['input'],
  ): Promise<StaffCommands[Name]['output']>;
}

export interface SeedClient {
  openSession(email: string, password: string): Promise<StaffSession>;
  callPublic<Output>(name: string, input: unknown): Promise<Output>;
  callStaff<Name extends keyof StaffCommands>(
    accessToken: string,
    name: Name,
    input: StaffCommands[Name]['input'],
  ): Promise<StaffCommands[Name]['output']>;
  callVisitor<Name extends keyof VisitorCommands>(
    visitor: { readonly site: SiteKey; readonly token: VisitorToken; readonly origin: string },
    name: Name,
    input: VisitorCommands[Name]['input'],
  ): Promise<VisitorCommands[Name]['output']>;
  callDevice<Name extends keyof DeviceCommands>(
    token: DeviceToken,
    name: Name,
    input: DeviceCommands[Name]['input'],
  ): Promise<DeviceCommands[Name]['output']>;
}

async function openSession(serverUrl: string, email: string, password: string): Promise<StaffSession> {
  const signIn = await ask<SessionDto>(
    `${serverUrl}/v1/public/session:sign-in`,
    { email, password },
    { [HEADERS.csrf]: '1' },
  );
  let { accessToken } = signIn.data;
  let { cookie } = signIn;
  const call: StaffSession['call'] = (name, input) =>
    post(`${serverUrl}/v1/staff/${name}`, input, { Authorization: `Bearer ${accessToken}` });
  return {
    async call(name, input) {
      try {
        return await call(name, input);
      } catch (error) {
        if (!(error instanceof RefusedError) || error.code !== 'TOKEN_EXPIRED') throw error;
        const headers = { [HEADERS.csrf]: '1', Cookie: cookie };
        const renewed = await ask<SessionDto>(`${serverUrl}/v1/public/session:refresh`, {}, headers);
        ({ accessToken } = renewed.data);
        ({ cookie } = renewed);
        return call(name, input);
      }
    },
  };
}

export function createSeedClient(serverUrl: string): SeedClient {
  return {
    openSession: (email, password) => openSession(serverUrl, email, password),
    callPublic: (name, input) => post(`${serverUrl}/v1/public/${name}`, input, { [HEADERS.csrf]: '1' }),
    callStaff: (accessToken, name, input) =>
      post(`${serverUrl}/v1/staff/${name}`, input, { Authorization: `Bearer ${accessToken}` }),
    callVisitor: ({ site, token, origin }, name, input) =>
      post(`${serverUrl}/v1/visitor/${name}?${SITE_QUERY}=${site}`, input, {
        Authorization: `Bearer ${token}`,
        Origin: origin,
      }),
    callDevice: (token, name, input) =>
      post(`${serverUrl}/v1/device/${name}`, input, { Authorization: `Bearer ${token}` }),
  };
}
