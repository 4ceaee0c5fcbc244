/** Event map of the `/staff` namespace: what a signed-in member asks and hears. Types only. */
import type { authStaffCommands } from './auth.js';
import type { z } from 'zod';
import type { classStaffCommands } from './booking-class-staff.js';
import type { courseStaffCommands } from './booking-course.js';
import type { bookingAgendaCommands } from './booking-agenda.js';
import type { bookingFeedStaffCommands } from './booking-feeds.js';
import type { fileStaffCommands } from './booking-files.js';
import type { bookingPrivacyCommands } from './booking-privacy.js';
import type { bookingSeriesCommands } from './booking-series.js';
import type { bookingStaffCommands } from './booking-staff.js';
import type { cardStaffCommands } from './cards.js';
import type { chatStaffCommands } from './chat.js';
import type { CommandTypes, SocketRequest } from './command.js';
import type { deviceStaffCommands } from './devices.js';
import type { staffFacts } from './facts.js';
import type { Result } from './result.js';
import type { locationStaffCommands } from './locations.js';
import type { queueCounterStaffCommands } from './queue-counter.js';
import type { queueReportStaffCommands } from './queue-reports.js';
import type { queueSetupStaffCommands } from './queue-setup.js';
import type { tenancyStaffCommands } from './tenancy.js';
import type { apiKeyStaffCommands, webhookStaffCommands } from './webhooks.js';

export type StaffCommands = CommandTypes<typeof authStaffCommands> &
  CommandTypes<typeof tenancyStaffCommands> &
  CommandTypes<typeof locationStaffCommands> &
  CommandTypes<typeof cardStaffCommands> &
  CommandTypes<typeof deviceStaffCommands> &
  CommandTypes<typeof queueSetupStaffCommands> &
  CommandTypes<typeof queueCounterStaffCommands> &
  CommandTypes<typeof queueReportStaffCommands> &
  CommandTypes<typeof bookingStaffCommands> &
  CommandTypes<typeof classStaffCommands> &
  CommandTypes<typeof courseStaffCommands> &
  CommandTypes<typeof bookingAgendaCommands> &
  CommandTypes<typeof bookingFeedStaffCommands> &
  CommandTypes<typeof fileStaffCommands> &
  CommandTypes<typeof bookingPrivacyCommands> &
  CommandTypes<typeof bookingSeriesCommands> &
  CommandTypes<typeof webhookStaffCommands> &
  CommandTypes<typeof apiKeyStaffCommands> &
  CommandTypes<typeof chatStaffCommands>;
export type StaffCommandName = keyof StaffCommands;

/** `auth` of the handshake. */
export interface StaffHandshake {
  readonly token: string;
  readonly protocol: number;
}

export type StaffClientEvents = {
  [Name in StaffCommandName]: (
    request: SocketRequest<StaffCommands[Name]['input']>,
    acknowledge: (result: Result<StaffCommands[Name]['output']>) => void,
  ) => void;
};

export type StaffFacts = { [Name in keyof typeof staffFacts]: z.output<(typeof staffFacts)[Name]> };
export type StaffFactName = keyof StaffFacts;
export type StaffServerEvents = { [Name in StaffFactName]: (fact: StaffFacts[Name]) => void };
