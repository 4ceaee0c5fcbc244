import { describeDays, type CardDay } from '@frontdesk/domain/cards/when';
import type { CardAction, CardView } from '@frontdesk/protocol/cards';
import type { CardButton } from '@frontdesk/protocol/vocabulary';
import { baseStyles } from '../core/base-styles.js';
import { canProve } from '../core/client/proof.js';
import { drawIcon } from '../core/draw-icon.js';
import { draw, DrawnElement, type Drawn } from '../core/drawn-element.js';
import { plainButtonStyles } from '../core/plain-button-styles.js';
import {
  calendarCheckIcon,
  chevronDownIcon,
  clockIcon,
  contactRoundIcon,
  externalLinkIcon,
  eyeIcon,
  mailIcon,
  mapPinIcon,
  messageCircleIcon,
  messageSquareIcon,
  messageSquareTextIcon,
  pencilIcon,
  phoneIcon,
  qrCodeIcon,
} from './card-icons.js';
import { cardStyles } from './card-view.styles.js';
import { describeOpeningWords, initialsOf, nameMap, timeOf, type CardWords } from './card-words.js';
import type { CardState } from './card-session.js';
import type { CardActionKind } from './contact-card-events.js';
import type { FrontdeskCardForm } from './form/message-form.js';
import { isOnPage } from './page-elements.js';

const ICONS: Readonly<Record<CardButton, string>> = {
  call: phoneIcon,
  whatsapp: messageCircleIcon,
  sms: messageSquareTextIcon,
  email: mailIcon,
  directions: mapPinIcon,
  book: calendarCheckIcon,
  chat: messageSquareIcon,
};
const STYLES = [baseStyles, plainButtonStyles, cardStyles];
/** Which property of an h-card a row is (microformats2). */
const PROPERTIES: Readonly<Partial<Record<CardButton, string>>> = { call: 'u-tel', sms: 'u-tel', email: 'u-email' };

/** Everything that a card is drawn from. */
export interface CardLook {
  readonly words: CardWords;
  readonly state: CardState;
  readonly serverUrl: string;
  readonly site: string;
  /** Tells what was pressed; true when that is all that shall happen. */
  readonly act: (kind: CardActionKind) => boolean;
}

type DrawCode = (typeof import('./card-code.js'))['drawCode'];

/** What a card looks like; what its buttons do is decided outside. */
export class FrontdeskCardView extends DrawnElement {
  #look: CardLook | undefined;
  #isWriting = false;
  #drawCode: DrawCode | null = null;
  /** Focused when it is there: what was hidden a moment ago. */
  #isRevealing = false;

