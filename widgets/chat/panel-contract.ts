/** The seam between the launcher, which every visitor loads, and the panel, which only those who chat load. */
import type { SiteTheme } from '@frontdesk/protocol/tenancy';
import type { ResolvedLocale } from '../core/resolve-locale.js';

export interface PanelOptions {
  readonly serverUrl: string;
  readonly site: string;
  readonly identityToken: string | null;
  readonly language: ResolvedLocale;
  /** What was asked for; the theme corrects it. */
  readonly accent: string | null;
  readonly colorScheme: string | null;
  readonly side: 'start' | 'end';
}

/** What the panel asks of the launcher. */
export interface PanelOwner {
  handleUnread(count: number): void;
  handleClose(): void;
  /** The owner's settings; attributes on the element win over them. */
  handleTheme(theme: SiteTheme): void;
  /** Dispatches a public event on `<frontdesk-chat>`. */
  announce(event: Event): void;
}

export interface MountedPanel {
  configure(options: PanelOptions): void;
  show(options: { readonly shouldFocus: boolean }): void;
  hide(): void;
  send(body: string): Promise<boolean>;
  /** Signs the visitor out and forgets everything in this browser. */
  reset(): Promise<void>;
}

/** Resolves when the panel can be shown in the visitor's language. */
export type MountPanel = (parent: HTMLElement, owner: PanelOwner, options: PanelOptions) => Promise<MountedPanel>;
