import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import type { Workspace } from '../model/index.ts';
import { parseWorkspace, readFolder } from './index.ts';

const places = ['shanghai', 'songjiang', 'fengxian', 'chengdu', 'shenyang'] as const;
const root = resolve(import.meta.dirname, '../..');
const facts = resolve(root, '../shared/data');

interface Statement {
  readonly value: string | null;
  readonly locator: string;
}

async function load(place: string): Promise<Workspace> {
  const { files, findings: unread } = await readFolder(resolve(root, 'examples', place));
  const { workspace, findings } = parseWorkspace(files);
  expect([...unread, ...findings].filter(({ severity }) => severity === 'error')).toEqual([]);
  if (workspace === null) throw new Error(`${place} was not read`);
  return workspace;
}

function statements({ observations, targets, claims }: Workspace): [string, Statement][] {
  return [...observations, ...targets, ...claims].flatMap(({ ref, value, locator }) =>
    ref === null ? [] : [[ref, { value, locator }] as [string, Statement]],
  );
}

/** The line numbers of a locator or of a fact's line cell, in order: `en:29;zh:25` and `line 29; Chinese text: line 25`. */
const lines = (text: string): string[] => text.match(/\d+/g) ?? [];

describe.each(places)('the workspace of %s', (place) => {
  it('is read without an error or a warning', async () => {
    const { files } = await readFolder(resolve(root, 'examples', place));
    expect(parseWorkspace(files).findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
  });

  it('names everything in both languages', async () => {
    const { indicators, city, frameworks, plans } = await load(place);
    const named = [
      ...indicators,
      ...city.areas,
      ...city.dimensions,
      ...frameworks.flatMap(({ criteria, goals }) => [
        ...criteria,
        ...goals.flatMap(({ measures }) => measures.flatMap((measure) => [measure, ...measure.practices])),
      ]),
      ...plans.flatMap(({ commitments }) => commitments),
    ];
    expect(named.filter(({ name }) => name.en.trim() === '' || !/\p{Script=Han}/u.test(name.zh))).toEqual([]);
  });

  it('tells each statement once', async () => {
    const refs = statements(await load(place)).map(([ref]) => ref);
    expect(refs.filter((ref, at) => refs.indexOf(ref) !== at)).toEqual([]);
  });
});

describe('the two districts', () => {
  it('belong to the city and keep its four goals with eight key indicators each', async () => {
    const city = await load('shanghai');
    expect(city.reviews[0]?.head.districts.map((each) => each.city)).toEqual(['songjiang', 'fengxian']);
    for (const place of ['shanghai', 'songjiang', 'fengxian']) {
      const { city: head, indicators } = await load(place);
      if (place !== 'shanghai') expect(head.partOf).toBe('shanghai');
      for (const goal of ['7', '10', '12', '17'])
        expect(indicators.filter(({ key, goals }) => key && goals.includes(goal))).toHaveLength(8);
    }
  });
});

if (existsSync(facts))
  describe('the facts of the documents', () => {
    it('all 1,578 stand in the examples once, with equal value and line', async () => {
      let total = 0;
      for (const place of places) {
        const rows: Record<string, string>[] = parse(readFileSync(resolve(facts, place, 'facts.csv')), {
          columns: true,
        });
        const told = new Map(statements(await load(place)));
        expect(told.size).toBe(rows.length);
        for (const { id = '', value = '', line = '' } of rows) {
          const found = told.get(id);
          expect({ id, value: found?.value ?? '', lines: lines(found?.locator ?? '') }).toEqual({
            id,
            value,
            lines: lines(line),
          });
        }
        total += rows.length;
      }
      expect(total).toBe(1578);
    });
  });
else
  console.info('examples: ../shared/data is not here; the comparison with the extracted facts is left out');
