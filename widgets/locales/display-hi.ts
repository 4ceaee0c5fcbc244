import type { DisplayTable } from './display.js';

export const displayHi: DisplayTable = {
  'display.now': 'अभी बुलाए गए',
  'display.call': 'नंबर {label}, {counter}',
  'display.recent': 'पहले बुलाए गए',
  'display.none': 'आपका नंबर यहाँ दिखेगा',
  'display.waiting': { one: '{count} प्रतीक्षा में', other: '{count} प्रतीक्षा में' },
  'display.waitingList': 'प्रतीक्षा कर रहे लोग',
  'display.page': 'पेज {page} / {pages}',
  'display.stale': '{time} से अपडेट नहीं है',
  'display.lastUpdated': 'कनेक्शन नहीं है। पिछला अपडेट {time}',
  'display.sound': 'आवाज़ चालू करने के लिए छुएँ',
  'display.fullScreen': 'पूरी स्क्रीन के लिए छुएँ',
  'display.join': 'अपने फ़ोन से जुड़ें',
  'display.closed': 'अभी बंद है',
  'display.opens': '{time} बजे खुलेगा',
  'display.opensOn': '{day} को {time} बजे खुलेगा',
  'display.starting': 'शुरू हो रहा है…',
};
