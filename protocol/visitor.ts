/** Event map of the `/visitor` namespace: what a website's visitor asks and hears. Types only. */
import type { CommandTypes, SocketRequest } from './command.js';
import type { z } from 'zod';
import type { classVisitorCommands } from './booking-class.js';
import type { courseVisitorCommands } from './booking-course.js';
import type { verificationVisitorCommands } from './booking-verification.js';
import type { fileVisitorCommands } from './booking-files.js';
import type { bookingVisitorCommands } from './booking-visitor.js';
import type { cardVisitorCommands } from './cards.js';
import type { chatVisitorCommands } from './chat.js';
import type { proofVisitorCommands } from './proof.js';
import type { queueVisitorCommands } from './queue-phone.js';
import type { Result } from './result.js';
import type { SiteKey, VisitorToken } from './ids.js';
import type { visitorFacts } from './facts.js';

export type VisitorCommands = CommandTypes<
  typeof chatVisitorCommands &
    typeof queueVisitorCommands &
    typeof bookingVisitorCommands &
    typeof classVisitorCommands &
    typeof courseVisitorCommands &
    typeof verificationVisitorCommands &
    typeof fileVisitorCommands &
    typeof cardVisitorCommands &
    typeof proofVisitorCommands
>;
export type VisitorCommandName = keyof VisitorCommands;

/**
 * `auth` of the handshake; the handshake URL names the site too (SITE_QUERY), because it is checked before `auth` arrives.
 * HTTP twins send the token as `Authorization: Bearer`.
 * The token is made by the browser and may be unknown to the server until a first message. */
export interface VisitorHandshake {
  readonly site: SiteKey;
  readonly token: VisitorToken;
  readonly protocol: number;
}

export type VisitorClientEvents = {
  [Name in VisitorCommandName]: (
    request: SocketRequest<VisitorCommands[Name]['input']>,
    acknowledge: (result: Result<VisitorCommands[Name]['output']>) => void,
  ) => void;
};

export type VisitorFacts = { [Name in keyof typeof visitorFacts]: z.output<(typeof visitorFacts)[Name]> };
export type VisitorFactName = keyof VisitorFacts;
export type VisitorServerEvents = { [Name in VisitorFactName]: (fact: VisitorFacts[Name]) => void };
