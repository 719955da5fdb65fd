import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareProgress, comparisonTable, demandsTable, progressDemands } from './compare-progress.ts';

describe('progress methods side by side', () => {
  it('print the table that the documentation holds', async () => {
    const page = new URL('../../docs/methods/progress-compared.md', import.meta.url);
    const text = readFileSync(page, 'utf8');
    const opening = text.split('| case ')[0] ?? '';
    const between = /\n\n## What a reader may ask[\s\S]*?\n\n(?=\| demand)/.exec(text)?.[0] ?? '';
    await expect(opening + comparisonTable().trimEnd() + between + demandsTable()).toMatchFileSnapshot(
      '../../docs/methods/progress-compared.md',
    );
  });

  it('show where rates of growth give two verdicts on one fact, and a distance one', () => {
    const all = compareProgress();
    const covered = all.find((one) => one.case.name.en.startsWith('share covered'))?.verdicts;
    const uncovered = all.find((one) => one.case.name.en.startsWith('the same fact'))?.verdicts;
    expect(covered?.statcan?.status).toBe('substantial_progress');
    expect(uncovered?.statcan?.status).toBe('moderate_progress');
    expect(covered?.['linear-distance']?.status).toBe(uncovered?.['linear-distance']?.status);
  });

  it('meet every demand with the default method; each other method misses at least four', () => {
    const all = progressDemands();
    expect(all.filter(({ meets }) => meets['linear-distance'] !== true)).toEqual([]);
    for (const id of ['statcan', 'eurostat', 'unsd-2023'])
      expect(all.filter(({ meets }) => meets[id] === false).length, id).toBeGreaterThanOrEqual(4);
  });
});
