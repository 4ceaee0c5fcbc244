import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { LocaleController } from '../../core/locale.js';
import { partsCatalogue } from '../../locales/booking-parts.js';
import { BookingRequestEvent, type BookingRequest } from '../booking-events.js';
import type { BookingWords } from '../booking-words.js';
import type { BookingState } from '../start-store.js';

/** What the elements of a visit's parts have in common: the form's state and words, and words of their own. */
export class PartsElement extends LitElement {
  // An element that is defined after it was placed is connected before it has its properties.
  protected readonly language = new LocaleController(
    this,
    partsCatalogue,
    () => (this.words as BookingWords | undefined)?.tag,
  );

  /** Those of booking. */
  @property({ attribute: false })
  words!: BookingWords;

  @property({ attribute: false })
  state!: BookingState;

  protected override willUpdate(): void {
    this.language.refresh();
  }

  protected ask(request: BookingRequest): void {
    this.dispatchEvent(new BookingRequestEvent(request));
  }
}
