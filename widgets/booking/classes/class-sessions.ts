/** Dates of a class, by day, with the seats that are left. */
import { html, nothing, type TemplateResult } from 'lit';
import type { OfferedSession } from '@frontdesk/protocol/booking-class';
import { renderIcon } from '../../core/render-icon.js';
import { chevronRightIcon } from '../booking-icons.js';
import { dateOf, toStart } from '../booking-time.js';
import { writeTime, type BookingWords } from '../booking-words.js';
import { writeDay } from '../calendar-words.js';
import type { ClassController } from './class-controller.js';
import { hasRoom, MAX_PARTY, PAGE_DAYS, pageStart, splitCourse, type ClassState } from './class-store.js';
import type { ClassWords } from './class-words.js';

export interface ClassScene {
  readonly words: ClassWords;
  /** Those of booking, for what both say. */
  readonly bookingWords: BookingWords;
  readonly state: ClassState;
  readonly desk: Pick<ClassController, 'showPage' | 'chooseParty' | 'join' | 'joinCourse' | 'goBack' | 'retry'>;
  readonly timeZone: string;
  readonly horizonDays: number;
}

function describeRoom({ words, state }: ClassScene, session: OfferedSession): string {
  const { seatsLeft, waiting } = session;
  if (hasRoom(session, state)) return words.t('class.left', { count: seatsLeft });
  const tooFew = seatsLeft > 0 ? words.t('class.leftOnly', { count: seatsLeft }) : words.t('class.full');
  return waiting > 0 ? `${tooFew} · ${words.t('class.waiting', { count: waiting })}` : tooFew;
}

function renderSession(scene: ClassScene, session: OfferedSession): TemplateResult {
  const { words, bookingWords, state, desk, timeZone } = scene;
  const isFree = hasRoom(session, state);
  const [from, to] = [session.start, session.end].map((at) => writeTime(bookingWords, toStart(at), timeZone));
  const isBusy = state.busy !== null;
  return html`<li>
    <button
      class="choice session ${isFree ? '' : 'session--full'}"
      type="button"
      part="slot"
      aria-disabled=${isBusy}
      aria-busy=${isBusy && state.session?.id === session.id}
      @click=${() => desk.join(session.id)}
    >
      <span class="choice__text">
        <span class="choice__name">${words.t('class.span', { from: from ?? '', to: to ?? '' })}</span>
        ${session.staffName === null ? nothing : html`<span class="choice__about"><bdi>${session.staffName}</bdi></span>`}
        <span class="session__room">${describeRoom(scene, session)}</span>
        <span class="session__act">${words.t(isFree ? 'class.join' : 'class.joinLine')}</span>
      </span>
      ${renderIcon(chevronRightIcon, 'icon--directional')}
    </button>
  </li>`;
}

function renderParty({ words, state, desk }: ClassScene): TemplateResult {
  const handle = (event: Event): void => desk.chooseParty(Number((event.target as HTMLSelectElement).value));
  return html`<div class="field party" part="field">
    <label class="field__label" for="party">${words.t('class.party')}</label>
    <select class="input party__select" id="party" @change=${handle}>
      ${Array.from({ length: MAX_PARTY }, (_, index) => index + 1).map(
        (count) => html`<option value=${count} ?selected=${count === state.seats}>${words.number(count)}</option>`,
      )}
    </select>
  </div>`;
}

function groupByDay(sessions: readonly OfferedSession[], timeZone: string): Map<string, OfferedSession[]> {
  const days = new Map<string, OfferedSession[]>();
  for (const session of sessions) {
    const date = dateOf(toStart(session.start), timeZone);
    days.set(date, [...(days.get(date) ?? []), session]);
  }
  return days;
}

function renderList(scene: ClassScene): TemplateResult {
  const { words, bookingWords, state, desk, timeZone } = scene;
  if (state.isFailed) {
    return html`<div class="notice notice--warning" role="alert">
      <div class="notice__text">
        <p>${words.t('class.failed')}</p>
        <button class="button" type="button" part="button" @click=${() => desk.retry()}>
          ${bookingWords.t('booking.tryAgain')}
        </button>
      </div>
    </div>`;
  }
  if (!state.list) return html`<p class="loading" role="status">${bookingWords.t('booking.loading')}</p>`;
  const days = groupByDay(state.list.sessions, timeZone);
  if (days.size === 0) return html`<p class="loading">${words.t('class.noDates')}</p>`;
  return html`${[...days].map(
    ([date, sessions]) =>
      html`<div class="session-day">
        <h3 class="session-day__name">${writeDay(bookingWords, date)}</h3>
        <ul class="choices">
          ${sessions.map((session) => renderSession(scene, session))}
        </ul>
      </div>`,
  )}`;
}

function renderPages({ words, state, desk, horizonDays }: ClassScene): unknown {
  const hasEarlier = state.page > 0;
  const hasLater = pageStart(state.page) + PAGE_DAYS < horizonDays;
  if (!hasEarlier && !hasLater) return nothing;
  const renderPage = (page: number, label: string): TemplateResult =>
    html`<button class="button" type="button" part="button" @click=${() => desk.showPage(page)}>${label}</button>`;
  return html`<div class="pages">
    ${hasEarlier ? renderPage(state.page - 1, words.t('class.earlier')) : nothing}
    ${hasLater ? renderPage(state.page + 1, words.t('class.later')) : nothing}
  </div>`;
}

/** All dates at once, above the dates one by one. */
function renderCourses({ words, bookingWords, state, desk, timeZone }: ClassScene): unknown {
  return state.courses.map((course) => {
    const { free, full } = splitCourse(course, state);
    const last = free.at(-1);
    if (!last || free.length < 2) return nothing;
    const count = free.length;
    const until = writeDay(bookingWords, dateOf(toStart(last.start), timeZone));
    return html`<button
      class="choice session"
      type="button"
      part="slot"
      data-course
      aria-disabled=${state.busy !== null}
      @click=${() => desk.joinCourse(course.courseId)}
    >
      <span class="choice__text">
        <span class="choice__name"
          >${full.length === 0 ? words.t('class.course', { count }) : words.t('class.coursePart', { count, all: course.dates.length })}</span
        >
        <span class="choice__about">${words.t('class.courseUntil', { date: until })}</span>
        <span class="session__act">${words.t('class.join')}</span>
      </span>
      ${renderIcon(chevronRightIcon, 'icon--directional')}
    </button>`;
  });
}

/** Also what was not possible just now, above the dates that are. */
export function renderSessions(scene: ClassScene, describeNotice: () => string): TemplateResult {
  const { words, state } = scene;
  return html`<h2 class="heading" tabindex="-1" data-focus="step">${words.t('class.choose')}</h2>
    ${
      state.notice === null
        ? nothing
        : html`<div class="notice notice--warning" part="notice"><p>${describeNotice()}</p></div>`
    }
    ${renderParty(scene)} ${renderCourses(scene)} ${renderList(scene)} ${renderPages(scene)}`;
}
