import { expect } from '@open-wc/testing';
import { planClips, readCounter, spellLabel, writeSentence } from '@frontdesk/widgets/core/announcer/announcement';
import type { Announcement } from '@frontdesk/widgets/core/announcer/announcement';
import { createAnnouncementQueue } from '@frontdesk/widgets/core/announcer/announcement-queue';
import { createAudioOutput } from '@frontdesk/widgets/core/announcer/audio-output';
import { createClipLibrary } from '@frontdesk/widgets/core/announcer/clip-library';
import { CLIP_PACKS } from '@frontdesk/widgets/core/announcer/clip-packs';
import { createSpeech } from '@frontdesk/widgets/core/announcer/speech';
import { createVoice, type Voice } from '@frontdesk/widgets/core/announcer/voice';
import { createManualClock, createScriptedOutput, createScriptedSpeech, settle } from './display-fixture.js';

const build = (sequence: number, change: Partial<Announcement> = {}): Announcement => ({
  id: `call-${sequence}`,
  sequence,
  label: `A${String(sequence).padStart(3, '0')}`,
  counterLabel: 'Counter 3',
  languages: ['en'],
  ...change,
});

/** Writes down what is said, and when. */
function createQueue(lengthMs = 3_000) {
  const clock = createManualClock(0);
  const said: { readonly words: string; readonly begin: number; end: number }[] = [];
  const voice: Voice = {
    async chime() {},
    async say({ label, counterLabel }, language) {
      const entry = { words: `${label} ${counterLabel} ${language}`, begin: clock.now(), end: Infinity };
      said.push(entry);
      await new Promise<void>((resolve) => clock.setTimeout(resolve, lengthMs));
      entry.end = clock.now();
      return 'clips';
    },
    stop() {},
  };
  const spoken: number[] = [];
  const speaking: boolean[] = [];
  const queue = createAnnouncementQueue({
    voice,
    now: () => clock.now(),
    onSpoken: ({ sequence }) => void spoken.push(sequence),
    onSpeaking: (isSpeaking) => void speaking.push(isSpeaking),
  });
  return { clock, queue, said, spoken, speaking };
}

