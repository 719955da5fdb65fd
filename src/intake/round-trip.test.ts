import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  breakdownKey,
  type Claim,
  citySchema,
  claimSchema,
  frameworkSchema,
  indicatorSchema,
  type Observation,
  observationSchema,
  planSchema,
  reviewSchema,
  type Target,
  targetSchema,
  type Workspace,
} from '../model/index.ts';
import { claimAddress, targetAddress } from '../store/index.ts';
import { exportWorkspace } from './export.ts';
import { parseWorkspace } from './parse.ts';
import { bySeries, byText } from './records.ts';

/** Text that people and their spreadsheets write, and text that CSV and YAML would rather not see. */
const piece = fc.constantFrom(
  'a',
  'B',
  '7',
  '数',
  '据',
  ' ',
  ',',
  '"',
  "'",
  '=',
  '+',
  '-',
  '@',
  ': ',
  '#',
  '{',
  '[',
  '*',
  '&',
  '!',
  '%',
  '|',
  '>',
  '\n',
  '\t',
  '---',
  'null',
  'true',
  '~',
  '0x1F',
  '1e3',
  '\\',
  '🚲',
  'é',
  '：',
  '，',
  '<b>',
);
const text = fc
  .array(piece, { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join('').trim())
  .filter((each) => each !== '');
const cell = text.filter((each) => each.length <= 60);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const name = fc.record({ en: text, zh: text });
const value = fc
  .tuple(fc.constantFrom('', '-'), fc.integer({ min: 1, max: 9999 }), fc.constantFrom('', '.0', '.5', '.125'))
  .map((parts) => parts.join(''));
const area = fc.constantFrom('T', 'T1', 'T2');
const period = fc.constantFrom('2019', '2020', '2021', '2021-09', '2015/2021', 'undated');
const breakdown = fc.constantFrom<Record<string, string>>({}, { sex: 'f' }, { sex: 'm', age: 'old' });
const cited = { source: fc.constantFrom('s1', 's2'), locator: cell, note: maybe(text) };

const observation: fc.Arbitrary<Observation> = fc
  .record({
    indicator: fc.constantFrom('count', 'share'),
    area,
    period,
    breakdown,
    value: maybe(value),
    status: fc.constantFrom('A', 'P', 'F'),
    reason: name,
    qualifier: maybe(fc.constantFrom('over', 'at-most')),
    ref: maybe(cell),
    ...cited,
  })
  .map((each) =>
    observationSchema.parse({
      ...each,
      unit: each.indicator === 'count' ? '10*4.{person}' : '%',
      ...(each.value === null ? { status: 'O' } : { reason: null }),
    }),
  );
const target: fc.Arbitrary<Target> = fc
  .record({
    area,
    period,
    breakdown,
    value,
    comparator: fc.constantFrom('=', '>=', '<'),
    basePeriod: maybe(fc.constant('2015')),
    ref: maybe(cell),
    ...cited,
  })
  .map((each) => targetSchema.parse({ ...each, indicator: 'share', unit: '%', qualifier: null }));
const claim: fc.Arbitrary<Claim> = fc
  .record({
    area,
    to: period,
    from: maybe(fc.constant('2015')),
    breakdown,
    value,
    ref: maybe(cell),
    ...cited,
  })
  .map((each) =>
    claimSchema.parse({
      ...each,
      indicator: 'share',
      kind: 'change_pp',
      unit: 'pp',
      status: 'A',
      qualifier: null,
    }),
  );

const workspace: fc.Arbitrary<Workspace> = fc
  .record({
    names: fc.array(name, { minLength: 9, maxLength: 9 }),
    observations: fc.array(observation, { maxLength: 12 }),
    targets: fc.array(target, { maxLength: 5 }),
    claims: fc.array(claim, { maxLength: 5 }),
    prose: text,
  })
  .map(({ names, prose, ...records }) => {
    const at = (number: number) => names[number] ?? { en: 'x', zh: 'x' };
    return {
      city: citySchema.parse({
        modelcity: 1,
        id: 'tiny',
        name: at(0),
        promise: at(1),
        area: 'T',
        languages: ['en', 'zh'],
        areas: [
          { id: 'T', name: at(1), kind: 'city' },
          { id: 'T1', name: at(2), kind: 'district', parent: 'T' },
          { id: 'T2', name: at(3), kind: 'park', parent: 'T' },
        ],
        sources: ['s1', 's2'].map((id) => ({
          id,
          title: at(4),
          producer: at(5),
          date: 'undated',
          licence: prose.slice(0, 300),
        })),
        dimensions: [
          { id: 'age', name: at(6), values: [{ id: 'old', name: at(7) }] },
          {
            id: 'sex',
            name: at(6),
            values: [
              { id: 'f', name: at(7) },
              { id: 'm', name: at(8) },
            ],
          },
        ],
        tiles: [{ area: 'T1', column: 0, row: 0 }],
      }),
      indicators: [
        indicatorSchema.parse({
          id: 'count',
          name: at(0),
          unit: '{person}',
          rollup: 'sum',
          formula: 'a + b',
        }),
        indicatorSchema.parse({
          id: 'share',
          name: at(1),
          unit: '%',
          rollup: { weightedBy: 'count' },
          note: at(2),
          goals: ['7'],
          decimals: 1,
        }),
      ],
      observations: [
        ...unique(
          records.observations,
          (each) => `${each.area} ${each.indicator} ${each.period} ${breakdownKey(each.breakdown)}`,
        ),
      ].sort(bySeries),
      targets: ordered(records.targets, targetAddress),
      claims: ordered(records.claims, claimAddress),
      frameworks: [
        frameworkSchema.parse({
          id: 'eco',
          name: at(3),
          kind: 'standard',
          source: 's1',
          periods: ['2021'],
          criteria: [
            {
              id: 'c',
              name: at(4),
              kind: 'basic',
              tests: [{ id: 't', indicator: 'share', comparator: '>=', value: '4.50', unit: '%' }],
              evidence: [
                {
                  id: 'e',
                  statement: at(5),
                  standing: 'claimed',
                  citation: { source: 's2', locator: prose },
                },
              ],
            },
          ],
          goals: [
            {
              goal: '7',
              name: at(6),
              measures: [{ id: 'm', name: at(7), practices: [{ name: at(8), case: 'k' }] }],
            },
          ],
          cases: [{ id: 'k', number: 1, title: at(0) }],
        }),
      ],
      plans: [
        planSchema.parse({
          id: 'p',
          name: at(1),
          source: 's1',
          commitments: [
            { id: 'g', kind: 'goal', name: at(2), budget: [{ amount: '1.50', unit: '10*8.CNY' }] },
            {
              id: 'h',
              parent: 'g',
              kind: 'task',
              name: at(3),
              due: '2025',
              targets: [{ indicator: 'share', period: '2025', value: null, unit: '%' }],
            },
          ],
        }),
      ],
      reviews: [
        {
          head: reviewSchema.parse({
            id: 'r',
            title: at(4),
            date: '2022-10-31',
            issuer: at(5),
            kind: 'self-assessment',
            framework: 'eco',
            chapters: ['b', 'a'],
          }),
          chapters: [
            { id: 'b', language: 'en', text: `${prose}\n` },
            { id: 'b', language: 'zh', text: `# ${prose}\n` },
            { id: 'a', language: 'en', text: 'x\n' },
            { id: 'a', language: 'zh', text: 'x\n' },
          ],
        },
      ],
    };
  });

function unique<T>(items: readonly T[], keyOf: (item: T) => string): Iterable<T> {
  return new Map(items.map((item) => [keyOf(item), item])).values();
}

function ordered<T>(items: readonly T[], addressOf: (item: T) => string): T[] {
  return [...unique(items, addressOf)].sort((a, b) => byText(addressOf(a), addressOf(b)));
}

describe('a workspace', () => {
  it('comes back from YAML and CSV as it went in', () => {
    fc.assert(
      fc.property(workspace, (before) => {
        const files = exportWorkspace(before);
        const { workspace: after, findings } = parseWorkspace(files);
        expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(after).toEqual(before);
        if (after === null) throw new Error('not read');
        expect(exportWorkspace(after)).toEqual(files);
      }),
      { numRuns: 100 },
    );
  });
});
