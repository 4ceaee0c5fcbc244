/** Every command of the product. The server builds both transports from it; the documents are generated from it. */
import { authStaffCommands, publicCommands } from './auth.js';
import { classStaffCommands } from './booking-class-staff.js';
import { classVisitorCommands } from './booking-class.js';
import { courseStaffCommands, courseVisitorCommands } from './booking-course.js';
import { bookingAgendaCommands } from './booking-agenda.js';
import { bookingFeedStaffCommands } from './booking-feeds.js';
import { fileStaffCommands, fileVisitorCommands } from './booking-files.js';
import { bookingDeviceCommands } from './booking-kiosk.js';
import { bookingPrivacyCommands } from './booking-privacy.js';
import { bookingSeriesCommands } from './booking-series.js';
import { bookingStaffCommands } from './booking-staff.js';
import { verificationVisitorCommands } from './booking-verification.js';
import { bookingVisitorCommands } from './booking-visitor.js';
import { cardStaffCommands, cardVisitorCommands } from './cards.js';
import { chatStaffCommands, chatVisitorCommands } from './chat.js';
import type { Audience, CommandDefinition } from './command.js';
import { deviceCommands, devicePublicCommands, deviceStaffCommands } from './devices.js';
import { locationStaffCommands } from './locations.js';
import { proofVisitorCommands } from './proof.js';
import { queueCounterStaffCommands } from './queue-counter.js';
import { queueTicketCommands, queueVisitorCommands } from './queue-phone.js';
import { queueDeviceCommands } from './queue-device.js';
import { queueReportStaffCommands } from './queue-reports.js';
import { queueSetupStaffCommands } from './queue-setup.js';
import { tenancyStaffCommands } from './tenancy.js';
import { apiKeyStaffCommands, webhookStaffCommands } from './webhooks.js';

export const COMMANDS: Readonly<Record<Audience, Readonly<Record<string, CommandDefinition>>>> = {
  public: { ...publicCommands, ...devicePublicCommands },
  visitor: {
    ...chatVisitorCommands,
    ...queueVisitorCommands,
    ...bookingVisitorCommands,
    ...classVisitorCommands,
    ...courseVisitorCommands,
    ...verificationVisitorCommands,
    ...fileVisitorCommands,
    ...cardVisitorCommands,
    ...proofVisitorCommands,
  },
  staff: {
    ...authStaffCommands,
    ...tenancyStaffCommands,
    ...locationStaffCommands,
    ...cardStaffCommands,
    ...deviceStaffCommands,
    ...queueSetupStaffCommands,
    ...queueCounterStaffCommands,
    ...queueReportStaffCommands,
    ...bookingStaffCommands,
    ...classStaffCommands,
    ...courseStaffCommands,
    ...bookingAgendaCommands,
    ...bookingFeedStaffCommands,
    ...fileStaffCommands,
    ...bookingPrivacyCommands,
    ...bookingSeriesCommands,
    ...webhookStaffCommands,
    ...apiKeyStaffCommands,
    ...chatStaffCommands,
  },
  device: { ...deviceCommands, ...queueDeviceCommands, ...bookingDeviceCommands },
  ticket: queueTicketCommands,
};

/** All definitions, in a stable order. */
export function listCommands(): CommandDefinition[] {
  return Object.values(COMMANDS).flatMap((commands) => Object.values(commands));
}
