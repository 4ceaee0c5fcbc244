import type { FilesTable } from './booking-files.js';

export const filesTa: FilesTable = {
  'files.add': 'கோப்புகளைச் சேர்க்கவும்',
  'files.addOne': 'கோப்பைச் சேர்க்கவும்',
  'files.limits': {
    one: '{kinds}; ஒவ்வொன்றும் {size} வரை, ஒரு கோப்பு',
    other: '{kinds}; ஒவ்வொன்றும் {size} வரை, அதிகபட்சம் {count} கோப்புகள்',
  },
  'files.unsent': 'எல்லாக் கோப்புகளும் வரும் வரை காத்திருக்கவும், அல்லது அதை நீக்கி மீண்டும் சேர்க்கவும்.',
  'files.waiting': 'காத்திருக்கிறது',
  'files.retry': 'மீண்டும் முயலவும்',
  'files.retryName': 'மீண்டும் முயலவும்: {name}',
  'files.remove': '{name} ஐ நீக்கவும்',
  'files.problem.kind': 'இந்த வகைக் கோப்பு இங்கு ஏற்கப்படாது.',
  'files.problem.size': 'இந்தக் கோப்பு மிகப் பெரியது.',
  'files.problem.count': 'போதுமான கோப்புகள் ஏற்கனவே உள்ளன.',
  'files.problem.limit': 'குறுகிய நேரத்தில் அதிகம் அனுப்பப்பட்டது. சில நிமிடங்கள் காத்திருக்கவும்.',
  'files.problem.network': 'இது வந்து சேரவில்லை. இணைப்பு பலவீனமாக இருக்கலாம்; மற்றவை பாதுகாப்பாக உள்ளன.',
};
