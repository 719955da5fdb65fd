import { describe, expect, it } from 'vitest';
import { testEngines } from '../../scripts/test-stores.ts';
import { registerSchema } from '../model/index.ts';
import { checkDeclaration } from './check-declaration.ts';
import { derive } from './derive.ts';
import { play, testRegisters } from './fixture.ts';

const both = (text: string) => ({ en: text, zh: text });
const visited = (holds: string) => ({
  unit: '{case}',
  name: both('Visits'),
  definition: both('Visits'),
  numerator: { by: { field: 'day' }, when: { holds } },
});
const gardens = (holds: string) =>
  registerSchema.parse({
    id: 'gardens',
    version: 1,
    name: both('Gardens'),
    description: both('Gardens'),
    family: 'social',
    entities: [
      {
        id: 'garden',
        name: both('Garden'),
        title: 'code',
        fields: [
          { id: 'code', name: both('Code'), type: 'text', required: true },
          { id: 'keeper', name: both('Keeper'), type: 'text' },
        ],
      },
    ],
    forms: [
      {
        id: 'visit',
        fields: [
          { id: 'garden', name: both('Garden'), type: 'entity', of: 'garden', required: true },
          { id: 'day', name: both('Day'), type: 'date', required: true },
        ],
      },
    ],
    steps: [
      { kind: 'visited', name: both('Visited'), after: [], by: ['reporter'], form: 'visit', state: 'closed' },
    ],
    indicators: [
      { id: 'gardens.then', ...visited(holds) },
      { id: 'gardens.now', ...visited("garden.keeper = 'Li'") },
    ],
  });

describe('a relation that changes in time', () => {
  it('is seen by a formula as it was on a day: by the day of the change, unknown before the entry', async () => {
    // What formulas see is worked out here, whichever engine keeps the events.
    const engine = testEngines.at(-1);
    if (engine === undefined) throw new Error('no engine');
    const { all, close } = await testRegisters(engine, [gardens("asof(garden.keeper, day) = 'Li'")]);
    try {
      await play(all, 'gardens', [
        ['garden.added', { code: 'g', keeper: 'Li' }, { now: '2021-01-10T02:00:00Z' }],
        // 00:30 of 1 July in China.
        ['garden.changed', { code: 'g', keeper: 'Wang' }, { now: '2021-06-30T16:30:00Z' }],
        ['garden.changed', { code: 'g', keeper: 'Zhao' }, { now: '2021-09-01T02:00:00Z' }],
      ]);
      for (const day of ['2021-01-09', '2021-01-10', '2021-06-30', '2021-07-01', '2021-12-01'])
        await play(all, 'gardens', [['visited', { garden: 'g', day }, { now: '2022-01-01T02:00:00Z' }]]);
      await all.refresh();
      const days = (id: string) =>
        derive(all, '2022-02-01T00:00:00Z')
          .cells.filter((cell) => cell.indicator === id && cell.area === '310000')
          .flatMap(({ numerator }) => numerator.map(({ record }) => record.split('/')[2]));
      const [, second, third] = [1, 2, 3].map((at) => `gardens.2022-00000${at}`);
      expect(days('gardens.then')).toEqual([second, third]);
      expect(days('gardens.now')).toEqual([]);
    } finally {
      await close();
    }
  });
});

describe('asof()', () => {
  it('looks at a property of what a field names, and says so where it is told to look at something else', () => {
    expect(checkDeclaration(gardens("asof(garden.keeper, day) = 'Li'"), 'g.yaml')).toEqual([]);
    const [fault] = checkDeclaration(gardens("asof(day, day) = 'Li'"), 'g.yaml');
    expect(fault?.what).toContain('asof() looks at a property of what a field names');
  });
});
