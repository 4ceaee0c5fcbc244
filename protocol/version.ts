/**
 * The wire protocol's version. An embed cached on a customer's page will be older than the server, so the server
 * states a range and names the reason when a client falls outside it.
 */
export const PROTOCOL_VERSION = 1;

/** The oldest and newest client protocol that this server understands. */
export const SUPPORTED_PROTOCOLS = { min: 1, max: 1 } as const;

export const INCOMPATIBILITY_REASONS = {
  clientTooOld: 'CLIENT_TOO_OLD',
  serverTooOld: 'SERVER_TOO_OLD',
  malformed: 'PROTOCOL_MALFORMED',
} as const;

export type IncompatibilityReason = (typeof INCOMPATIBILITY_REASONS)[keyof typeof INCOMPATIBILITY_REASONS];

/** Says why a client of `version` cannot be served, or undefined when it can. */
export function findIncompatibility(version: unknown): IncompatibilityReason | undefined {
  if (typeof version !== 'number' || !Number.isInteger(version)) return INCOMPATIBILITY_REASONS.malformed;
  if (version < SUPPORTED_PROTOCOLS.min) return INCOMPATIBILITY_REASONS.clientTooOld;
  if (version > SUPPORTED_PROTOCOLS.max) return INCOMPATIBILITY_REASONS.serverTooOld;
  return undefined;
}
