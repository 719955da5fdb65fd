import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareProgress, comparisonTable } from './compare-progress.ts';

describe('progress methods side by side', () => {
  it('print the table that the documentation holds', async () => {
    const page = new URL('../../docs/methods/progress-compared.md', import.meta.url);
    const opening = readFileSync(page, 'utf8').split('| case ')[0] ?? '';
    await expect(opening + comparisonTable()).toMatchFileSnapshot('../../docs/methods/progress-compared.md');
  });

  it('show where rates of growth give two verdicts on one fact, and a distance one', () => {
    const all = compareProgress();
    const covered = all.find((one) => one.case.name.en.startsWith('share covered'))?.verdicts;
    const uncovered = all.find((one) => one.case.name.en.startsWith('the same fact'))?.verdicts;
    expect(covered?.statcan?.status).toBe('substantial_progress');
    expect(uncovered?.statcan?.status).toBe('moderate_progress');
    expect(covered?.['linear-distance']?.status).toBe(uncovered?.['linear-distance']?.status);
  });
});
