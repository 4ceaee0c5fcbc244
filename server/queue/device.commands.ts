/** What displays and kiosks ask of the queue: kinds, limit and service call of each. What the log keeps is its own ledger. */
import { queueDeviceCommands } from '@frontdesk/protocol/queue-device';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { DeviceService } from './device.service.js';

const display = { kinds: ['display'] } as const;
const kiosk = { kinds: ['kiosk'] } as const;

export function bindDeviceCommands(device: DeviceService): BoundCommand[] {
  return bindCommands(queueDeviceCommands, {
    'board:read': { ...display, limit: 'device-read', handle: (context) => device.readBoard(context) },
    'call:shown': {
      ...display,
      limit: 'device-write',
      handle: (context, { calls }) => device.noteShown(context, calls),
    },
    'queue:offer': { ...kiosk, limit: 'device-read', handle: (context) => device.readOffer(context) },
    'ticket:issue': {
      ...kiosk,
      limit: 'kiosk-issue',
      storesKey: true,
      handle: (context, input) => device.issue(context, input),
    },
    'ticket:reserve-block': {
      ...kiosk,
      limit: 'device-write',
      storesKey: true,
      handle: (context, input) => device.reserveBlock(context, input),
    },
    'ticket:sync-issued': {
      ...kiosk,
      limit: 'device-write',
      handle: (context, { tickets }) => device.syncIssued(context, tickets),
    },
    'ticket:check-in': {
      ...kiosk,
      limit: 'kiosk-issue',
      storesKey: true,
      handle: (context, input) => device.checkIn(context, input),
    },
    'ticket:report-print': {
      ...kiosk,
      limit: 'device-write',
      handle: (context, input) => device.reportPrint(context, input),
    },
  });
}
