import type { DisplayTable } from './display.js';

export const displayTa: DisplayTable = {
  'display.now': 'இப்போது அழைக்கப்படுபவை',
  'display.call': 'எண் {label}, {counter}',
  'display.recent': 'முன்பு அழைக்கப்பட்டவை',
  'display.none': 'உங்கள் எண் இங்கே தோன்றும்',
  'display.waiting': { one: '{count} பேர் காத்திருக்கிறார்', other: '{count} பேர் காத்திருக்கிறார்கள்' },
  'display.waitingList': 'காத்திருப்பவர்கள்',
  'display.page': 'பக்கம் {page} / {pages}',
  'display.stale': '{time} முதல் புதுப்பிக்கப்படவில்லை',
  'display.lastUpdated': 'இணைப்பு இல்லை. கடைசிப் புதுப்பிப்பு {time}',
  'display.sound': 'ஒலியை இயக்கத் தட்டவும்',
  'display.fullScreen': 'முழுத்திரைக்குத் தட்டவும்',
  'display.join': 'தொலைபேசியில் சேருங்கள்',
  'display.closed': 'இப்போது மூடப்பட்டுள்ளது',
  'display.opens': '{time} மணிக்குத் திறக்கும்',
  'display.opensOn': '{day} {time} மணிக்குத் திறக்கும்',
  'display.starting': 'தொடங்குகிறது…',
};
