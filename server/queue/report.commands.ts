/** What owners and auditors ask of the queue: permission, limit and service call of each. */
import { queueReportStaffCommands } from '@frontdesk/protocol/queue-reports';
import { bindCommands, type BoundCommand } from '../core/command.js';
import type { AuditService } from './audit.service.js';
import type { EraseService } from './erase.service.js';
import type { ExportService } from './export.service.js';
import type { OverviewService } from './overview.service.js';
import type { PreviewService } from './preview.service.js';
import type { ReportService } from './report.service.js';

export interface ReportServices {
  readonly report: ReportService;
  readonly overview: OverviewService;
  readonly audit: AuditService;
  readonly preview: PreviewService;
  readonly exporter: ExportService;
  readonly eraser: EraseService;
}

export function bindReportCommands(services: ReportServices): BoundCommand[] {
  const { report, overview, audit, preview, exporter, eraser } = services;
  return bindCommands(queueReportStaffCommands, {
    'queue:read-report': {
      permission: 'queue:read',
      limit: 'staff-report',
      handle: (context, period) => report.read(context, period),
    },
    'queue:read-honesty': {
      permission: 'queue:read',
      limit: 'staff-report',
      handle: (context, period) => report.readHonesty(context, period),
    },
    'queue:preview-policy': {
      permission: 'queue:manage',
      limit: 'staff-report',
      handle: (context, request) => preview.preview(context, request),
    },
    'queue:export': {
      permission: 'queue:export',
      limit: 'staff-report',
      handle: (context, request) => exporter.export(context, request),
    },
    'queue:erase-person': {
      permission: 'queue:manage',
      limit: 'staff-sensitive',
      handle: (context, request) => eraser.erase(context, request),
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
