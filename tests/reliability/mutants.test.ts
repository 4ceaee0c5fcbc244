/** Whether the harness has teeth: each mutant must be caught, and the untouched product must pass the same scenario. */
import { expect } from 'chai';
import type { CheckName, Violation } from './checker.js';
import { inWorld, killAtAcknowledgement, loseAcknowledgements, loseLastReply, replyAtReturn } from './scenarios.js';
import type { World } from './world.js';

interface Trial {
  readonly mutant: string;
  readonly promise: string;
  readonly expected: readonly CheckName[];
  readonly rounds: number;
  readonly play: (world: World, rounds: number) => Promise<Violation[]>;
  /** What the mutant is compared with; the product as it is, unless the test needs it faster. */
  readonly original?: string;
}

const TRIALS: readonly Trial[] = [
  { mutant: 'ack before write', promise: 'P1 P7', expected: ['C1'], rounds: 5, play: killAtAcknowledgement },
  { mutant: 'no unique key', promise: 'P2', expected: ['C1', 'C2'], rounds: 3, play: loseAcknowledgements },
  { mutant: 'fetch before join', promise: 'P1 P3', expected: ['C5', 'C10'], rounds: 1, play: replyAtReturn },
  {
    mutant: 'no heads',
    original: 'hurried heads',
    promise: 'P5',
    expected: ['C5', 'C10'],
    rounds: 1,
    play: loseLastReply,
  },
];

describe('mutants of the server', function () {
  this.timeout(60_000);

  for (const { mutant, original, promise, expected, rounds, play } of TRIALS) {
    it(`${promise} catches "${mutant}"`, async () => {
      const violations = await inWorld({ seed: 1, tenants: ['A'], mutant }, (world) => play(world, rounds));
      expect(violations.map(({ check }) => check)).to.include.oneOf([...expected]);
    });

    it(`${promise} finds nothing in the product where "${mutant}" is caught`, async () => {
      const options = { seed: 1, tenants: ['A'], ...(original === undefined ? {} : { mutant: original }) };
      const violations = await inWorld(options, (world) => play(world, 1));
      expect(violations).to.deep.equal([]);
    });
  }

  it('a mutation whose place in the code is gone stops the server instead of testing nothing', async () => {
    const failure = await inWorld({ seed: 1, tenants: ['A'], mutant: 'nowhere' }, async () => null).catch(String);
    expect(failure).to.include('one is needed');
  });
});
