import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { FILE_EXTENSIONS, limitsOf } from '@frontdesk/domain/booking/file-kinds';
import type { Question } from '@frontdesk/protocol/booking-fields';
import type { BookingServiceId } from '@frontdesk/protocol/ids';
import { Announcer } from '../../core/a11y.js';
import { baseStyles } from '../../core/base-styles.js';
import { buttonStyles } from '../../core/button-styles.js';
import type { BookingClient } from '../../core/client/booking-client.js';
import { inputStyles } from '../../core/input-styles.js';
import { LocaleController } from '../../core/locale.js';
import { renderIcon } from '../../core/render-icon.js';
import { filesCatalogue } from '../../locales/booking-files.js';
import { BookingRequestEvent } from '../booking-events.js';
import { closeIcon } from '../booking-icons.js';
import { readName, type BookingWords } from '../booking-words.js';
import { circleCheckIcon } from '../visit-icons.js';
import { filesStyles } from './files.styles.js';
import { findUploads, nameUploads, type Upload, type Uploads } from './uploads.js';

const MEGABYTE = 1_024 * 1_024;

/** A question that is answered with files. Fetched when it is asked. */
export class FrontdeskBookingFiles extends LitElement {
  static override shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true };
  static override styles = [baseStyles, buttonStyles, inputStyles, filesStyles];

  private readonly language = new LocaleController(
    this,
    filesCatalogue,
    () => (this.words as BookingWords | undefined)?.tag,
  );
  private readonly announcer = new Announcer();
  private unsubscribe = (): void => {};
  private uploads: Uploads | undefined;
  /** What `uploads` answer. */
  private asked = '';

  /** Those of booking. */
  @property({ attribute: false })
  words!: BookingWords;

  @property({ attribute: false })
  question!: Question;

  /** Services of the visit, one of which asks. */
  @property({ attribute: false })
  serviceIds: readonly BookingServiceId[] = [];

  @property({ attribute: false })
  problem: string | null = null;

  @property({ attribute: false })
  answered: (answer: readonly string[]) => void = () => {};

  @state() private isOver = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.asked = '';
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unsubscribe();
  }

  /** The form draws another question with the same element. */
  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.language.refresh();
    const asked = nameUploads(this);
    if (!this.isConnected || this.asked === asked) return;
    this.asked = asked;
    // The client is the form's; whoever has it gives it.
    const connect = (client: BookingClient): void =>
      this.follow(findUploads({ client, serviceIds: this.serviceIds, question: this.question }));
    this.dispatchEvent(new BookingRequestEvent({ name: 'files', detail: { connect } }));
  }

  private follow(uploads: Uploads): void {
    this.unsubscribe();
    this.uploads = uploads;
    this.unsubscribe = uploads.subscribe(() => this.handleChange(uploads));
    // What arrived while the form showed something else, and nothing that is not shown.
    queueMicrotask(() => this.answered(uploads.answer));
  }

  private handleChange(uploads: Uploads): void {
    this.requestUpdate();
    this.answered(uploads.answer);
    const last = uploads.list.findLast(({ phase }) => phase === 'ready' || phase === 'failed');
    if (last) this.announcer.announce(`${last.name}: ${this.describe(last)}`, `${last.number} ${last.phase}`);
  }

  private get t() {
    const { translator } = this.language;
    return translator.t.bind(translator);
  }

  private writeSize(bytes: number): string {
    const megabytes = bytes / MEGABYTE;
    const isSmall = megabytes < 0.1;
    return this.words.number(isSmall ? Math.max(1, Math.round(bytes / 1_024)) : megabytes, {
      style: 'unit',
      unit: isSmall ? 'kilobyte' : 'megabyte',
      maximumFractionDigits: 1,
    });
  }

  private describe({ phase, problem, size, progress }: Upload): string {
    if (problem) return this.t(`files.problem.${problem}`);
    if (phase === 'sending') return this.words.number(progress, { style: 'percent' });
    return phase === 'waiting' ? this.t('files.waiting') : this.writeSize(size);
  }

  private add(files: FileList | null | undefined): void {
    if (files && files.length > 0) this.uploads?.add([...files]);
  }

  private handlePick(event: Event): void {
    const input = event.target as HTMLInputElement;
    this.add(input.files);
    // The same file may be chosen again after it was removed.
    input.value = '';
  }

  private handleDrag(event: DragEvent): void {
    event.preventDefault();
    this.isOver = event.type === 'dragover';
    if (event.type === 'drop') this.add(event.dataTransfer?.files);
  }

  private discard({ number }: Upload): void {
    this.uploads?.remove(number);
    this.renderRoot.querySelector('input')?.focus();
  }

  private renderUpload(upload: Upload): TemplateResult {
    const { name, number, phase, progress, problem } = upload;
    const mayRetry = phase === 'failed' && (problem === 'network' || problem === 'limit');
    return html`<li>
      <div>
        <span class="name" title=${name}><bdi>${name}</bdi></span>
        <span class="state state--${phase}">
          ${phase === 'ready' ? renderIcon(circleCheckIcon) : nothing} ${this.describe(upload)}
        </span>
      </div>
      <div class="actions">
        ${
          mayRetry
            ? html`<button
                class="button button--small"
                type="button"
                aria-label=${this.t('files.retryName', { name })}
                @click=${() => this.uploads?.retry(number)}
              >
                ${this.t('files.retry')}
              </button>`
            : nothing
        }
        <button
          class="icon-button"
          type="button"
          aria-label=${this.t('files.remove', { name })}
          @click=${() => this.discard(upload)}
        >
          ${renderIcon(closeIcon)}
        </button>
      </div>
      ${phase === 'sending' ? html`<progress aria-label=${name} max="1" .value=${progress}></progress>` : nothing}
    </li>`;
  }

  private describeLimits(): string {
    const { types, maxBytes, maxCount } = limitsOf(this.question);
    const kinds = types.map((type) =>
      type === 'image/jpeg' ? 'JPEG' : (FILE_EXTENSIONS[type][0]?.toUpperCase() ?? type),
    );
    return this.t('files.limits', { kinds: this.words.list(kinds), size: this.writeSize(maxBytes), count: maxCount });
  }

  protected override render(): TemplateResult {
    const { words, question } = this;
    const { types, maxCount } = limitsOf(question);
    const list = this.uploads?.list ?? [];
    // What is there already is not missing.
    const problem = this.problem !== null && list.length > 0 ? this.t('files.unsent') : this.problem;
    const isFull = list.length >= maxCount;
    const label = readName(words, question.labels);
    const accept = types.flatMap((type) => [type, ...FILE_EXTENSIONS[type].map((extension) => `.${extension}`)]);
    return html`<div class="root" lang=${words.tag} dir=${words.direction}>
      <div class="field" role="group" aria-labelledby="label" aria-describedby=${problem ? 'hint problem' : 'hint'}>
        <p class="field__label" id="label">
          <bdi>${label}</bdi>
          ${question.isRequired ? nothing : html`<span class="optional">(${words.t('booking.optional')})</span>`}
        </p>
        <div
          class="drop ${this.isOver ? 'drop--over' : ''} ${problem ? 'drop--wrong' : ''}"
          @dragover=${this.handleDrag}
          @dragleave=${this.handleDrag}
          @drop=${this.handleDrag}
        >
          ${
            list.length === 0
              ? nothing
              : html`<ul>
                  ${list.map((one) => this.renderUpload(one))}
                </ul>`
          }
          <label class="button add ${isFull ? 'add--full' : ''}">
            ${this.t(maxCount === 1 ? 'files.addOne' : 'files.add')}
            <input
              type="file"
              accept=${accept.join(',')}
              ?multiple=${maxCount > 1}
              ?disabled=${isFull}
              aria-invalid=${problem !== null}
              aria-describedby=${problem ? 'hint problem' : 'hint'}
              @change=${this.handlePick}
            />
          </label>
          <p class="field__hint" id="hint">${this.describeLimits()}</p>
        </div>
        ${problem ? html`<p class="field__error" id="problem">${problem}</p>` : nothing}
      </div>
      ${this.announcer.element}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'frontdesk-booking-files': FrontdeskBookingFiles;
  }
}
