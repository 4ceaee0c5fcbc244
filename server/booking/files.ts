/** Files that answer questions, put together (ADR 0017). */
import type { Router } from 'express';
import type { Authenticators } from '../core/authenticators.js';
import type { BoundCommand } from '../core/command.js';
import type { CoreDeps } from '../core/deps.js';
import type { AllocationStore } from './allocation.store.js';
import { bindFileCommands } from './files.commands.js';
import { createFileModels } from './files.model.js';
import { createFileRouter } from './files.routes.js';
import { createOwnerCheck } from './files.owners.js';
import { createFilesService, type FilesService } from './files.service.js';
import { createFileStore } from './files.store.js';
import { createFilesSweep, type FilesSweep } from './files.sweep.js';
import type { Schedules } from './schedules.js';
import { createFileLinks, createFileSeal } from './sealed-files.js';
import type { SessionStore } from './session.store.js';

export interface Files {
  readonly service: FilesService;
  readonly sweep: FilesSweep;
  readonly routes: Router;
  readonly commands: readonly BoundCommand[];
}

export function createFiles(
  deps: CoreDeps & {
    readonly schedules: Schedules;
    readonly allocations: AllocationStore;
    readonly sessions: SessionStore;
    readonly isSiteOrigin: Authenticators['isSiteOrigin'];
    readonly authenticateVisitor: Authenticators['visitor'];
  },
): Files {
  const { config } = deps;
  const store = createFileStore(createFileModels(deps.connection));
  const seal = createFileSeal(config);
  const links = createFileLinks(config);
  const isOwnerWritten = createOwnerCheck(deps);
  const service = createFilesService({ ...deps, store, seal, links, isOwnerWritten, publicUrl: config.publicUrl });
  return {
    service,
    sweep: createFilesSweep({ ...deps, files: store, isOwnerWritten }),
    routes: createFileRouter({ ...deps, files: service }),
    commands: bindFileCommands(service),
  };
}
