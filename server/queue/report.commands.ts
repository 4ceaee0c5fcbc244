/** What owners and auditors ask of the queue: permission, limit and service call of each. */
import { queueReportStaffCommands } from '@frontdesk/protocol/queue-reports';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { AuditService } from './audit.service.js';
import type { OverviewService } from './overview.service.js';
import type { ReportService } from './report.service.js';

export interface ReportServices {
  readonly report: ReportService;
  readonly overview: OverviewService;
  readonly audit: AuditService;
}

export function bindReportCommands({ report, overview, audit }: ReportServices): BoundCommand[] {
  return bindCommands(queueReportStaffCommands, {
    'queue:read-report': {
      permission: 'queue:read',
      limit: 'staff-report',
      handle: (context, period) => report.read(context, period),
    },
    'queue:overview': {
      permission: 'queue:read',
      limit: 'staff-read',
      handle: (context) => overview.read(context),
    },
    'queue:audit': {
      permission: 'queue:read',
      limit: 'staff-read',
      handle: (context, query) => audit.read(context, query),
    },
  });
}
