/** A card as a page without script: every button is a plain link (CC-6), and its classes are those of an h-card (CC-14). */
import type { CardData } from '@frontdesk/domain/cards/card-data';
import { describeDays, writeWhen, type CardTime } from '@frontdesk/domain/cards/when';
import { describeOpening } from '@frontdesk/domain/hours/opening';
import { listOpeningDays } from '@frontdesk/domain/hours/opening-days';
import { getZone } from '@frontdesk/domain/hours/zone';
import type { CardAction } from '@frontdesk/protocol/cards';
import { RIGHT_TO_LEFT_LOCALES, type Locale } from '@frontdesk/protocol/locales';
import { Markup, markup } from '../core/html.js';
import { CARD_TEXTS, MAP_NAMES, type CardTexts } from './cards.texts.js';

export interface CardPage {
  readonly data: CardData;
  readonly actions: readonly CardAction[];
  /** JSON that may stand in a script element. */
  readonly structuredData: string;
  /** Where what is hidden is shown; null when nothing is hidden. */
  readonly revealUrl: string | null;
  readonly downloadUrl: string;
  readonly locale: Locale;
  readonly nowMs: number;
}

/** Which property of an h-card a link is (microformats2). */
const PROPERTIES: Readonly<Partial<Record<CardAction['kind'], string>>> = {
  call: 'u-tel',
  sms: 'u-tel',
  email: 'u-email',
};

function renderAction({ kind, map, url, text }: CardAction, texts: CardTexts): Markup | null {
  if (url === null) return null;
  const label =
    kind === 'directions' ? texts.directions(map && map !== 'geo' ? MAP_NAMES[map] : 'GPS') : texts.buttons[kind];
  return markup`<li><a class="button ${PROPERTIES[kind] ?? ''}" href="${url}">${label}${
    text === null ? null : markup` <bdi>${text}</bdi>`
  }</a></li>`;
}

function renderOpening(time: CardTime, texts: CardTexts): Markup | null {
  const opening = describeOpening(time.days, time.nowMs);
  if (!opening) return null;
  const at = (instantMs: number): string => writeWhen(instantMs, time);
  if (opening.kind === 'open') {
    const words = opening.closesAtMs === null ? texts.openAlways : texts.openUntil(at(opening.closesAtMs));
    return markup`<p class="state state--open">${words}</p>`;
  }
  return markup`<p class="state">${
    opening.kind === 'closed' ? texts.opensAt(at(opening.opensAtMs)) : texts.closedForNow
  }</p>`;
}

function renderHours(time: CardTime, texts: CardTexts): Markup {
  return markup`<table><caption>${texts.hours}</caption><tbody>${describeDays(time).map(
    ({ weekday, spans, isAllDay, label }) =>
      markup`<tr><th scope="row">${weekday}${label === null ? null : markup` <small>${label}</small>`}</th><td>${
        spans.length === 0 ? texts.closed : isAllDay ? texts.allDay : spans.map((span) => markup`<span>${span}</span>`)
      }</td></tr>`,
  )}</tbody></table>`;
}

function renderFacts({ data }: CardPage, texts: CardTexts): Markup {
  const { about, address, links } = data;
  return markup`${about === null ? null : markup`<p class="p-note" dir="auto">${about}</p>`}${
    address === null ? null : markup`<p class="p-adr" dir="auto">${address}</p>`
  }${
    links.length === 0
      ? null
      : markup`<ul class="links" aria-label="${texts.links}">${links.map(
          ({ label, url }) => markup`<li><a class="u-url" rel="noopener" href="${url}">${label}</a></li>`,
        )}</ul>`
  }`;
}

export function renderCardPage(page: CardPage): string {
  const { data, actions, structuredData, revealUrl, downloadUrl, locale, nowMs } = page;
  const texts = CARD_TEXTS[locale];
  const { hours, photo, role, name, businessName, timeZone } = data;
  const time = hours && {
    days: listOpeningDays(hours, getZone(timeZone), nowMs),
    nowMs,
    timeZone,
    languageTag: locale,
  };
  const isStaff = data.subject === 'staff';
  return markup`<!doctype html>
<html lang="${locale}" dir="${RIGHT_TO_LEFT_LOCALES.includes(locale) ? 'rtl' : 'ltr'}">
<head><meta charset="utf-8" /><meta name="viewport" content="width=device-width, initial-scale=1" />
${revealUrl === null ? null : markup`<meta name="robots" content="noindex" />`}
<title>${name}${isStaff ? ` · ${businessName}` : ''}</title><link rel="icon" href="data:," /><link rel="canonical" href="${data.url}" />
<link rel="stylesheet" href="/card.css" />
<script type="application/ld+json">${new Markup(structuredData)}</script></head>
<body><main class="h-card"><header>
${photo === null ? null : markup`<img class="u-photo" src="${photo}" alt="" width="88" height="88" />`}
<h1 class="${isStaff ? 'p-name' : 'p-name p-org'}" dir="auto">${name}</h1>
${role === null ? null : markup`<p class="${isStaff ? 'p-job-title' : 'p-category'}" dir="auto">${role}</p>`}
${isStaff ? markup`<p class="p-org" dir="auto">${businessName}</p>` : null}</header>
${time && renderOpening(time, texts)}
<ul class="actions">${actions.map((one) => renderAction(one, texts))}${
    revealUrl === null
      ? null
      : markup`<li><a class="button" rel="nofollow" href="${revealUrl}">${texts.showContact}</a></li>`
  }<li><a class="button" href="${downloadUrl}">${texts.saveContact}</a></li></ul>
${renderFacts(page, texts)}
${time && renderHours(time, texts)}
</main></body></html>
`.text;
}
