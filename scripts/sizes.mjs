/**
 * Holds the built widgets to `sizes.json` (bytes after brotli), to two requests before the chat is touched (CH-2), and
 * to no third-party host. Change a limit there only with a reason in the commit.
 */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { collectFetched, readBundles } from './bundle-graph.mjs';

const limits = JSON.parse(readFileSync(new URL('../sizes.json', import.meta.url), 'utf8'));
const bundles = readBundles(new URL('../widgets/cdn/', import.meta.url).pathname);
const problems = [];

/** Namespace names, and a link in an error message of the realtime library: nobody fetches them. */
const TEXT_ONLY = /^https?:\/\/(?:www\.w3\.org|socket\.io\/docs)\//;
/** What the staff's forms give as examples. */
const EXAMPLE = /^https:\/\/(?:example|contoh)\.com\b/;
/** Google's sign-in button is fetched on our own staff pages, when the operator has set it up and only then. */
const STAFF_ONLY = /^https:\/\/accounts\.google\.com\/gsi\/client$/;
const DECORATOR = /(?:^|[\s;{}])@(?:property|state|query|queryAsync|customElement|eventOptions)\s*\(/;

const isLocale = (file) => bundles.get(file)?.source?.startsWith('locales/') ?? false;
const weightOf = (files) => [...files].reduce((sum, file) => sum + bundles.get(file).bytes, 0);

/** A reader gets one language; the heaviest one must fit. */
function keepHeaviestLocale(files) {
  const locales = [...files].filter(isLocale).sort((one, other) => bundles.get(other).bytes - bundles.get(one).bytes);
  return new Set([...files].filter((file) => !locales.slice(1).includes(file)));
}

function findEntry(source) {
  return [...bundles].find(([, bundle]) => bundle.source === source)?.[0];
}

/** The socket library comes after everything that is needed to read, write and send over HTTP. */
const isRealtime = (file) => file.startsWith('realtime-');

/** Fetched by kiosks with a receipt printer, when everything else is there. */
const isPrinter = (file) => file.startsWith('encode-slip-');

/** Fetched by owners who open the first page of a group in the settings. */
const SETTINGS_GROUPS = ['queue', 'booking', 'cards'];
const groupPages = SETTINGS_GROUPS.map((group) => findEntry(`settings/${group}/define.ts`));

/** Fetched by customers who choose a class, instead of a calendar. */
const classes = findEntry('booking/classes/define.ts');

/** Fetched by customers who are asked for a file. */
const files = findEntry('booking/files/define.ts');

function measureWidget(entry, isLive = true) {
  // Who shares a module with the launcher fetches the launcher, and not the chat that it opens.
  const ofChat = entry === launcher ? [] : bundles.get(launcher).lazyImports.filter((file) => !isRealtime(file));
  const isElsewhere = (file) =>
    [classes, files, ...groupPages, ...ofChat].includes(file) || widgetEntries.has(file) || isPrinter(file);
  const follow = (file) => !isElsewhere(file) && (isLive || !isRealtime(file));
  return keepHeaviestLocale(collectFetched(bundles, ['frontdesk.js', entry], follow));
}

const launcher = [...bundles.keys()].find((file) => file.startsWith('launcher-'));
const widgetEntries = new Set(bundles.get('frontdesk.js').lazyImports);
if (!launcher) throw new Error('The launcher chunk is missing');

const untouched = collectFetched(bundles, ['frontdesk.js', launcher]);
const measured = {
  loader: collectFetched(bundles, ['frontdesk.js']),
  'untouched chat': untouched,
  'opened chat': measureWidget(launcher, false),
  'live chat': measureWidget(launcher),
};
for (const name of ['agenda', 'inbox', 'counter', 'kiosk', 'queue-display', 'settings', 'ticket']) {
  const entry = findEntry(`${name}/define.ts`);
  if (entry) measured[name] = measureWidget(entry);
  else problems.push(`${name} was not built`);
}

/** The form and the code of a card are fetched by whoever presses for them. */
const card = findEntry('contact-card/define.ts');
const firstView = collectFetched(bundles, ['frontdesk.js', card], isLocale);
const isAdded = (file) => !firstView.has(file) && !widgetEntries.has(file);
for (const [name, source] of [
  ['contact-card form', 'contact-card/form/define.ts'],
  ['contact-card code', 'contact-card/card-code.ts'],
]) {
  measured[name] = keepHeaviestLocale(
    new Set([...collectFetched(bundles, [findEntry(source)], isLocale)].filter(isAdded)),
  );
}

const ofChat = bundles.get(launcher).lazyImports;
/** Nobody presses a button in the preview of a card. */
const ofCard = ['contact-card/form/define.ts', 'contact-card/card-code.ts'].map(findEntry);
const isNew = (file) =>
  !measured['settings'].has(file) && !widgetEntries.has(file) && !ofChat.includes(file) && !ofCard.includes(file);
for (const [at, group] of SETTINGS_GROUPS.entries()) {
  const fetched = collectFetched(bundles, [groupPages[at]], (file) => isNew(file) && !groupPages.includes(file));
  measured[`settings, ${group}`] = keepHeaviestLocale(new Set([...fetched].filter(isNew)));
}

measured['kiosk printer'] = new Set([...bundles.keys()].filter(isPrinter));

/**
 * A card on a page; a page whose button nobody has touched, what somebody sees first of booking, and all of it with the socket library; as
 * gzip, because the goals are a share of what another product's form weighs as gzip (booking.md 7). The code that the page would load
 * anyway counts too.
 */
const booking = findEntry('booking/define.ts');
const gzipOf = (files) => [...files].reduce((sum, file) => sum + gzipSync(bundles.get(file).code).length, 0);
const isLater = (file) =>
  ['booking/visit.ts', 'booking/flow/dialog.ts', 'core/client/booking-live.ts'].some(
    (source) => file === findEntry(source),
  );
const isFirst = (file) => !isLater(file) && !isLocale(file) && !isRealtime(file) && !widgetEntries.has(file);
const allOfBooking = measureWidget(booking);
/** What a part of booking adds to what the form has fetched by then. */
function measurePart(part) {
  const isOther = (file) => [classes, files].includes(file) && file !== part;
  const isNeeded = (file) =>
    !allOfBooking.has(file) && !isOther(file) && !widgetEntries.has(file) && !ofChat.includes(file);
  return keepHeaviestLocale(new Set([...collectFetched(bundles, [part], isNeeded)].filter(isNeeded)));
}

for (const [name, fetched] of [
  ['contact-card', keepHeaviestLocale(firstView)],
  ['booking, untouched button', collectFetched(bundles, ['frontdesk.js', booking])],
  [
    'booking, first view',
    collectFetched(bundles, ['frontdesk.js', booking], (file) => isFirst(file) && !ofChat.includes(file)),
  ],
  ['booking, all', allOfBooking],
  ['booking, class', measurePart(classes)],
  ['booking, files', measurePart(files)],
]) {
  const bytes = gzipOf(fetched);
  console.log(`${name.padEnd(16)}${String(bytes).padStart(7)} of ${limits[name]} bytes as gzip, ${fetched.size} files`);
  if (bytes > limits[name])
    problems.push(`${name} is ${bytes - limits[name]} bytes too heavy: ${[...fetched].join(', ')}`);
}

/** The page of a screen has bundles of its own, in older syntax; all of them together fit, whatever the language. */
const screen = readBundles(new URL('../widgets/cdn/display/', import.meta.url).pathname, false);
const screenBytes = [...screen.values()].reduce((sum, { bytes }) => sum + bytes, 0);
console.log(`${'display page'.padEnd(16)}${String(screenBytes).padStart(7)} of ${limits['queue-display']} bytes`);
if (screenBytes > limits['queue-display']) problems.push('the page of a screen is too heavy');

for (const [name, files] of Object.entries(measured)) {
  const bytes = weightOf(files);
  const limit = limits[name];
  console.log(`${name.padEnd(16)}${String(bytes).padStart(7)} of ${limit} bytes, ${files.size} files`);
  if (bytes > limit) problems.push(`${name} is ${bytes - limit} bytes too heavy: ${[...files].join(', ')}`);
}
if (untouched.size !== 2)
  problems.push(`an untouched chat makes ${untouched.size} requests: ${[...untouched].join(', ')}`);
for (const [file, { code }] of bundles) {
  for (const [url] of code.matchAll(/\bhttps?:\/\/[a-z0-9][^\s"'`<>)\\$]*/gi)) {
    const isForVisitors = measured['live chat'].has(file);
    const isAllowed = TEXT_ONLY.test(url) || (!isForVisitors && (EXAMPLE.test(url) || STAFF_ONLY.test(url)));
    if (!isAllowed) problems.push(`${file} names another host: ${url}`);
  }
  if (DECORATOR.test(code)) problems.push(`${file} contains a decorator that no browser runs`);
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
