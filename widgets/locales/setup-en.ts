/** English words that all pages share on which a business is set up: forms, opening hours. */
import type { MessageTable } from '../core/locale.js';

export const setupEn = {
  // Forms
  formCheck: 'Please look at the marked fields. Nothing was lost.',
  fieldRefused: 'This was not accepted. Please check it.',
  fieldTaken: 'Another one uses this already.',
  create: 'Create',
  archive: 'Archive',
  bringBack: 'Bring back',
  archived: 'Archived',
  branch: 'Branch',
  date: 'Date',
  dateLabel: 'What for',
  dateAdd: 'Add a date',
  dateRemove: 'Remove {date}',
  moveUp: 'Move up',
  emptyNoLimit: 'Empty: no limit.',
  locationFirst: 'Add a branch first.',
  twinChanged: 'Somebody else changed this meanwhile. What you typed is still here; saving replaces theirs.',
  twinTake: 'Show theirs instead',
  copyWhat: 'Copy: {what}',

  // Opening hours
  hoursFrom: '{day}: from',
  hoursTo: '{day}: until',
  hoursNextDay: 'next day',
  hoursClosed: 'Closed',
  hoursAdd: 'Add hours',
  hoursAddFor: 'Add hours: {day}',
  hoursRemove: 'Remove these hours: {day}',
  hoursCopy: 'Copy',
  hoursCopyFor: 'Copy the hours of {day} to other days',
  hoursCopyWorkdays: 'To Monday – Friday',
  hoursCopyAll: 'To all days',
  hoursOverlap: 'These hours were not accepted. Do they overlap?',
  hoursSpecial: 'Special days',
  hoursSpecialHint: 'They replace the week on that date. Without hours the branch is closed.',
  hoursCut: 'The night before ends at midnight',
  hoursHolidays: 'Holidays',
  hoursHolidaysHint: 'Closed all day, unless the date is a special day too.',
  hoursHoliday: 'Holiday',
} as const satisfies MessageTable<string>;

export type SetupKey = keyof typeof setupEn;
export type SetupMessages = MessageTable<SetupKey>;
