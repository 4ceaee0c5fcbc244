/** The Express application. Never listens; `compose.ts` puts it on a server together with Socket.IO. */
import { join } from 'node:path';
import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import { createAsyncApi, createOpenApi } from '@frontdesk/protocol/documents';
import { createDeskRouter } from './desk.js';
import { createHostedRouter } from './hosted.js';
import { AppError } from './core/errors.js';
import { assignRequestId, createCommandRouter, sendError, type HttpCommandDeps } from './core/http-commands.js';
import { createSecurityHeaders } from './core/security-headers.js';
import type { TenancyDirectory } from './tenancy/index.js';
import { createWidgetAssets } from './widget-assets.js';

export interface AppDeps extends HttpCommandDeps {
  /** True while the server accepts work: the store answers and no drain has begun. */
  readonly isReady: () => Promise<boolean>;
  readonly findSiteByKey: TenancyDirectory['findSiteByKey'];
  /** What domains serve under addresses of their own. */
  readonly pages: readonly Router[];
}

/** What body-parser and the router throw carries a `status` or `type`, never a code of ours. */
function translateHttpError(error: unknown): unknown {
  if (error instanceof AppError || typeof error !== 'object' || error === null) return error;
  const { type, status } = error as { type?: unknown; status?: unknown };
  if (type === 'entity.too.large') return new AppError('TOO_LARGE');
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') return new AppError('UNSUPPORTED_TYPE');
  if (typeof status === 'number' && status >= 400 && status < 500) return new AppError('VALIDATION');
  return error;
}

export function createApp(deps: AppDeps): Express {
  const app = express();
  app.set('query parser', 'simple');
  app.set('etag', false);
  app.disable('x-powered-by');
  app.use(assignRequestId, createSecurityHeaders(deps.config));
  app.get('/health', (_request, response) => {
    response.json({ ok: true });
  });
  app.get('/ready', async (_request, response) => {
    const isReady = await deps.isReady();
    response.status(isReady ? 200 : 503).json({ ok: isReady });
  });
  if (deps.config.publishDocuments) {
    app.get('/openapi.json', (_request, response) => {
      response.json(createOpenApi(deps.config.publicUrl));
    });
    app.get('/asyncapi.json', (_request, response) => {
      response.json(createAsyncApi(deps.config.publicUrl));
    });
  }
  app.use('/widgets', createWidgetAssets(deps.config.widgetsDir));
  app.use('/desk', createDeskRouter(join(import.meta.dirname, '../desk')));
  app.use(createHostedRouter(join(import.meta.dirname, '../hosted'), deps.config.widgetsDir, deps.findSiteByKey));
  app.use(...deps.pages);
  app.use(createCommandRouter(deps));
  app.use(() => {
    throw new AppError('NOT_FOUND');
  });
  const handleError: ErrorRequestHandler = (error, _request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const requestId = String(response.getHeader('X-Request-Id'));
    const translated = translateHttpError(error);
    if (!(translated instanceof AppError)) deps.log.error({ err: error, requestId }, 'a request failed');
    sendError(response, translated, requestId);
  };
  app.use(handleError);
  return app;
}
