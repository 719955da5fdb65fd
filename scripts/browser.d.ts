import type { Browser } from 'playwright-core';

export function hasBrowserFor(what: string): boolean;
export function openBrowser(): Promise<Browser>;
