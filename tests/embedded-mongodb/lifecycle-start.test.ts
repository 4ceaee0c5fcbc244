/** A start that cannot succeed ends in one sentence that names the path and says what to do. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { startEmbeddedMongo } from '@frontdesk/embedded-mongodb';
import { startChild } from './child-store.js';
import { failureOf } from './store-inspection.js';

describe('embedded store: a start that cannot succeed', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'frontdesk-start-'));
    writeFileSync(join(folder, 'file'), '');
    symlinkSync('circle', join(folder, 'circle'));
    mkdirSync(join(folder, 'table', 'data.mdb-lock'), { recursive: true });
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  // None of these depends on who runs the tests: a superuser may write anywhere.
  const cases: readonly (readonly [string, string, string])[] = [
    ['a file in the place of the folder', 'file', 'a file is in its place. Move the file away, or name another folder'],
    ['a file in the path', 'file/below/it', 'a part of the path is a file'],
    ['links in a circle', 'circle', 'the links in the path lead in a circle'],
    ['a name that is too long', 'n'.repeat(300), 'the path is too long. Name a folder with a shorter path'],
  ];
  for (const [name, path, remedy] of cases) {
    it(`ES-2: ${name}`, async () => {
      const dir = join(folder, path);
      const message = await failureOf(startEmbeddedMongo({ dir }));
      expect(message).to.contain(`The data folder ${dir} cannot be used: ${remedy}`);
    });
  }

  it('ES-2: a folder in the place of a file of the store', async () => {
    const message = await failureOf(startEmbeddedMongo({ dir: join(folder, 'table') }));
    expect(message)
      .to.contain(join(folder, 'table', 'data.mdb-lock'))
      .and.to.contain('a folder is in its place');
    expect(readdirSync(join(folder, 'table'))).to.deep.equal(['data.mdb-lock']);
  });

  it('ES-2: no room for the first pages', async function () {
    this.timeout(20_000);
    const dir = join(folder, 'small');
    const child = startChild({ mode: 'hold', dir, fileBlocks: 60 });
    expect(await child.line('refused'))
      .to.contain(`The data folder ${dir} cannot be used`)
      .and.to.contain('EFBIG');
    expect(await child.ended()).to.equal(1);
    expect(readdirSync(dir)).to.deep.equal([]);
  });

  it('ES-2: a folder for temporary files that is none', async () => {
    const before = process.env.TMPDIR;
    // Sockets lie elsewhere when the name of this folder has capitals, because connection strings fold them.
    const temporary = `${folder.toLowerCase()}.file`;
    writeFileSync(temporary, '');
    process.env.TMPDIR = temporary;
    try {
      const socket = await failureOf(startEmbeddedMongo({ dir: join(folder, 'data') }));
      expect(socket).to.contain(`The socket folder ${temporary}`).and.to.contain('which TMPDIR names');
      const ephemeral = await failureOf(startEmbeddedMongo({ ephemeral: true }));
      expect(ephemeral).to.contain(`The folder for temporary files ${temporary} cannot be used`);
    } finally {
      if (before === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = before;
      rmSync(temporary);
    }
    // The refused start has let go of the folder.
    const store = await startEmbeddedMongo({ dir: join(folder, 'data') });
    await store.close();
  });
});
