import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError, loadConfig } from '@frontdesk/server/config';

describe('configuration', () => {
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'frontdesk-config-'));
  });
  afterEach(() => {
    rmSync(dataDir, { recursive: true });
  });

  function problemsOf(env: Record<string, string>): readonly string[] {
    try {
      loadConfig({ DATA_DIR: dataDir, ...env });
    } catch (error) {
      if (error instanceof ConfigError) return error.problems;
      throw error;
    }
    return [];
  }

  const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://desk.example' };

  it('starts with nothing set, and keeps its own secret over restarts', () => {
    const first = loadConfig({ DATA_DIR: dataDir });
    const second = loadConfig({ DATA_DIR: dataDir });
    expect(first.publicUrl).to.equal('http://localhost:4400');
    expect(first.jwtSecrets[0]!.secret.length).to.be.at.least(32);
    expect(second.jwtSecrets[0]!.secret.equals(first.jwtSecrets[0]!.secret)).to.equal(true);
  });

  it('names every problem at once', () => {
    const problems = problemsOf({ PORT: 'many', PUBLIC_URL: 'not a url', MONGODB_URI: 'postgres://x' });
    expect(problems.join('\n'))
      .to.match(/PORT/)
      .and.match(/PUBLIC_URL/)
      .and.match(/MONGODB_URI/);
  });

  it('SEC-03 refuses a secret of its own that a crash left empty', () => {
    writeFileSync(join(dataDir, 'jwt-secret'), '');
    expect(problemsOf({}).join()).to.include('is too short');
  });

  it('SEC-03 refuses missing, short and default secrets in production', () => {
    expect(problemsOf(production).join()).to.include('JWT_SECRETS: required');
    expect(problemsOf({ ...production, JWT_SECRETS: 'k1:short' }).join()).to.include('shorter than 32 bytes');
    expect(problemsOf({ ...production, JWT_SECRETS: `k1:${'a'.repeat(40)}` }).join()).to.include(
      'looks like a default',
    );
    expect(problemsOf({ ...production, JWT_SECRETS: `k1:changeme${'x7'.repeat(20)}` }).join()).to.include('default');
    expect(
      problemsOf({ ...production, PUBLIC_URL: 'http://desk.example', JWT_SECRETS: `k1:${'q9Z'.repeat(12)}` }).join(),
    ).to.include('https');
    expect(problemsOf({ ...production, JWT_SECRETS: `k1:${'q9Z'.repeat(12)}` })).to.deep.equal([]);
  });

  it('cannot be changed after it was read', () => {
    const config = loadConfig({ DATA_DIR: dataDir }) as { port: number };
    expect(() => (config.port = 1)).to.throw(TypeError);
  });
});