describe('announcements', () => {
  it('QD-9 a label is spelled by its letters and digits', () => {
    expect(spellLabel('A012')).to.deep.equal(['a', '0', '1', '2']);
    expect(spellLabel('VIP-7')).to.deep.equal(['v', 'i', 'p', '7']);
    expect(writeSentence('en', build(12))).to.equal('Number A 0 1 2. Counter 3.');
    expect(writeSentence('ms', build(12, { counterLabel: 'Kaunter 3' }))).to.equal('Nombor A 0 1 2. Kaunter 3.');
  });

  it('QD-9 a counter is said by its kind and number in each language', () => {
    expect(readCounter('Counter 12')).to.deep.equal({ place: 'counter', signs: ['12'] });
    expect(readCounter('Bilik 04')).to.deep.equal({ place: 'room', signs: ['4'] });
    expect(readCounter('7')).to.deep.equal({ place: 'counter', signs: ['7'] });
    expect(readCounter('3号柜台')).to.deep.equal({ place: 'counter', signs: ['3'] });
    expect(readCounter('Window B')).to.deep.equal({ place: 'window', signs: ['b'] });
    expect(readCounter('Pharmacy')).to.equal(undefined);
    expect(readCounter('Counter 112')).to.equal(undefined);
    expect(planClips('en', build(12))).to.deep.equal(['lead', 'a', '0', '1', '2', 'pause', 'counter', '3']);
    expect(planClips('zh', build(1, { label: 'A1' }))).to.deep.equal(['lead', 'a', '1', 'label-end', '3', 'counter']);
    expect(planClips('hi', build(1))).to.equal(undefined);
  });

  it('QD-9 every clip that a plan can name was recorded, in four languages', () => {
    expect(Object.keys(CLIP_PACKS)).to.have.members(['en', 'ms', 'zh', 'ta']);
    for (const [language, { names, lengths }] of Object.entries(CLIP_PACKS)) {
      const known = new Set(names.split(' '));
      expect(lengths.split(' ')).to.have.length(known.size);
      for (const counterLabel of ['Counter 0', 'Room 99', 'Desk 10', 'Window Z']) {
        const plan = planClips(language, build(1, { label: 'QX9807', counterLabel })) ?? [];
        expect(plan.filter((name) => name !== 'pause' && !known.has(name))).to.deep.equal([]);
      }
    }
  });

  it('QD-8 ten calls in one second: each once, in the order of their sequence, never two at a time', async () => {
    const { clock, queue, said, spoken } = createQueue();
    for (const sequence of [3, 1, 2]) queue.add([build(sequence)], 1);
    // What is below the last one that was taken is old; in one board they come sorted.
    queue.add(
      [10, 5, 7, 4, 9, 6, 8].map((sequence) => build(sequence)),
      1,
    );
    await clock.advance(60_000);
    expect(spoken).to.deep.equal([3, 4, 5, 6, 7, 8, 9, 10]);
    for (const [index, { begin }] of said.entries()) expect(begin).to.be.at.least(said[index - 1]?.end ?? 0);
    queue.add([build(10)], 1);
    await clock.advance(10_000);
    expect(spoken).to.have.length(8);
  });

  it('QD-8 a backlog of more than a minute says nothing twice, and everything once', async () => {
    const { clock, queue, spoken, said } = createQueue(3_000);
    queue.add(
      Array.from({ length: 12 }, (_, index) => build(index + 1)),
      3,
    );
    // A recall of a call that still waits is one of its repeats.
    queue.add([build(13, { id: 'call-12' })], 3);
    await clock.advance(200_000);
    expect(said.map(({ words }) => words.slice(0, 4))).to.have.length.below(20);
    expect(new Set(spoken).size).to.equal(12);
    expect(said.filter(({ words }) => words.startsWith('A011')).length).to.equal(1);
  });

  it('QD-8 a short line is repeated as often as the display is set to', async () => {
    const { clock, queue, said, speaking } = createQueue();
    queue.add([build(1)], 2);
    expect(speaking).to.deep.equal([true]);
    await clock.advance(20_000);
    expect(said).to.have.length(2);
    expect(speaking).to.deep.equal([true, false]);
  });

  it('QD-9 languages are spoken in the order of the call', async () => {
    const { clock, queue, said } = createQueue();
    queue.add([build(1, { languages: ['ms', 'en', 'zh'] })], 1);
    await clock.advance(20_000);
    expect(said.map(({ words }) => words.split(' ').pop())).to.deep.equal(['ms', 'en', 'zh']);
  });

  it('QD-12 a call that was taken back before its turn is not spoken', async () => {
    const { clock, queue, spoken } = createQueue();
    queue.add([build(1), build(2), build(3)], 1);
    queue.remove(({ sequence }) => sequence === 2);
    await clock.advance(20_000);
    expect(spoken).to.deep.equal([1, 3]);
  });
});

