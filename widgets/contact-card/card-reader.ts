/**
 * Asks the server for a card as a visitor of the website, over HTTP alone and as nobody who could be known again. The shared client
 * (`core/client/http-transport.ts`) weighs as much as the rest of a card; the message form, which is fetched when it is wanted, uses it.
 */
import type { cardVisitorCommands, CardView } from '@frontdesk/protocol/cards';
import { commandPath, EMBED_CHECK_PATH, HEADERS, SITE_QUERY, type CommandTypes } from '@frontdesk/protocol/command';
import { createVisitorToken } from '@frontdesk/protocol/ids';
import { ACK_TIMEOUT_MS } from '@frontdesk/protocol/limits';
import type { Failure, Result } from '@frontdesk/protocol/result';
import { PROTOCOL_VERSION } from '@frontdesk/protocol/version';
import type { CardEnvironment } from './card-environment.js';

type Input = CommandTypes<typeof cardVisitorCommands>['card:read']['input'];

/** Never rejects. */
export type ReadCard = (name: 'card:read' | 'card:reveal', input: Input) => Promise<Result<CardView>>;

const UNREACHABLE: Failure = {
  ok: false,
  error: { code: 'STORE_UNAVAILABLE', message: '', requestId: 'local' },
};

/** What a proxy or a captive portal says instead of the server is no answer, and no network is none either. */
async function ask(
  { fetch }: Pick<CardEnvironment, 'fetch'>,
  url: string,
  init: RequestInit,
): Promise<Result<CardView> | null> {
  try {
    const response = await fetch(url, {
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'strict-origin-when-cross-origin',
      signal: AbortSignal.timeout(ACK_TIMEOUT_MS),
      ...init,
    });
    const answer = (await response.json()) as Partial<Result<CardView>>;
    return answer.ok === true || (answer.ok === false && 'code' in (answer.error ?? {}))
      ? (answer as Result<CardView>)
      : null;
  } catch {
    return null;
  }
}

export function createCardReader(
  environment: Pick<CardEnvironment, 'fetch'>,
  serverUrl: string,
  site: string,
): ReadCard {
  const query = `?${SITE_QUERY}=${site}`;
  const headers = {
    'Content-Type': 'application/json',
    [HEADERS.protocol]: String(PROTOCOL_VERSION),
    Authorization: `Bearer ${createVisitorToken()}`,
  };
  return async (name, input) => {
    const url = serverUrl + commandPath({ audience: 'visitor', name }) + query;
    const answer = await ask(environment, url, { method: 'POST', headers, body: JSON.stringify(input) });
    if (answer) return answer;
    // A browser hides a refused answer from the page; the server says openly whether this page may embed the site.
    const refusal = await ask(environment, serverUrl + EMBED_CHECK_PATH + query, {});
    return refusal?.ok === false ? refusal : UNREACHABLE;
  };
}
