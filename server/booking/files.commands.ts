/** The commands of files: permission, limit and service call of each. */
import { fileStaffCommands, fileVisitorCommands } from '@frontdesk/protocol/booking-files';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { FilesService } from './files.service.js';

const send = { openToUnverified: false } as const;
/** As answers that were given in confidence. */
const read = { permission: 'booking:write', limit: 'staff-read' } as const;

export function bindFileCommands(files: FilesService): BoundCommand[] {
  return [
    ...bindCommands(fileVisitorCommands, {
      // Its id follows from its key, so that a second try finds the first.
      'file:begin': {
        ...send,
        limit: 'visitor-file',
        storesKey: true,
        handle: (context, input) => files.begin(context, input),
      },
      'file:finish': { ...send, limit: 'visitor-read', handle: (context, { fileId }) => files.finish(context, fileId) },
      'file:remove': { ...send, limit: 'visitor-read', handle: (context, { fileId }) => files.remove(context, fileId) },
    }),
    ...bindCommands(fileStaffCommands, {
      'booking-file:list': {
        ...read,
        handle: async (context, { ownerId }) => ({ files: await files.list(context, ownerId) }),
      },
      'booking-file:link': { ...read, handle: (context, { fileId }) => files.link(context, fileId) },
    }),
  ];
}
