/**
 * Publishes the size of an element to its own styles as `--frontdesk-width` and `--frontdesk-height`, in pixels. Screens and
 * kiosks scale with their container, and browsers of televisions are older than container units.
 */
import type { ReactiveController, ReactiveControllerHost } from '@lit/reactive-element';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export class MeasureController implements ReactiveController {
  /** Of the content box; 0 × 0 until it was measured. */
  size: Size = { width: 0, height: 0 };
  readonly #host: ReactiveControllerHost & HTMLElement;
  #observer: ResizeObserver | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#observer = new ResizeObserver((entries) => {
      const box = entries[entries.length - 1]?.contentRect;
      if (box) this.#publish(box);
    });
    this.#observer.observe(this.#host);
    this.#publish(this.#host.getBoundingClientRect());
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
  }

  #publish({ width, height }: Size): void {
    if (width === 0 || height === 0) return;
    if (Math.abs(width - this.size.width) < 1 && Math.abs(height - this.size.height) < 1) return;
    this.size = { width, height };
    this.#host.style.setProperty('--frontdesk-width', `${Math.round(width)}px`);
    this.#host.style.setProperty('--frontdesk-height', `${Math.round(height)}px`);
    this.#host.requestUpdate();
  }
}
