/** A short sound: somebody has to look now. Two soft tones, rising; silent where the browser has not been touched yet. */
const TONES_HZ = [660, 880];
const TONE_SECONDS = 0.18;
const LOUDNESS = 0.25;

let context: AudioContext | null = null;

export function playCue(): void {
  if (typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  if (context.state === 'suspended') void context.resume();
  for (const [index, frequency] of TONES_HZ.entries()) {
    const from = context.currentTime + index * TONE_SECONDS;
    const tone = new OscillatorNode(context, { frequency, type: 'sine' });
    const volume = new GainNode(context, { gain: 0 });
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(LOUDNESS, from + 0.02);
    volume.gain.linearRampToValueAtTime(0, from + TONE_SECONDS);
    tone.connect(volume).connect(context.destination);
    tone.start(from);
    tone.stop(from + TONE_SECONDS);
  }
}

export function readSound(): 'on' | 'needs-tap' {
  return context?.state === 'running' ? 'on' : 'needs-tap';
}
