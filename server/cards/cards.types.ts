/** A contact card as it is kept: what the contract says, and whose it is. */
import type { cardFields } from '@frontdesk/protocol/cards';
import type { CardId, TenantId } from '@frontdesk/protocol/ids';
import type { z } from 'zod';

export interface Scoped {
  readonly tenantId: TenantId | null;
}

export type CardFields = { readonly [Name in keyof typeof cardFields]: z.output<(typeof cardFields)[Name]> };

export interface Card extends CardFields {
  readonly id: CardId;
  readonly tenantId: TenantId;
  readonly isArchived: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
