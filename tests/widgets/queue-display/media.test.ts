import { aTimeout, expect, fixture, html, waitUntil } from '@open-wc/testing';
import type { PlaylistItem } from '@frontdesk/protocol/devices';
import '@frontdesk/widgets/queue-display/define';
import { PICTURE } from '@frontdesk/widgets/queue-display/display-states';
import type { FrontdeskQueueMedia } from '@frontdesk/widgets/queue-display/queue-media';
import { createManualClock, settle } from './display-fixture.js';

const picture = (alt: string, change: Partial<PlaylistItem> = {}): PlaylistItem => ({
  kind: 'image',
  url: `${PICTURE}#${alt}`,
  seconds: 5,
  alt,
  ...change,
});
const BROKEN = 'data:image/png;base64,AAAA';

async function openMedia(items: readonly PlaylistItem[]) {
  const clock = createManualClock();
  const media = await fixture<FrontdeskQueueMedia>(html`<frontdesk-queue-media></frontdesk-queue-media>`);
  media.clock = clock;
  media.items = items;
  await media.updateComplete;
  const shown = (): string | undefined => media.shadowRoot?.querySelector<HTMLImageElement>('img')?.alt;
  const isLoaded = (): boolean => {
    const image = media.shadowRoot?.querySelector<HTMLImageElement>('img');
    return Boolean(image?.complete && image.naturalWidth > 0);
  };
  return { media, clock, shown, isLoaded };
}

describe('pictures and videos', () => {
  it('QD-13 are shown one after the other, each for its time', async () => {
    const { media, clock, shown, isLoaded } = await openMedia([picture('one'), picture('two', { seconds: 9 })]);
    await waitUntil(isLoaded);
    await aTimeout(20);
    expect(shown()).to.equal('one');
    await clock.advance(5_000);
    await media.updateComplete;
    expect(shown()).to.equal('two');
    await waitUntil(isLoaded);
    await aTimeout(20);
    await clock.advance(8_000);
    expect(shown()).to.equal('two');
    await clock.advance(1_000);
    await media.updateComplete;
    expect(shown()).to.equal('one');
  });

  it('QD-13 what is broken is skipped', async () => {
    const { shown, isLoaded } = await openMedia([picture('broken', { url: BROKEN }), picture('whole')]);
    await waitUntil(() => shown() === 'whole');
    await waitUntil(isLoaded);
  });

  it('QD-13 what does not come in time is skipped', async () => {
    const slow = picture('slow', { url: 'https://slow.invalid/never' });
    const video = { ...slow, kind: 'video' as const, url: 'data:video/mp4;base64,AAAA' };
    const { media, clock, shown } = await openMedia([video, picture('whole')]);
    await clock.advance(12_000);
    await media.updateComplete;
    await waitUntil(() => shown() === 'whole');
  });

  it('QD-13 when all is broken the place stays empty, and is tried again', async () => {
    const { media, clock } = await openMedia([picture('broken', { url: BROKEN })]);
    await waitUntil(() => media.shadowRoot?.querySelector('img') === null);
    await clock.advance(60_000);
    await media.updateComplete;
    await settle();
    expect(media.shadowRoot?.querySelector('img') instanceof HTMLImageElement).to.equal(true);
  });

  it('QD-13 a call that is spoken turns a video down at once, and up again after', async () => {
    const { media } = await openMedia([picture('film', { kind: 'video', url: 'https://films.invalid/one.mp4' })]);
    const video = media.shadowRoot?.querySelector('video');
    if (!video) throw new Error('no video');
    media.isAudible = true;
    await media.updateComplete;
    expect([video.muted, video.volume]).to.deep.equal([false, 0.6]);
    const begin = performance.now();
    media.isSpeaking = true;
    await media.updateComplete;
    expect(video.volume).to.be.below(0.1);
    expect(performance.now() - begin).to.be.below(300);
    media.isSpeaking = false;
    await media.updateComplete;
    expect(video.volume).to.equal(0.6);
  });
});
