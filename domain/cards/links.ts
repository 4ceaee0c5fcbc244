/** Where the buttons of a card lead: plain addresses that every phone and browser knows (CC-5). */
import type { CardPhone } from '@frontdesk/protocol/cards';
import type { MapService } from '@frontdesk/protocol/vocabulary';
import type { CardPosition } from './card-data.js';

/** RFC 3966; the extension is dialled when somebody answers. */
export function telLink({ number, extension }: CardPhone): string {
  return `tel:${number}${extension === null ? '' : `;ext=${extension}`}`;
}

/** RFC 5724. */
export function smsLink(number: string, text: string | null): string {
  return `sms:${number}${text === null ? '' : `?body=${encodeURIComponent(text)}`}`;
}

/** WhatsApp's "click to chat": digits alone, without the plus. */
export function whatsappLink(number: string, text: string | null): string {
  const query = text === null ? '' : `?text=${encodeURIComponent(text)}`;
  return `https://wa.me/${number.replace('+', '')}${query}`;
}

/** RFC 6068: what a mailbox may contain and an address must not is percent-encoded, the `@` alone is not. */
export function mailLink(email: string, text: string | null): string {
  const body = text === null ? '' : `?body=${encodeURIComponent(text)}`;
  return `mailto:${email.split('@').map(encodeURIComponent).join('@')}${body}`;
}

export interface Destination {
  readonly name: string;
  readonly address: string | null;
  readonly position: CardPosition | null;
}

/** null where neither a position nor an address says where it is. */
export function mapLink(service: MapService, { name, address, position }: Destination): string | null {
  const point = position && `${position.latitude},${position.longitude}`;
  const place = point ?? (address === null ? null : `${name}, ${address}`);
  if (place === null) return null;
  const encoded = encodeURIComponent(place);
  switch (service) {
    case 'google':
      return `https://www.google.com/maps/dir/?api=1&destination=${encoded}`;
    case 'apple':
      return `https://maps.apple.com/?daddr=${encoded}`;
    case 'waze':
      return `https://waze.com/ul?${point === null ? 'q' : 'll'}=${encoded}&navigate=yes`;
    case 'geo':
      // RFC 5870, with the query that phones understand beside it: a pin with a name.
      return point === null
        ? `geo:0,0?q=${encoded}`
        : `geo:${point}?q=${encodeURIComponent(point)}(${encodeURIComponent(name)})`;
  }
}
