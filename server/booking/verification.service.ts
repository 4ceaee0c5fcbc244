/**
 * Codes that prove an address (BK-34). A code is six digits that follow from the server's secret and a number drawn at random: it is
 * kept nowhere, and whoever sends it later works it out again. It counts for ten minutes and five tries.
 *
 * Everything that a code is asked or tried with goes into one digest; so an address that was never asked about, a code of another
 * visitor and one that was forgotten look the same.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { CodeChecked, CodeSent } from '@frontdesk/protocol/booking-verification';
import type { BookingServiceId, IdempotencyKey } from '@frontdesk/protocol/ids';
import { CODE_LENGTH } from '@frontdesk/protocol/limits';
import type { Locale } from '@frontdesk/protocol/locales';
import type { ProofOfWork } from '@frontdesk/protocol/proof';
import type { VerificationChannel } from '@frontdesk/protocol/vocabulary';
import type { Clock } from '../core/clock.js';
import type { VisitorContext } from '../core/context.js';
import { deriveSecret } from '../core/derived.js';
import { AppError } from '../core/errors.js';
import type { JobQueue } from '../core/jobs.js';
import type { Limits } from '../core/limits.js';
import type { ProofOfWorkGate } from '../core/proof-of-work.js';
import type { Scoped, Write } from './booking.types.js';
import { toWrite } from './requests.js';
import type { Schedules } from './schedules.js';
import type { Verification, VerificationStore } from './verification.store.js';
import { findOffered } from './visits.js';

export const CODE_MINUTES = 10;
export const MAX_TRIES = 5;
const codeMs = CODE_MINUTES * 60_000;
/** A mail takes its time; who asks again sooner has two codes under way, of which one is of no use. */
const RESEND_MS = 60_000;
/** Time to look for another hour when the one that was held is gone. */
const VERIFIED_MS = 30 * 60_000;

declare module '../core/jobs.js' {
  interface JobPayloads {
    'booking-code:send': { key: string; nonce: string };
  }
}

/** Who proves which address, to book what. */
export interface Proving {
  readonly serviceId: BookingServiceId;
  readonly channel: VerificationChannel;
  /** As the channel tells two apart: an e-mail address in lower case. */
  readonly address: string;
}

export interface VerificationDeps {
  readonly verifications: VerificationStore;
  readonly schedules: Pick<Schedules, 'read'>;
  readonly proofOfWork: Pick<ProofOfWorkGate, 'spend'>;
  readonly limits: Pick<Limits, 'consume'>;
  readonly jobs: Pick<JobQueue, 'enqueue'>;
  readonly clock: Clock;
  readonly secret: Buffer;
}

/** Each digit string is as likely as any other, to one part in 10^13. */
export function createCode(secret: Buffer, { key, nonce }: Pick<Verification, 'key' | 'nonce'>): string {
  const number = deriveSecret(secret, `code ${key} ${nonce}`).readBigUInt64BE() % 10n ** BigInt(CODE_LENGTH);
  return String(number).padStart(CODE_LENGTH, '0');
}

export type VerificationService = ReturnType<typeof createVerificationService>;

