/**
 * Proving that one can be reached at an address, where a service asks for it: a code travels to the address and comes back through the
 * form (BK-34). What was proved counts for the browser that asked, the service and the address, and for one booking.
 *
 * Who is signed in on the website proves nothing: the website's server signs what it knows of them (BK-38).
 */
import { z } from 'zod';
import { defineCommand } from './command.js';
import { email, id, instant, locale } from './fields.js';
import type { BookingServiceId } from './ids.js';
import { proofOfWork } from './proof.js';
import { CODE_OUTCOMES, VERIFICATION_CHANNELS } from './vocabulary.js';

/**
 * A JWT of the website's server, as it also proves who a visitor of the chat is: HS256 with an identity secret of the site (`kid`), the
 * site's key as `aud`, `exp` within the hour; `name`, `email` and `phone` as far as they are known.
 */
export const prefillToken = z.string().min(20).max(4_000);

/** Whose code it is. */
const proving = {
  /** Of a visit with several services the first. */
  serviceId: id<BookingServiceId>(),
  channel: z.enum(VERIFICATION_CHANNELS),
  address: email,
};

const triesLeft = z.number().int().min(0);

export const codeSent = z.strictObject({
  expiresAt: instant,
  /** Before then another one is refused with RATE_LIMITED. */
  resendAt: instant,
  triesLeft,
});
export type CodeSent = z.output<typeof codeSent>;

export const codeChecked = z.strictObject({
  outcome: z.enum(CODE_OUTCOMES),
  /** With the code that was sent last. */
  triesLeft,
});
export type CodeChecked = z.output<typeof codeChecked>;

export const verificationVisitorCommands = {
  'verification:request': defineCommand({
    name: 'verification:request',
    audience: 'visitor',
    summary:
      'Send a code to this address; it replaces the one before. The answer is the same whether or not anybody knows the address.',
    idempotency: 'key',
    input: z.strictObject({
      ...proving,
      locale,
      /** For the purpose `booking`. */
      proof: proofOfWork,
    }),
    output: codeSent,
    errors: ['PROOF_REFUSED'],
  }),
  'verification:check': defineCommand({
    name: 'verification:check',
    audience: 'visitor',
    summary: 'This is the code. Five tries each; what was proved counts for one booking within the half hour.',
    idempotency: 'key',
    input: z.strictObject({ ...proving, code: z.string().regex(/^\d{6}$/, 'must be six digits') }),
    output: codeChecked,
  }),
} as const;
