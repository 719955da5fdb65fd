import { describe, expect, it } from 'vitest';
import type { Workspace } from '../model/index.ts';
import { tinyCity, tinyFiles } from './fixture.ts';
import { parseWorkspace } from './parse.ts';
import { checkPortfolio } from './portfolio-check.ts';

function place(id: string, partOf?: string, districts = '[]'): { folder: string; workspace: Workspace } {
  const { workspace } = parseWorkspace(
    tinyFiles({
      'city.yaml': (tinyCity['city.yaml'] ?? '').replace(
        'id: tiny',
        `id: ${id}${partOf === undefined ? '' : `\npartOf: ${partOf}`}`,
      ),
      'review/2022/review.yaml': `${tinyCity['review/2022/review.yaml']}districts: ${districts}\n`,
    }),
  );
  if (workspace === null) throw new Error('the place cannot be read');
  return { folder: `portfolio/${id}`, workspace };
}
const told = (...members: Parameters<typeof checkPortfolio>[0]) =>
  checkPortfolio(members).map(({ rule, severity, where }) => `${severity} ${rule} ${where.file}`);

describe('workspaces together', () => {
  it('are fine when city and districts name each other', () => {
    expect(
      told(place('city', undefined, '[{ city: north, review: review-2022 }]'), place('north', 'city')),
    ).toEqual([]);
  });

  it('are warned of when a place is named that is not there', () => {
    expect(told(place('north', 'city'), place('south', undefined, '[{ city: west, review: r }]'))).toEqual([
      'warning city.part-of-unknown portfolio/north/city.yaml',
      'warning review.unknown-place portfolio/south/review',
    ]);
  });

  it('are told when one id stands twice, places are part of each other, or a review is not there', () => {
    expect(told(place('a'), place('a'))).toEqual(['error city.duplicate portfolio/a/city.yaml']);
    expect(told(place('a', 'b'), place('b', 'a'))).toEqual([
      'error city.cycle portfolio/a/city.yaml',
      'error city.cycle portfolio/b/city.yaml',
    ]);
    expect(told(place('a', undefined, '[{ city: b, review: review-2021 }]'), place('b'))).toEqual([
      'warning review.unknown portfolio/a/review',
    ]);
  });
});
