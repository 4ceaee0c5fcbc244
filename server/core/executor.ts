/**
 * The one path from a request to its answer, for both transports (SOC-01): limit → parse → authorise → act → check the
 * answer. Nothing here knows HTTP or Socket.IO.
 */
import type { z } from 'zod';
import { idempotencyKey as idempotencyKeySchema } from '@frontdesk/protocol/fields';
import type { Audience } from '@frontdesk/protocol/command';
import type { Result } from '@frontdesk/protocol/result';
import type { BoundCommand } from './command.js';
import type { RequestContext } from './context.js';
import { AppError, toAppError } from './errors.js';
import type { IdempotencyLedger } from './idempotency.js';
import { isCountedByAddress, type LimitName, type Limits } from './limits.js';
import { canRole } from './permissions.js';

export interface CommandRequest {
  readonly input: unknown;
  readonly idempotencyKey?: unknown;
}

export interface Executor {
  /** undefined for a command that this audience does not have. */
  find(audience: Audience, name: string): BoundCommand | undefined;
  list(): readonly BoundCommand[];
  execute(command: BoundCommand, context: RequestContext, request: CommandRequest): Promise<Result<unknown>>;
  /** From now on every state-changing command is refused with DRAINING. */
  startDraining(): void;
  /** Resolves when no command is running. */
  settle(): Promise<void>;
}

export interface ExecutorDeps {
  readonly commands: readonly BoundCommand[];
  readonly limits: Limits;
  readonly ledger: IdempotencyLedger;
}

/** What a limit counts: the person or token where there is one, the address otherwise. Keys carry the tenant (TEN-11). */
function limitKey(limit: LimitName, context: RequestContext): string {
  const { actor } = context;
  if (isCountedByAddress(limit)) return `${context.tenantId}:${context.ipPrefix}`;
  if (actor.kind === 'staff') return `${context.tenantId}:${actor.membershipId}`;
  if (actor.kind === 'visitor') return `${context.tenantId}:${actor.siteId}:${actor.tokenHash}`;
  if (actor.kind === 'device') return `${context.tenantId}:${actor.deviceId}`;
  if (actor.kind === 'ticket') return `${context.tenantId}:${actor.ticketId}`;
  return context.ipPrefix;
}

function toFields(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues.slice(0, 20)) fields[issue.path.map(String).join('.') || '*'] ??= issue.message;
  return fields;
}

function parse(schema: z.ZodType, value: unknown): unknown {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new AppError('VALIDATION', { fields: toFields(parsed.error) });
  return parsed.data;
}

function authorize(command: BoundCommand, context: RequestContext): void {
  const { actor } = context;
  if (command.definition.audience === 'public') return;
  if (actor.kind !== command.definition.audience) throw new AppError('UNAUTHENTICATED');
  if (actor.kind === 'staff' && !(command.permission && canRole(actor.role, command.permission))) {
    throw new AppError('FORBIDDEN');
  }
  if (actor.kind === 'staff' && actor.commands?.has(command.definition.name) === false) throw new AppError('FORBIDDEN');
  if (actor.kind === 'device' && !command.kinds.includes(actor.deviceKind)) throw new AppError('FORBIDDEN');
  if (actor.kind === 'visitor' && actor.requireIdentity && !actor.verified && !command.openToUnverified) {
    throw new AppError('UNAUTHENTICATED', {
      message: 'This business talks to people who are signed in on its website.',
    });
  }
}

export function createExecutor(deps: ExecutorDeps): Executor {
  const table = new Map(
    deps.commands.map((command) => [`${command.definition.audience} ${command.definition.name}`, command]),
  );
  if (table.size !== deps.commands.length) throw new Error('A command is bound twice.');
  let isDraining = false;
  let running = 0;
  const waiters = new Set<() => void>();

  async function act(command: BoundCommand, context: RequestContext, request: CommandRequest): Promise<unknown> {
    const { definition } = command;
    if (isDraining && definition.idempotency !== 'read') throw new AppError('DRAINING', { retryAfterMs: 2_000 });
    await deps.limits.consume(command.limit, limitKey(command.limit, context));
    const input = parse(definition.input, request.input);
    authorize(command, context);
    if (definition.idempotency !== 'key') return command.handle(context, input);
    const key = idempotencyKeySchema.safeParse(request.idempotencyKey);
    if (!key.success) throw new AppError('VALIDATION', { fields: { idempotencyKey: 'must be a UUIDv7' } });
    const keyed = { ...context, idempotencyKey: key.data };
    if (keyed.tenantId === null || command.storesKey) return command.handle(keyed, input);
    return deps.ledger.run(keyed, {
      command: definition.name,
      key: key.data,
      input,
      act: () => command.handle(keyed, input),
    });
  }

  function checkAnswer(command: BoundCommand, answer: unknown): unknown {
    const parsed = command.definition.output.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new Error(
      `${command.definition.name} answered outside its contract: ${Object.keys(toFields(parsed.error)).join(', ')}`,
    );
  }

  function finish(): void {
    running -= 1;
    if (running > 0) return;
    for (const wake of waiters) wake();
    waiters.clear();
  }

  return {
    find: (audience, name) => table.get(`${audience} ${name}`),
    list: () => deps.commands,
    async execute(command, context, request) {
      running += 1;
      try {
        return { ok: true, data: checkAnswer(command, await act(command, context, request)) };
      } catch (error) {
        const failure = toAppError(error);
        if (failure.code === 'INTERNAL' || failure.code === 'STORE_UNAVAILABLE') {
          context.log.error({ err: error, command: command.definition.name }, 'a command failed');
        }
        return { ok: false, error: failure.toBody(context.requestId) };
      } finally {
        finish();
      }
    },
    startDraining() {
      isDraining = true;
    },
    async settle() {
      if (running === 0) return;
      await new Promise<void>((resolve) => waiters.add(resolve));
    },
  };
}