describe('voices', () => {
  function createTestVoice({ hasClips = true, hasVoices = true } = {}) {
    const clock = createManualClock(0);
    const output = createScriptedOutput(clock);
    const speech = createScriptedSpeech(clock);
    if (!hasVoices) speech.say = () => Promise.resolve(false);
    const clips = {
      has: () => hasClips,
      get: (_language: string, names: readonly string[]) =>
        Promise.resolve(hasClips ? names.map(() => ({}) as AudioBuffer) : undefined),
    };
    return { clock, output, speech, voice: createVoice({ output, clips, speech, clock }) };
  }

  async function say(choices: Parameters<typeof createTestVoice>[0], language = 'en') {
    const parts = createTestVoice(choices);
    const saying = parts.voice.say(build(1), language);
    await parts.clock.advance(20_000);
    return { ...parts, by: await saying };
  }

  it('QD-10 clips come first; without them a voice of the browser speaks; without both the call goes on', async () => {
    expect((await say({})).by).to.equal('clips');
    const spoken = await say({ hasClips: false });
    expect([spoken.by, spoken.speech.said[0]?.text]).to.deep.equal(['speech', 'Number A 0 0 1. Counter 3.']);
    expect((await say({ hasClips: false, hasVoices: false })).by).to.equal('none');
    expect((await say({}, 'hi')).by).to.equal('speech');
  });

  it('QD-10 a piece of sound whose end is never reported does not hold up the line', async () => {
    const { clock, output, voice } = createTestVoice();
    output.play = () => {
      let finish = (): void => {};
      const ended = new Promise<void>((resolve) => (finish = resolve));
      return { durationMs: 1_000, ended, stop: finish };
    };
    let by = '';
    void voice.say(build(1), 'en').then((result) => (by = result));
    await clock.advance(2_900);
    expect(by).to.equal('');
    await clock.advance(200);
    expect(by).to.equal('clips');
  });

  it('QD-10 speech: a new utterance for each text; a voice that does not begin or end is given up', async () => {
    const clock = createManualClock(0);
    const spoken: SpeechSynthesisUtterance[] = [];
    let cancels = 0;
    const synthesis = {
      getVoices: () => [{ lang: 'ms_MY', localService: true }],
      speak: (utterance: SpeechSynthesisUtterance) => void spoken.push(utterance),
      cancel: () => void (cancels += 1),
    } as unknown as SpeechSynthesis;
    const createUtterance = (text: string): SpeechSynthesisUtterance => ({ text }) as SpeechSynthesisUtterance;
    const speech = createSpeech({ synthesis, createUtterance, clock });
    expect([speech.hasVoice('ms'), speech.hasVoice('ta')]).to.deep.equal([true, false]);
    const results: boolean[] = [];
    const say = (text: string): void => void speech.say(text, 'ms').then((result) => results.push(result));

    say('one');
    await clock.advance(2_100);
    expect([results, cancels]).to.deep.equal([[false], 1]);
    say('two');
    spoken[1]?.onstart?.(new Event('start') as SpeechSynthesisEvent);
    await clock.advance(15_100);
    expect([results, cancels]).to.deep.equal([[false, false], 2]);
    say('three');
    spoken[2]?.onstart?.(new Event('start') as SpeechSynthesisEvent);
    spoken[2]?.onend?.(new Event('end') as SpeechSynthesisEvent);
    await settle();
    expect(results).to.deep.equal([false, false, true]);
    expect(new Set(spoken).size).to.equal(3);
    expect(spoken[2]?.lang).to.equal('ms-MY');
  });

  it('QD-10 the real clips are unpacked and laid end to end to the sample', async () => {
    const output = createAudioOutput(() => new AudioContext());
    const library = createClipLibrary({
      output,
      baseUrl: '/widgets/queue-display/clips',
      fetch: (input, init) => fetch(input, init),
      now: () => Date.now(),
    });
    for (const language of Object.keys(CLIP_PACKS)) {
      const plan = (planClips(language, build(12)) ?? []).filter((name) => name !== 'pause');
      const buffers = await library.get(language, plan);
      expect(buffers, language).to.have.length(plan.length);
      for (const buffer of buffers ?? []) {
        expect(buffer.duration).to.be.within(0.08, 1.6);
        const samples = buffer.getChannelData(0);
        // No silence of the compression is left at the edges.
        expect(Math.max(...samples.subarray(0, 400).map(Math.abs))).to.be.above(0.003);
      }
    }
    expect(await library.get('en', ['lead', 'no-such-clip'])).to.equal(undefined);
    output.close();
  });

  it('QD-10 clips that cannot be fetched are tried again later, not at every call', async () => {
    let now = 0;
    let asked = 0;
    const library = createClipLibrary({
      output: { decode: () => Promise.reject(new Error('unused')) },
      baseUrl: '',
      fetch: () => {
        asked += 1;
        return Promise.reject(new TypeError('no network'));
      },
      now: () => now,
    });
    expect(await library.get('en', ['lead', 'a'])).to.equal(undefined);
    expect(await library.get('en', ['lead'])).to.equal(undefined);
    expect(asked).to.equal(1);
    now = 61_000;
    expect(await library.get('en', ['lead'])).to.equal(undefined);
    expect(asked).to.equal(2);
  });
});
