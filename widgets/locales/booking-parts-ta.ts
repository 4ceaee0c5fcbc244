import type { PartsTable } from './booking-parts.js';

export const partsTa: PartsTable = {
  'parts.visit': 'உங்கள் வருகை',
  'parts.which': 'வேறு என்ன வேண்டும்?',
  'parts.who': '{service}: யாரைச் சந்திக்க விரும்புகிறீர்கள்?',
  'parts.toTimes': 'நேரங்களுக்குத் திரும்புக',
  'parts.otherService': 'வேறு சேவையைத் தேர்ந்தெடுக்கவும்',
  'parts.remove': 'நீக்கு',
  'parts.removeThis': '{service} நீக்கு',
  'parts.changeWho': '{service}: நபரை மாற்று',
};
