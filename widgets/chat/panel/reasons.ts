import type { CustomerKey } from '../../locales/en.js';

/** Why a message failed for good, in words for the person who wrote it. */
export function reasonKey(code: string | undefined): CustomerKey {
  switch (code) {
    case 'TOO_LARGE':
      return 'chat.reason.tooLarge';
    case 'FORBIDDEN':
    case 'ORIGIN_NOT_ALLOWED':
      return 'chat.reason.refused';
    case 'UNAUTHENTICATED':
    case 'TOKEN_EXPIRED':
      return 'chat.reason.identity';
    case 'VALIDATION':
    case 'UNSUPPORTED_TYPE':
      return 'chat.reason.invalid';
    default:
      return 'chat.reason.unknown';
  }
}
