export interface ChromiumLaunch {
  readonly executablePath: string;
  /** True for a headless shell, which is fast and takes no headed options. */
  readonly isShell: boolean;
  readonly args: string[];
  readonly env: Record<string, string | undefined>;
}

export function resolveChromium(): Promise<ChromiumLaunch>;
