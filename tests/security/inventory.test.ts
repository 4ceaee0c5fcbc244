/** SOC-01, OPS-03: one way in. What the server offers is exactly what the contract lists, and nothing reaches it from the side. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { listCommands } from '@frontdesk/protocol/catalogue';
import { createAsyncApi, createOpenApi } from '@frontdesk/protocol/documents';
import { LIMITS } from '@frontdesk/server/core/limits';
import { PERMISSIONS } from '@frontdesk/server/core/permissions';
import { startTestServer, type TestServer } from '../support/server.js';

const SERVER = join(import.meta.dirname, '../../../server');

function listSources(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return ['dist', 'node_modules', 'data'].includes(entry.name) ? [] : listSources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

function findIn(pattern: RegExp): string[] {
  return listSources(SERVER)
    .filter((path) => pattern.test(readFileSync(path, 'utf8')))
    .map((path) => path.slice(SERVER.length + 1))
    .sort();
}

describe('inventory', () => {
  let app: TestServer;
  before(async () => {
    app = await startTestServer();
  });
  after(() => app.close());

  it('OPS-03 binds every command of the contract, once, and no other', () => {
    const bound = app.server.executor.list().map(({ definition }) => `${definition.audience} ${definition.name}`);
    const listed = listCommands().map((definition) => `${definition.audience} ${definition.name}`);
    expect([...bound].sort()).to.deep.equal([...listed].sort());
    expect(new Set(bound).size).to.equal(bound.length);
  });

  it('SOC-01 every command has a strict schema, a limit and, for staff, a permission', () => {
    for (const { definition, limit, permission } of app.server.executor.list()) {
      const name = `${definition.audience} ${definition.name}`;
      expect(LIMITS, name).to.have.property(limit);
      if (definition.audience === 'staff') expect(PERMISSIONS, name).to.have.property(permission!);
      expect(definition.input.safeParse({ notInTheContract: 1 }).success, name).to.equal(false);
    }
  });

  it('SOC-01 commands leave the executor only: sockets are listened to in realtime, HTTP routes are made in eight files', () => {
    expect(findIn(/socket\.(on|onAny|use)\(/)).to.satisfy((files: string[]) =>
      files.every((file) => file.startsWith('realtime')),
    );
    expect(findIn(/\b(?:app|router)\.(?:get|post|put|patch|delete|all)\(/)).to.deep.equal([
      'app.ts',
      'booking/calendar.routes.ts',
      'booking/files.routes.ts',
      'booking/slots.routes.ts',
      'cards/cards.routes.ts',
      'core/http-commands.ts',
      'desk.ts',
      'hosted.ts',
    ]);
    expect(findIn(/\.handle\(\w+, \w+\)/)).to.deep.equal(['core/executor.ts']);
  });

  it('OPS-03 documents every command: HTTP twins in OpenAPI, socket requests in AsyncAPI', () => {
    const openApi = createOpenApi('https://desk.example') as { paths: Record<string, unknown> };
    const asyncApi = JSON.stringify(createAsyncApi('https://desk.example'));
    for (const { audience, name, transports } of listCommands()) {
      if (transports.includes('http')) expect(openApi.paths).to.have.property(`/v1/${audience}/${name}`);
      if (transports.includes('socket')) expect(asyncApi).to.include(name);
    }
  });
});
