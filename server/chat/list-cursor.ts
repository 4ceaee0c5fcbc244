/**
 * Place in a list, for the next page: activity and id of the last row. Opaque to clients; a cursor of another tenant or
 * view, or a made-up one, is a VALIDATION error.
 */
import { createHash } from 'node:crypto';
import { OBJECT_ID_PATTERN, type ConversationId, type TenantId } from '@frontdesk/protocol/ids';
import type { ListView } from '@frontdesk/protocol/vocabulary';
import { AppError } from '../core/errors.js';
import type { Position } from './chat.store.js';

const PATTERN = /^(?<at>\d{1,15})\.(?<id>[0-9a-f]{24})\.(?<seal>[A-Za-z0-9_-]{16})$/;

/** Ties the cursor to its list. It guards against mix-ups; the tenant's own scope is in every query anyway. */
function seal(tenantId: TenantId, view: ListView, at: string, id: string): string {
  return createHash('sha256').update(`${tenantId}\n${view}\n${at}\n${id}`).digest('base64url').slice(0, 16);
}

export function writeCursor(tenantId: TenantId, view: ListView, last: Position): string {
  const at = String(last.at.getTime());
  return `${at}.${last.id}.${seal(tenantId, view, at, last.id)}`;
}

export function readCursor(tenantId: TenantId, view: ListView, cursor: string): Position {
  const { at = '', id = '', seal: given } = PATTERN.exec(cursor)?.groups ?? {};
  if (!OBJECT_ID_PATTERN.test(id) || given !== seal(tenantId, view, at, id)) {
    throw new AppError('VALIDATION', { fields: { cursor: 'is not a cursor of this list' } });
  }
  return { at: new Date(Number(at)), id: id as ConversationId };
}
