/** A card in one language, before it becomes a vCard, JSON-LD, links or a page. What is null is not there or not shown. */
import type { CardPhone } from '@frontdesk/protocol/cards';
import type { OpeningHours } from '@frontdesk/protocol/hours';
import type { CardSubject } from '@frontdesk/protocol/vocabulary';

export interface CardPosition {
  readonly latitude: number;
  readonly longitude: number;
}

export interface CardData {
  /** Page of the card; its address is the card's name in the world. */
  readonly url: string;
  readonly subject: CardSubject;
  readonly name: string;
  readonly businessName: string;
  readonly role: string | null;
  readonly about: string | null;
  /** `data:` URL. */
  readonly photo: string | null;
  readonly phone: CardPhone | null;
  readonly whatsapp: string | null;
  readonly sms: string | null;
  readonly email: string | null;
  readonly address: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly position: CardPosition | null;
  readonly website: string | null;
  readonly links: readonly { readonly label: string; readonly url: string }[];
  readonly timeZone: string;
  readonly hours: OpeningHours | null;
  /** When anything of it changed last. */
  readonly updatedAt: Date;
}
