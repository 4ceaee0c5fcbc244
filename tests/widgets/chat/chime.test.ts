import { expect } from '@open-wc/testing';
import { CHIME_INTERVAL_MS, createChime } from '@frontdesk/widgets/chat/panel/chime';

describe('chime', () => {
  it('CH-14 is silent before the visitor touched anything', () => {
    expect(createChime().play()).to.equal(false);
  });

  it('CH-14 sounds at most once in three seconds', () => {
    let nowMs = 0;
    const chime = createChime(
      () => new AudioContext(),
      () => nowMs,
    );
    chime.unlock();
    expect(CHIME_INTERVAL_MS).to.equal(3_000);
    expect(chime.play()).to.equal(true);
    nowMs = CHIME_INTERVAL_MS - 1;
    expect(chime.play()).to.equal(false);
    nowMs = CHIME_INTERVAL_MS;
    expect(chime.play()).to.equal(true);
  });

  it('does without sound where there is no audio device', () => {
    const chime = createChime(() => {
      throw new Error('no device');
    });
    chime.unlock();
    expect(chime.play()).to.equal(false);
  });
});
