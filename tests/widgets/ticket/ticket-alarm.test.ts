/** Ringing, as far as a browser lets a page. */
import { expect } from '@open-wc/testing';
import { createAlarm } from '@frontdesk/widgets/ticket/ticket-alarm';
import { settle, TestClock } from './ticket-fixture.js';

function openAlarm(rejectsWakeLock = false) {
  const clock = new TestClock();
  const vibrations: unknown[] = [];
  let tones = 0;
  let locks = 0;
  let released = 0;
  let resumed = 0;
  const parameter = {
    setValueAtTime: () => undefined,
    linearRampToValueAtTime: () => undefined,
    exponentialRampToValueAtTime: () => undefined,
  };
  const node = {
    connect: () => undefined,
    gain: parameter,
    frequency: { value: 0 },
    start: () => void (tones += 1),
    stop: () => undefined,
  };
  const context = {
    currentTime: 0,
    destination: {},
    createGain: () => node,
    createOscillator: () => node,
    resume: async () => void (resumed += 1),
    close: async () => undefined,
  };
  const alarm = createAlarm({
    clock,
    createContext: () => context as unknown as AudioContext,
    navigator: {
      vibrate: (pattern: unknown) => {
        vibrations.push(pattern);
        return true;
      },
      wakeLock: {
        request: async () => {
          if (rejectsWakeLock) throw new Error('low battery');
          locks += 1;
          return { release: async () => void (released += 1) } as WakeLockSentinel;
        },
      },
    },
  });
  return {
    alarm,
    clock,
    vibrations,
    get counts() {
      return { tones, locks, released, resumed };
    },
  };
}

describe('ticket alarm', () => {
  it('QP-3: sounds only after a touch, and lets the person hear what to listen for', () => {
    const test = openAlarm();
    test.alarm.ring();
    expect(test.counts.tones).to.equal(0);
    test.alarm.quiet();
    test.alarm.arm();
    const sample = test.counts.tones;
    expect(sample).to.be.above(0);
    test.alarm.ring();
    expect(test.counts.tones).to.equal(2 * sample);
    test.alarm.close();
  });

  it('QP-3: vibrates also without being asked, repeats, and stops when somebody answers', async () => {
    const { alarm, clock, vibrations } = openAlarm();
    alarm.ring();
    await clock.advance(5_000);
    expect(vibrations.filter(Array.isArray)).to.have.length(3);
    alarm.quiet();
    await clock.advance(60_000);
    expect(vibrations.filter(Array.isArray)).to.have.length(3);
    expect(vibrations.at(-1)).to.equal(0);
  });

  it('QP-3: a phone that nobody answers does not ring for ever', async () => {
    const { alarm, clock, vibrations } = openAlarm();
    alarm.ring();
    await clock.advance(600_000);
    expect(vibrations).to.have.length(20);
  });

  it('QP-3: keeps the screen on while it is armed', async () => {
    const test = openAlarm();
    test.alarm.arm();
    await settle();
    expect(test.counts).to.include({ locks: 1, released: 0 });
    test.alarm.disarm();
    await settle();
    expect(test.counts.released).to.equal(1);
  });

  it('QP-3: a phone that refuses to stay awake rings all the same', async () => {
    const { alarm } = openAlarm(true);
    alarm.arm();
    await settle();
    expect(alarm.getState().isArmed).to.equal(true);
  });
});
