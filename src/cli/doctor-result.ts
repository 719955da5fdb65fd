import type { Finding } from '../model/index.ts';

/** What one check of `modelcity doctor` found. */
export interface Result {
  readonly check: string;
  readonly state: 'good' | 'warning' | 'bad';
  readonly text: string;
  readonly findings: readonly Finding[];
}

export const good = (check: string, text: string): Result => ({ check, state: 'good', text, findings: [] });
export const warning = (check: string, text: string): Result => ({ ...good(check, text), state: 'warning' });
export const bad = (check: string, text: string): Result => ({ ...good(check, text), state: 'bad' });

/** The worst of what was found of one thing, or that all is well. */
export function worst(check: string, found: readonly Result[], well: string): Result {
  const most = found.find(({ state }) => state === 'bad') ?? found.find(({ state }) => state === 'warning');
  if (most === undefined) return good(check, well);
  const texts = found.filter(({ state }) => state !== 'good').map(({ text }) => text);
  return { ...most, check, text: texts.join('; ') };
}
