import type { FilesTable } from './booking-files.js';

export const filesHi: FilesTable = {
  'files.add': 'फ़ाइलें जोड़ें',
  'files.addOne': 'फ़ाइल जोड़ें',
  'files.limits': {
    one: '{kinds}; हर फ़ाइल {size} तक, एक फ़ाइल',
    other: '{kinds}; हर फ़ाइल {size} तक, अधिकतम {count} फ़ाइलें',
  },
  'files.unsent': 'सभी फ़ाइलें पहुँचने तक रुकें, या फ़ाइल हटाकर फिर जोड़ें।',
  'files.waiting': 'प्रतीक्षा में',
  'files.retry': 'फिर कोशिश करें',
  'files.retryName': 'फिर कोशिश करें: {name}',
  'files.remove': '{name} हटाएँ',
  'files.problem.kind': 'इस प्रकार की फ़ाइल यहाँ स्वीकार नहीं की जाती।',
  'files.problem.size': 'यह फ़ाइल बहुत बड़ी है।',
  'files.problem.count': 'पर्याप्त फ़ाइलें पहले से हैं।',
  'files.problem.limit': 'थोड़े समय में बहुत अधिक भेजा गया। कृपया कुछ मिनट रुकें।',
  'files.problem.network': 'यह नहीं पहुँची। हो सकता है नेटवर्क कमज़ोर हो; बाकी सब सुरक्षित है।',
};
