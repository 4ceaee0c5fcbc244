import type { Page } from 'playwright-core';

export declare function startModuleServer(): Promise<{ readonly origin: string; close(): Promise<void> }>;
export declare function openBlankPage(page: Page, origin: string): Promise<void>;
