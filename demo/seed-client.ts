/**
 * Talks to the server as any client would, over the published HTTP twins of the commands. So whatever the demo shows
 * went through the same checks as real data, and nothing in it depends on how the server stores things.
 */
import { HEADERS, SITE_QUERY } from '@frontdesk/protocol/command';
import { createIdempotencyKey, type SiteKey, type VisitorToken } from '@frontdesk/protocol/ids';
import type { Result } from '@frontdesk/protocol/result';
import type { StaffCommands } from '@frontdesk/protocol/staff';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import type { VisitorCommands } from '@frontdesk/protocol/visitor';

async function post<Output>(url: string, input: unknown, headers: Record<string, string>): Promise<Output> {
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
  if (result.ok) return result.data;
  const { code, message, fields } = result.error;
  throw new Error(`${url} answered ${code}: ${message} ${fields ? JSON.stringify(fields) : ''}`);
}

export interface SeedClient {
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
}

export function createSeedClient(serverUrl: string): SeedClient {
  return {
    callPublic: (name, input) => post(`${serverUrl}/v1/public/${name}`, input, { [HEADERS.csrf]: '1' }),
    callStaff: (accessToken, name, input) =>
      post(`${serverUrl}/v1/staff/${name}`, input, { Authorization: `Bearer ${accessToken}` }),
    callVisitor: ({ site, token, origin }, name, input) =>
      post(`${serverUrl}/v1/visitor/${name}?${SITE_QUERY}=${site}`, input, {
        Authorization: `Bearer ${token}`,
        Origin: origin,
      }),
  };
}
