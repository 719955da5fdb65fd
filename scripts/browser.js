// The browser that tests and pictures use: Chromium of the machine, or what CHROMIUM names. None is downloaded.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const path = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Whether there is a browser; where not, says on standard error what is left out. */
export function hasBrowserFor(what) {
  if (existsSync(path)) return true;
  process.stderr.write(`There is no browser at ${path}: ${what} left out.\n`);
  return false;
}

/** A browser that asks nobody but the page's own site for anything. */
export function openBrowser() {
  return chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