  constructor() {
    super();
    this.adopt(...STYLES);
    this.root.addEventListener('click', (event) => this.#handleClick(event));
  }

  get look(): CardLook | undefined {
    return this.#look;
  }

  set look(look: CardLook | undefined) {
    const isHidden = (one: CardLook | undefined): boolean => one?.state.view?.isContactHidden === true;
    this.#isRevealing ||= isHidden(this.#look) && !isHidden(look);
    this.#look = look;
    this.requestUpdate();
  }

  /** Listened to once for all buttons: what is drawn anew need not be. */
  #handleClick(event: Event): void {
    const pressed = (event.target as Element).closest<HTMLElement>('[data-kind]');
    const kind = pressed?.dataset['kind'] as CardActionKind | undefined;
    if (!kind || !this.#look) return;
    if (this.#look.act(kind)) event.preventDefault();
    if (event.defaultPrevented) return;
    if (kind === 'code') void this.#toggleCode();
    if (kind === 'form') void this.#toggleForm();
  }

  async #toggleCode(): Promise<void> {
    // What cannot be fetched leaves no empty place; the next press asks for it once more, as far as the browser does.
    const part = await import('./card-code.js').catch(() => null);
    if (!part) return;
    this.adopt(...STYLES, part.codeStyles);
    this.#drawCode = this.#drawCode ? null : part.drawCode;
    this.requestUpdate();
  }

  async #toggleForm(): Promise<void> {
    this.#isWriting = !this.#isWriting;
    this.requestUpdate();
    if (!this.#isWriting || (await import('./form/define.js').catch(() => null))) return;
    this.#isWriting = false;
    this.requestUpdate();
  }

  protected override update(): void {
    const look = this.#look;
    const view = look?.state.view;
    this.show(look && view ? drawRoot(look.words, this.#drawCard(look, view)) : null);
    if (!look || !view) return;
    const { words, serverUrl, site } = look;
    const form = this.root.querySelector<FrontdeskCardForm>('frontdesk-card-form');
    if (form) Object.assign(form, { language: words, serverUrl, site, cardId: view.id });
    // The button that was pressed is gone; what it showed stands in its place.
    if (this.#isRevealing) this.root.querySelector<HTMLElement>('.row')?.focus();
    this.#isRevealing = false;
  }

  #drawCard(look: CardLook, view: CardView): HTMLElement {
    const { words, state } = look;
    return draw(
      'article',
      { class: 'card h-card', 'aria-label': words.t('card.label', { name: view.name }) },
      drawState(look),
      drawHead(view),
      view.about === null ? null : draw('p', { class: 'about p-note', dir: 'auto' }, view.about),
      drawMain(words, view.actions),
      drawRows(words, state, view),
      drawPlace(words, view),
      drawHours(words, state),
      drawLinks(words, view),
      view.hasForm && canProve() ? this.#drawForm(words) : null,
      this.#drawFoot(look, view),
    );
  }

  #drawForm(words: CardWords): HTMLElement {
    return draw(
      'section',
      'write',
      drawButton('form', 'button', { 'aria-expanded': String(this.#isWriting) }, [
        drawIcon(pencilIcon),
        words.t('card.write'),
      ]),
      this.#isWriting ? draw('frontdesk-card-form') : null,
    );
  }

  #drawFoot({ words, serverUrl }: CardLook, view: CardView): HTMLElement {
    const drawCode = this.#drawCode;
    const urlOf = (extension: string): string => `${serverUrl}/cards/${view.id}.${extension}?lang=${words.locale}`;
    // Whoever sees the number already takes it along.
    const isRevealed = !view.isContactHidden && view.actions.some(({ text }) => text !== null);
    const url = urlOf('vcf') + (isRevealed ? '&show=contact' : '');
    return draw(
      'footer',
      {},
      drawLink('save', url, 'foot', [drawIcon(contactRoundIcon), words.t('card.save')]),
      drawButton('code', 'foot', { 'aria-expanded': String(drawCode !== null) }, [
        drawIcon(qrCodeIcon),
        words.t('card.code'),
      ]),
      drawCode ? drawCode(words, urlOf('html'), view.name) : null,
    );
  }
}

/** The tree's own root, so that nothing the page's styles do to the host reaches what is in it. */
export function drawRoot({ tag, direction }: CardWords, ...content: Drawn[]): HTMLElement {
  return draw('div', { class: 'root', part: 'base', lang: tag, dir: direction }, ...content);
}

function drawLink(kind: CardActionKind, url: string, className: string, content: Drawn): HTMLElement {
  // Another app opens by itself; another website stands beside this one.
  const isWebsite = url.startsWith('https:') && !['book', 'chat', 'save'].includes(kind);
  const aside = isWebsite && { target: '_blank', rel: 'noopener' };
  return draw('a', { class: className, part: 'button', 'data-kind': kind, href: url, ...aside }, content);
}

function drawButton(
  kind: CardActionKind,
  className: string,
  state: Readonly<Record<string, string>>,
  content: Drawn,
): HTMLElement {
  return draw('button', { class: className, part: 'button', 'data-kind': kind, type: 'button', ...state }, content);
}

function drawState({ words, state }: CardLook): Drawn {
  const said = describeOpeningWords(words, state);
  if (!said) return null;
  return draw(
    'p',
    { class: `state ${said.isOpen ? 'state--open' : ''}`, role: 'status' },
    draw('span', { class: 'state__dot', 'aria-hidden': 'true' }),
    draw('span', {}, draw('strong', {}, said.state), said.more === null ? null : [' ', draw('span', {}, said.more)]),
  );
}

function drawHead({ name, role, photo, subject, businessName }: CardView): HTMLElement {
  const isStaff = subject === 'staff';
  return draw(
    'header',
    {},
    photo === null
      ? draw('span', { class: 'portrait portrait--letters', 'aria-hidden': 'true' }, initialsOf(name))
      : draw('img', { class: 'portrait u-photo', src: photo, alt: '', width: '72', height: '72' }),
    draw(
      'div',
      'names',
      draw('h2', `p-name ${isStaff ? '' : 'p-org'}`, draw('bdi', {}, name)),
      role === null ? null : draw('p', { class: isStaff ? 'p-job-title' : 'p-category', dir: 'auto' }, role),
      isStaff ? draw('p', { class: 'p-org', dir: 'auto' }, businessName) : null,
    ),
  );
}

function drawMain(words: CardWords, actions: readonly CardAction[]): Drawn {
  const shown = actions.filter(({ kind, url }) => (kind === 'book' || kind === 'chat') && (url ?? isOnPage(kind)));
  if (shown.length === 0) return null;
  return draw(
    'div',
    'main',
    shown.map(({ kind, url }) => {
      const className = `button ${kind === 'book' ? 'button--primary' : ''}`;
      const content = [drawIcon(ICONS[kind]), words.t(`card.${kind}`)];
      return url === null ? drawButton(kind, className, {}, content) : drawLink(kind, url, className, content);
    }),
  );
}

function drawRows(words: CardWords, { reveal }: CardState, { actions, isContactHidden }: CardView): Drawn {
  const rows = actions.filter(({ kind, text }) => text !== null && kind !== 'directions');
  if (rows.length === 0 && !isContactHidden) return null;
  const failed = reveal === 'failed';
  return draw(
    'ul',
    'rows',
    rows.map(({ kind, url, text }) => {
      const label = draw('span', 'row__label', words.t(`card.${kind}`));
      const value = draw('bdi', { class: 'row__text', dir: 'ltr' }, text);
      const content = [drawIcon(ICONS[kind]), draw('span', 'row__words', label, ' ', value)];
      return draw('li', {}, drawLink(kind, url ?? '', `row ${PROPERTIES[kind] ?? ''}`, content));
    }),
    isContactHidden
      ? draw(
          'li',
          {},
          drawButton('reveal', 'row', { 'aria-disabled': String(reveal === 'busy') }, [
            drawIcon(eyeIcon),
            draw('span', 'row__text', words.t('card.reveal')),
          ]),
          failed ? draw('p', { class: 'problem', role: 'alert' }, words.t('card.revealFailed')) : null,
        )
      : null,
  );
}

function drawPlace(words: CardWords, { address, actions }: CardView): Drawn {
  const maps = actions.filter(({ kind, url }) => kind === 'directions' && url !== null);
  if (address === null && maps.length === 0) return null;
  const name = draw('span', 'visually-hidden', words.t('card.address'), ': ');
  return draw(
    'section',
    'place',
    drawIcon(mapPinIcon),
    draw(
      'div',
      {},
      address === null ? draw('p', {}, words.t('card.directions')) : draw('p', 'p-adr', name, draw('bdi', {}, address)),
      maps.length === 0
        ? null
        : draw(
            'ul',
            'maps',
            maps.map((action) => {
              const map = nameMap(words, action);
              const label = words.t('card.directionsWith', { map });
              return draw(
                'li',
                {},
                drawLink('directions', action.url ?? '', 'chip', [
                  draw('span', { 'aria-hidden': 'true' }, map),
                  draw('span', 'visually-hidden', label),
                ]),
              );
            }),
          ),
    ),
  );
}

function drawDay(words: CardWords, { weekday, spans, isAllDay, label }: CardDay, isToday: boolean): HTMLElement {
  const said = isAllDay ? [words.t('card.allDay')] : spans;
  return draw(
    'tr',
    isToday ? 'today' : '',
    draw(
      'th',
      { scope: 'row' },
      isToday ? words.t('card.today') : weekday,
      label === null ? null : draw('small', { dir: 'auto' }, label),
    ),
    draw(
      'td',
      {},
      said.length === 0 ? draw('span', 'muted', words.t('card.dayClosed')) : said.map((span) => draw('span', {}, span)),
    ),
  );
}

function drawHours(words: CardWords, state: CardState): Drawn {
  const time = timeOf(words, state);
  if (!time) return null;
  const days = describeDays(time).map((day, index) => drawDay(words, day, index === 0));
  return draw(
    'details',
    'hours',
    draw(
      'summary',
      {},
      drawIcon(clockIcon),
      draw('span', {}, words.t('card.hours')),
      drawIcon(chevronDownIcon, 'chevron'),
    ),
    draw('table', {}, draw('tbody', {}, days)),
  );
}

function drawLinks(words: CardWords, { links }: CardView): Drawn {
  if (links.length === 0) return null;
  return draw(
    'ul',
    { class: 'links', 'aria-label': words.t('card.links') },
    links.map(({ label, url }) =>
      draw(
        'li',
        {},
        drawLink('link', url, 'link u-url', [draw('bdi', {}, label), drawIcon(externalLinkIcon, 'icon--small')]),
      ),
    ),
  );
}
