import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { endChildren, startChild, type ChildStore } from './child-store.js';
import { inspectStore } from './store-inspection.js';

/** What a process may write is limited as by `ulimit -f`: the commit that goes beyond it fails as on a full disk. */
describe('embedded store: full disk', () => {
  let dir: string;
  const children: ChildStore[] = [];

  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'frontdesk-full-disk-'));
  });

  afterEach(async () => {
    await endChildren(children);
    rmSync(dir, { recursive: true, force: true });
  });

  const run = async (number: number, fileBlocks: number): Promise<ChildStore> => {
    const child = startChild({ mode: 'fill', dir, run: number, fileBlocks });
    children.push(child);
    expect(await child.ended()).to.equal(0);
    return child;
  };

  const idsOf = (child: ChildStore): string[] =>
    child.lines.filter((line) => line.startsWith('inserted')).map((line) => line.slice('inserted '.length));

  it('ES-2: a commit that finds no room is refused with the name of the file, and nothing is written after it', async function () {
    this.timeout(30_000);
    const file = join(dir, 'data.mdb');
    const acknowledged: string[] = [];
    let collections = 1;
    // Each time there is more room than before, as after an operator has made some.
    for (const [number, fileBlocks] of [4000, 6000, 8000].entries()) {
      const child = await run(number, fileBlocks);
      const own = idsOf(child);
      expect(own.length).to.be.greaterThan(50);
      acknowledged.push(...own);

      const refusals = child.lines.filter((line) => /^(full|still) /.test(line));
      expect(refusals).to.have.length(17);
      for (const refusal of refusals) {
        expect(refusal)
          .to.match(/^(full|still) (14031|39) /)
          .and.to.contain(`cannot write to ${file}`);
        expect(refusal).to.contain('read-only until it is restarted');
      }
      expect(child.lines.filter((line) => line.startsWith('log'))).to.have.length(1);
      // Reading goes on, and what could not be stored is not shown.
      collections += child.lines.filter((line) => line.startsWith('made')).length;
      expect(child.lines).to.include(`collections ${collections}`);
      expect(child.lines).to.include(`counted ${acknowledged.length}`);

      const { stored, problems } = await inspectStore(dir, 'frontdesk.items');
      expect(problems).to.deep.equal([]);
      expect([...stored.keys()]).to.have.members(acknowledged);
    }
  });
});
