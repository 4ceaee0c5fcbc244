import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { PlaceData, SetupDesk } from './setup-desk.js';
import { SetupForm } from './setup-form.js';

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * A form of one stored record, which others may change while it is open. Each field is followed for itself: one that nobody touched
 * here shows what was stored meanwhile, one that was typed into stays; only the latter are sent, so that two people who change
 * different fields do not undo each other.
 */
export abstract class RecordForm<
  Stored extends { readonly id: string },
  Draft extends object,
  Key extends string = never,
  Data extends PlaceData = PlaceData,
  Desk extends SetupDesk<Data> = SetupDesk<Data>,
> extends SetupForm<Draft, Key, Data, Desk> {
  /** null while a new one is written. */
  @property({ attribute: false }) record: Stored | null = null;
  @property({ attribute: false }) back: () => void = () => undefined;
  @property({ attribute: false }) saved: (record: Stored) => void = () => undefined;

  /** Somebody else stored something else in a field that was typed into here. */
  @state() private hasTwin = false;
  private base: Draft | null = null;

  protected abstract blank(): Draft;
  protected abstract toDraft(record: Stored): Draft;

  protected override willUpdate(changed: PropertyValues): void {
    if (this.draft !== null && !changed.has('record')) return;
    const stored = this.record === null ? this.blank() : this.toDraft(this.record);
    if (this.draft === null || this.base === null) this.begin(stored);
    else this.follow(stored, this.draft, this.base);
  }

  private begin(stored: Draft): void {
    this.draft = stored;
    this.base = stored;
    this.hasTwin = false;
    this.problems = {};
    if (this.phase !== 'busy') this.phase = 'idle';
  }

  private follow(stored: Draft, draft: Draft, base: Draft): void {
    const names = Object.keys(stored) as (keyof Draft)[];
    const typed = names.filter((name) => !isSame(draft[name], base[name]));
    this.hasTwin ||= typed.some((name) => !isSame(stored[name], base[name]) && !isSame(stored[name], draft[name]));
    this.draft = { ...stored, ...Object.fromEntries(typed.map((name) => [name, draft[name]])) };
    this.base = stored;
  }

  /** What was typed here; everything of a new record. */
  protected get changes(): Partial<Draft> {
    const { draft, base } = this;
    if (draft === null || base === null) return {};
    if (this.record === null) return draft;
    const names = Object.keys(draft) as (keyof Draft)[];
    return Object.fromEntries(
      names.filter((name) => !isSame(draft[name], base[name])).map((name) => [name, draft[name]]),
    ) as Partial<Draft>;
  }

  /** Keeps what a save answered; what was typed while it was under way stays. */
  protected async finish(saving: Promise<Stored | null>): Promise<void> {
    const sent = this.draft;
    const stored = await saving;
    if (stored === null) return;
    this.base = sent;
    this.hasTwin = false;
    this.saved(stored);
  }

  protected renderTwin(): TemplateResult | typeof nothing {
    if (!this.hasTwin) return nothing;
    const { words, base } = this;
    return html`<div class="notice" role="status">
      <p>${words.t('twinChanged')}</p>
      <button class="button button--small" type="button" @click=${() => base && this.begin(base)}>
        ${words.t('twinTake')}
      </button>
    </div>`;
  }
}
