/** Use cases of contact cards. */
import type { z } from 'zod';
import type { cardStaffCommands, cardVisitorCommands, CardDto, CardView } from '@frontdesk/protocol/cards';
import type { CardId } from '@frontdesk/protocol/ids';
import type { Locale } from '@frontdesk/protocol/locales';
import type { Chat } from '../chat/index.js';
import type { StaffContext, VisitorContext } from '../core/context.js';
import type { CoreDeps } from '../core/deps.js';
import { AppError } from '../core/errors.js';
import type { FactPublisher } from '../core/facts.js';
import { withoutUndefined } from '../core/patch.js';
import { readPhoneNumber } from '../core/phone-numbers.js';
import type { ProofOfWorkGate } from '../core/proof-of-work.js';
import { rooms } from '../core/rooms.js';
import type { LocationDirectory } from '../locations/index.js';
import type { TenancyDirectory } from '../tenancy/index.js';
import { presentCard, presentView, type CardInPlace } from './cards.presenter.js';
import type { CardStore } from './cards.store.js';
import type { Card, CardFields, Scoped } from './cards.types.js';

type StaffInput<Name extends keyof typeof cardStaffCommands> = z.output<(typeof cardStaffCommands)[Name]['input']>;
type Message = z.output<(typeof cardVisitorCommands)['card:send-message']['input']>;

export interface CardsDeps extends CoreDeps {
  readonly facts: FactPublisher;
  readonly directory: Pick<TenancyDirectory, 'findTenant'>;
  readonly locations: LocationDirectory;
  readonly chat: Pick<Chat, 'deliver'>;
  readonly proofOfWork: Pick<ProofOfWorkGate, 'spend'>;
}

const NEW_CARD: Omit<CardFields, 'locationId' | 'subject' | 'name'> = {
  roles: null,
  abouts: null,
  photo: null,
  phone: null,
  sms: null,
  whatsapp: null,
  email: null,
  openers: null,
  position: null,
  buttons: ['call', 'whatsapp', 'sms', 'email', 'directions'],
  maps: ['google', 'apple', 'waze'],
  website: null,
  book: { serviceId: null, staffId: null },
  links: [],
  showsHours: true,
  hours: null,
  hidesContactData: false,
  hasForm: true,
};

export type CardsService = ReturnType<typeof createCardsService>;

export function createCardsService(deps: CardsDeps & { readonly store: CardStore }) {
  const { store, clock, locations } = deps;

  const urlOf = (id: CardId): string => `${deps.config.publicUrl}/cards/${id}.html`;

  function announce({ tenantId }: Card): void {
    deps.facts.toStaff(rooms.tenantStaff(tenantId), 'workspace:changed', { what: 'cards' });
  }

  async function place(context: Scoped, card: Card | undefined): Promise<CardInPlace | undefined> {
    if (!card || card.isArchived) return undefined;
    const [location, tenant] = await Promise.all([
      locations.find(context, card.locationId),
      deps.directory.findTenant(context),
    ]);
    if (!location || !tenant || tenant.suspended) return undefined;
    return { card, location, businessName: tenant.name };
  }

  async function findInPlace(context: Scoped, id: CardId): Promise<CardInPlace> {
    const found = await place(context, await store.find(context, id));
    if (!found) throw new AppError('NOT_FOUND');
    return found;
  }

  async function view(
    context: VisitorContext,
    { cardId, locale }: { readonly cardId: CardId; readonly locale: Locale },
    isRevealed: boolean,
  ): Promise<CardView> {
    const found = await findInPlace(context, cardId);
    const shown = presentView(found, { locale, isRevealed, url: urlOf(cardId) }, clock.now());
    const { requireIdentity, verified } = context.actor;
    // Whoever may not write is not shown a form.
    return { ...shown, hasForm: shown.hasForm && (verified || !requireIdentity) };
  }

  /** NOT_FOUND before anything else, so that a foreign card is the same as none. */
  async function sendMessage(context: VisitorContext, input: Message): Promise<void> {
    const { card, location } = await findInPlace(context, input.cardId);
    if (!card.hasForm) throw new AppError('NOT_FOUND');
    // A number that has to be corrected costs no second proof.
    const phone = readPhoneNumber(input.phone, location.country) ?? undefined;
    await deps.proofOfWork.spend(context, 'card-message', input.proof);
    if (input.website !== '') return;
    const { name, body, locale } = input;
    await deps.chat.deliver(context, { body, name, locale, email: input.email ?? undefined, phone });
  }

  return {
    urlOf,
    view,
    sendMessage,
    /** For pages that are asked for by the id alone; undefined also when the business is suspended. */
    async findPublic(id: string): Promise<CardInPlace | undefined> {
      const card = await store.findAnywhere(id);
      return card && place(card, card);
    },
    async list(context: StaffContext): Promise<CardDto[]> {
      return (await store.list(context)).map(presentCard);
    },
    async create(context: StaffContext, input: StaffInput<'card:create'>): Promise<CardDto> {
      if (!(await locations.find(context, input.locationId))) throw new AppError('NOT_FOUND');
      const fields = { ...NEW_CARD, ...withoutUndefined(input) } as CardFields;
      const card = await store.insert(context, fields, new Date(clock.now()));
      announce(card);
      return presentCard(card);
    },
    async update(context: StaffContext, { cardId, ...patch }: StaffInput<'card:update'>): Promise<CardDto> {
      const card = await store.update(context, cardId, patch, new Date(clock.now()));
      if (!card) throw new AppError('NOT_FOUND');
      announce(card);
      return presentCard(card);
    },
  };
}
