import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { ENGLISH, type StaffWords } from './words.js';

/** Base of the inner staff elements. Theme tokens are inherited; the words come from the element outside. */
export class StaffElement extends LitElement {
  /** Words, numbers and times of the reader's language. */
  @property({ attribute: false }) words: StaffWords = ENGLISH;
}

/**
 * A request from an inner element to the element that owns the store. It crosses our own shadow roots and is stopped
 * at the outermost element, so a page never hears it.
 */
export class RequestEvent<Request> extends Event {
  readonly request: Request;

  constructor(type: string, request: Request) {
    super(type, { bubbles: true, composed: true });
    this.request = request;
  }
}
