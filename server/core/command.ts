/**
 * Binds the wire definitions of `protocol/` to permissions, limits and service calls. One binding serves both
 * transports; the type of {@link bindCommands} refuses a table that leaves a command out.
 */
import type { CommandDefinition } from '@frontdesk/protocol/command';
import type { z } from 'zod';
import type { DeviceKind } from '@frontdesk/protocol/vocabulary';
import type {
  DeviceContext,
  PublicContext,
  RequestContext,
  StaffContext,
  TicketContext,
  VisitorContext,
} from './context.js';
import type { LimitName } from './limits.js';
import type { Permission } from './permissions.js';

interface ContextByAudience {
  readonly public: PublicContext;
  readonly visitor: VisitorContext;
  readonly staff: StaffContext;
  readonly device: DeviceContext;
  readonly ticket: TicketContext;
}
type ContextOf<Definition extends CommandDefinition> = ContextByAudience[Definition['audience']];

interface BindingBase<Definition extends CommandDefinition> {
  /** Counted before anything is parsed. */
  readonly limit: LimitName;
  /** What the command writes carries its key under a unique index, so the idempotency ledger need not remember it too. */
  readonly storesKey?: boolean;
  readonly handle: (
    context: ContextOf<Definition>,
    input: z.output<Definition['input']>,
  ) => Promise<z.input<Definition['output']>>;
}

/**
 * Staff commands name a permission, device commands the kinds of device; visitor commands say whether an unverified visitor
 * may call them on a strict site.
 */
export type CommandBinding<Definition extends CommandDefinition> = BindingBase<Definition> &
  (Definition['audience'] extends 'staff'
    ? { readonly permission: Permission }
    : Definition['audience'] extends 'visitor'
      ? { readonly openToUnverified: boolean }
      : Definition['audience'] extends 'device'
        ? { readonly kinds: readonly DeviceKind[] }
        : { readonly permission?: never });

export interface BoundCommand {
  readonly definition: CommandDefinition;
  readonly limit: LimitName;
  readonly permission: Permission | null;
  readonly openToUnverified: boolean;
  readonly kinds: readonly DeviceKind[];
  readonly storesKey: boolean;
  readonly handle: (context: RequestContext, input: unknown) => Promise<unknown>;
}

type BindingsOf<Definitions extends Readonly<Record<string, CommandDefinition>>> = {
  readonly [Name in keyof Definitions]: CommandBinding<Definitions[Name]>;
};

export function bindCommands<const Definitions extends Readonly<Record<string, CommandDefinition>>>(
  definitions: Definitions,
  bindings: BindingsOf<Definitions>,
): BoundCommand[] {
  return Object.entries(definitions).map(([name, definition]) => {
    const binding = bindings[name as keyof Definitions] as unknown as {
      limit: LimitName;
      permission?: Permission;
      openToUnverified?: boolean;
      kinds?: readonly DeviceKind[];
      storesKey?: boolean;
      handle: BoundCommand['handle'];
    };
    return {
      definition,
      limit: binding.limit,
      permission: binding.permission ?? null,
      openToUnverified: binding.openToUnverified ?? false,
      kinds: binding.kinds ?? [],
      storesKey: binding.storesKey ?? false,
      handle: binding.handle,
    };
  });
}
