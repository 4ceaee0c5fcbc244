import type { BookingStartTable } from './booking.js';

export const table: BookingStartTable = {
  'booking.label': 'अपॉइंटमेंट बुक करें',
  'booking.close': 'बंद करें',
  'booking.loading': 'एक क्षण…',
  'booking.unavailable': 'बुकिंग अभी काम नहीं कर रही है। हम कोशिश जारी रखे हुए हैं।',
  'booking.nothingOffered': 'अभी यहाँ कुछ भी बुक नहीं किया जा सकता।',
  'booking.call': 'या हमें फ़ोन करें:',
  'booking.chooseService': 'आपको कौन सी सेवा चाहिए?',
  'booking.chooseStaff': 'आप किससे मिलना चाहेंगे?',
  'booking.anyone': 'कोई भी',
  'booking.anyoneText': 'सबसे ज़्यादा समय उपलब्ध',
  'booking.change': 'बदलें',
  'booking.change.service': 'सेवा बदलें',
  'booking.change.staff': 'व्यक्ति बदलें',
  'booking.change.time': 'समय बदलें',
  'booking.online': 'ऑनलाइन',
};
