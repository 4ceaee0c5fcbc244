/** English: the source of the keys of the waiting-room display. */
export const displayEn = {
  'display.now': 'Called now',
  'display.call': 'Number {label}, {counter}',
  'display.recent': 'Called before',
  'display.none': 'Your number will appear here',
  'display.waiting': { one: '{count} waiting', other: '{count} waiting' },
  'display.waitingList': 'People waiting',
  'display.page': 'Page {page} of {pages}',
  'display.stale': 'Not up to date since {time}',
  'display.lastUpdated': 'No connection. Last updated {time}',
  'display.sound': 'Tap to turn the sound on',
  'display.fullScreen': 'Tap for full screen',
  'display.join': 'Join from your phone',
  'display.closed': 'We are closed',
  'display.opens': 'We open at {time}',
  'display.opensOn': 'We open on {day} at {time}',
  'display.starting': 'Starting…',
} as const;

export type DisplayKey = keyof typeof displayEn;