export function createVerificationService(deps: VerificationDeps) {
  const { verifications, limits, clock, secret } = deps;
  const digest = (text: string): string => deriveSecret(secret, text).toString('base64url');

  const nameOf = ({ tenantId, actor }: VisitorContext, { serviceId, channel, address }: Proving): string =>
    digest(`proving ${tenantId} ${actor.tokenHash} ${serviceId} ${channel} ${address}`);

  function isCode(of: Verification, given: string): boolean {
    const [expected, typed] = [createCode(secret, of), given].map((code) => deriveSecret(secret, `typed ${code}`));
    return expected !== undefined && typed !== undefined && timingSafeEqual(expected, typed);
  }

  /** A business that asks for no codes sends none, so that nobody makes it a source of mail. */
  async function requireAsked(context: Scoped, { serviceId, channel }: Proving): Promise<void> {
    const { schedule } = await deps.schedules.read(context);
    findOffered(schedule, serviceId, null);
    const isAsked = [...schedule.services.values()].some((one) => !one.isArchived && one.verification === channel);
    if (!isAsked) throw new AppError('NOT_FOUND');
  }

  function refuseEarly({ resendAt }: Verification): AppError {
    return new AppError('RATE_LIMITED', { retryAfterMs: Math.max(1, resendAt.getTime() - clock.now()) });
  }

  async function consumeBudgets(context: VisitorContext, { channel, address }: Proving): Promise<void> {
    const { tenantId, actor } = context;
    await limits.consume('code-per-address', `${tenantId}:${digest(`${tenantId} ${channel} ${address}`)}`);
    await limits.consume('code-per-site', `${tenantId}:${actor.siteId}`);
  }

  async function send(context: VisitorContext, code: Verification): Promise<CodeSent> {
    const { key, nonce, expiresAt, resendAt, tries } = code;
    await deps.jobs.enqueue(context, 'booking-code:send', { key: nonce, payload: { key, nonce } });
    const left = Math.max(0, MAX_TRIES - tries);
    return { expiresAt: expiresAt.toISOString(), resendAt: resendAt.toISOString(), triesLeft: left };
  }

  function draw(context: VisitorContext, proving: Proving, locale: Locale, askedBy: IdempotencyKey | ''): Verification {
    const now = clock.now();
    return {
      ...proving,
      locale,
      askedBy,
      key: nameOf(context, proving),
      nonce: randomBytes(16).toString('base64url'),
      resendAt: new Date(now + RESEND_MS),
      expiresAt: new Date(now + codeMs),
      forgetAt: new Date(now + codeMs),
      ...{ tries: 0, checks: [], verifiedUntil: null, usedBy: null, uses: 0 },
    };
  }

  /** How a try was judged when it was counted. */
  function present({ checks }: Verification, write: Write): CodeChecked | undefined {
    const at = checks.findIndex(({ key }) => key === write.key);
    const check = checks[at];
    if (!check) return undefined;
    if (check.hash !== write.hash) throw new AppError('IDEMPOTENCY_MISMATCH');
    return { outcome: check.isRight ? 'verified' : 'wrong', triesLeft: MAX_TRIES - at - 1 };
  }

  return {
    async request(
      context: VisitorContext,
      { locale, proof, ...proving }: Proving & { readonly locale: Locale; readonly proof: ProofOfWork },
    ): Promise<CodeSent> {
      await requireAsked(context, proving);
      const askedBy = context.idempotencyKey ?? '';
      const known = await verifications.find(context, nameOf(context, proving));
      // The try that asked for it died before it could say so.
      if (known && known.askedBy === askedBy) return send(context, known);
      if (known && known.resendAt.getTime() > clock.now()) throw refuseEarly(known);
      await deps.proofOfWork.spend(context, 'booking', proof);
      await consumeBudgets(context, proving);
      const fresh = draw(context, proving, locale, askedBy);
      if (await verifications.replace(context, fresh, new Date(clock.now()))) return send(context, fresh);
      throw refuseEarly((await verifications.find(context, fresh.key)) ?? fresh);
    },
    async check(context: VisitorContext, input: Proving & { readonly code: string }): Promise<CodeChecked> {
      const tried = toWrite(context, 'verification:check', input);
      // What was tried may be the code, which must not be found by hashing all there are.
      const write = { key: tried.key, hash: digest(tried.hash) };
      const key = nameOf(context, input);
      // A code that was replaced between reading and counting is read again; it is replaced once a minute.
      for (;;) {
        const known = await verifications.find(context, key);
        const judged = known && present(known, write);
        if (judged) return judged;
        const now = new Date(clock.now());
        if (!known) await requireAsked(context, input);
        if (!known || known.expiresAt <= now) return { outcome: 'expired', triesLeft: 0 };
        if (known.tries >= MAX_TRIES) return { outcome: 'exhausted', triesLeft: 0 };
        const verifiedUntil = new Date(now.getTime() + VERIFIED_MS);
        const check = { ...write, isRight: isCode(known, input.code), verifiedUntil, maxTries: MAX_TRIES };
        const counted = await verifications.count(context, known, check, now);
        const answer = counted && present(counted, write);
        if (answer) return answer;
      }
    },
    /** False when the address was not proved, too long ago, or for another booking. */
    spend: (context: VisitorContext, proving: Proving, write: Write): Promise<boolean> =>
      verifications.spend(context, nameOf(context, proving), write, new Date(clock.now())),
    giveBack: (context: VisitorContext, proving: Proving, write: Write): Promise<void> =>
      verifications.giveBack(context, nameOf(context, proving), write),
  };
}
