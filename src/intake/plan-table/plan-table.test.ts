import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Commitment, type Finding, type Plan, planSchema, type Workspace } from '../../model/index.ts';
import { readFolder } from '../folder.ts';
import { parseWorkspace } from '../parse.ts';
import { planFormats, readPlanFile, writePlanFile } from './file.ts';

const folder = await readFolder(fileURLToPath(new URL('../../../examples/shenyang', import.meta.url)));
const { workspace } = parseWorkspace(folder.files);
if (workspace === null) throw new Error('the example is sound');
const shenyang: Workspace = workspace;
const plan = shenyang.plans[0];
if (plan === undefined) throw new Error('Shenyang has a plan');

const there = async (given: Plan, format: (typeof planFormats)[number]) =>
  readPlanFile(`plan.${format}`, await writePlanFile(given, format), shenyang);

describe.each(planFormats)('%s', (format) => {
  test('Shenyang’s plan of 135 commitments comes back whole, and the same bytes twice', async () => {
    const { plan: back, findings } = await there(plan, format);
    expect(findings).toEqual([]);
    expect(back).toEqual(plan);
    expect(back?.commitments).toHaveLength(135);
    expect(await writePlanFile(plan, format)).toEqual(await writePlanFile(plan, format));
  });

  test.each([' \n', '\n', '\n \n', '\t\n', ' \n x'])('a note of odd lines: %j', async (en) => {
    const given = {
      ...plan,
      commitments: plan.commitments.slice(0, 1).map((one) => ({ ...one, note: { en: `${en}`, zh: '注' } })),
    };
    const { plan: back } = await there(given, format);
    expect(back?.commitments[0]?.note?.en).toBe(en);
  });

  test('any plan comes back as it was: every part, every character that a text may hold', async () => {
    await fc.assert(
      fc.asyncProperty(plans(), async (given) => {
        const { plan: back, findings } = await there(given, format);
        expect(findings).toEqual([]);
        expect(back).toEqual(given);
      }),
      { numRuns: format === 'xlsx' ? 12 : 40 },
    );
  });
});

describe('errors have a row and a column', () => {
  const csv = async (change: (text: string) => string) => {
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(await writePlanFile(plan, 'csv'));
    return told(readPlanFile('p.csv', new TextEncoder().encode(change(text)), shenyang).findings);
  };
  test.each([
    [
      'a year that is none',
      (text: string) => text.replace(',2009,2020,', ',2009,in time,'),
      'yaml.value 3:due',
    ],
    [
      'an indicator that is not there',
      (text: string) => text.replace('sy.overall.horizon_years', 'sy.x'),
      'indicator.unknown 4:target_indicator',
    ],
    [
      'a parent that is not there',
      (text: string) => text.replace('concept,model-city', 'concept,model-town'),
      'commitment.unknown-parent 5:parent',
    ],
    [
      'a commitment that is its own row twice',
      (text: string) => text.replace('concept,model-city,mechanism', 'model-city,,mechanism'),
      'plan-table.twice 5:kind',
    ],
    [
      'a header nobody knows',
      (text: string) => text.replace('name_zh', 'name_cn'),
      'table.unknown-column 1:5',
    ],
    [
      'a cell that the row of the plan itself does not have',
      (text: string) => text.replace('样板城,,,,,,,,', '样板城,,,,,,,,2020'),
      'plan-table.unused 2:due',
    ],
    [
      'a target of the SDGs that there is not',
      (text: string) => text.replace('9.4', '99.4'),
      'commitment.sdg-target 9:sdg_targets',
    ],
    ['an open quote', (text: string) => text.replace('concept,', '"concept,'), 'table.quote 5:1'],
    ['a turned text', (text: string) => text.replace('concept,', 'con\u202ecept,'), 'text.character 5:id'],
  ])('%s', async (_, change, expected) => {
    expect((await csv(change))[0]).toBe(expected);
  });
  test('a workbook that is none, and a file of another kind', () => {
    const garbage = new TextEncoder().encode('PK not a zip');
    expect(told(readPlanFile('p.xlsx', garbage, shenyang).findings)).toEqual(['xlsx.unreadable ?:?']);
    expect(told(readPlanFile('p.ods', garbage, shenyang).findings)).toEqual(['file.wrong-name ?:?']);
    const yaml = readFileSync(new URL('../../../examples/shenyang/plan.yaml', import.meta.url), 'utf8');
    const wrong = new TextEncoder().encode(yaml.replace('kind: goal', 'kind: gaol'));
    expect(told(readPlanFile('p.yaml', wrong, shenyang).findings)).toEqual(['yaml.value 7:11']);
  });
  test('what a spreadsheet would run leaves as text and comes back', async () => {
    const [first, ...rest] = plan.commitments;
    if (first === undefined) throw new Error('the plan is not empty');
    const given: Plan = {
      ...plan,
      commitments: [{ ...first, name: { en: '=1+1', zh: "'=HYPERLINK(1)" } }, ...rest],
    };
    const bytes = await writePlanFile(given, 'csv');
    expect(new TextDecoder().decode(bytes)).toContain("'=1+1,''=HYPERLINK(1)");
    expect(readPlanFile('p.csv', bytes, shenyang).plan).toEqual(given);
  });
});

function told(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ rule, where }) => `${rule} ${where.row ?? '?'}:${where.column ?? '?'}`);
}

/** Plans that name only what Shenyang's workspace declares. */
function plans(): fc.Arbitrary<Plan> {
  const indicators = shenyang.indicators.slice(0, 12);
  const source = shenyang.city.sources[0]?.id ?? '';
  const character = fc.constantFrom(...'ab =+-@\'",;\n\t\\[]{}:#0.5'.split(''), '沈', '阳', '＝', '𠮷', 'é');
  const text = fc.array(character, { minLength: 1, maxLength: 12 }).map((all) => all.join(''));
  const full = text.filter((each) => each.trim() !== '');
  const localized = fc.record({ en: full, zh: fc.oneof(fc.constant(''), text) });
  const id = fc.stringMatching(/^[a-z0-9]{1,6}$/);
  const citation = fc.record({ source: fc.constant(source), locator: text });
  const decimal = fc.oneof(fc.constantFrom('0', '-0.50', '12', '3.1400'), fc.integer().map(String));
  const period = fc.constantFrom('2012', '2015', '2020', '2015-09', 'undated');
  const target = fc.constantFrom(...indicators).chain(({ id: indicator, unit }) =>
    fc.record(
      {
        indicator: fc.constant(indicator),
        area: fc.constantFrom('210100', '210000'),
        period,
        comparator: fc.constantFrom('=' as const, '>=' as const, '<=' as const, '>' as const, '<' as const),
        value: fc.oneof(fc.constant(null), decimal),
        unit: fc.constant(unit),
        citation,
      },
      { requiredKeys: ['indicator', 'period', 'comparator', 'value', 'unit'] },
    ),
  );
  const content = fc.record(
    {
      kind: fc.constantFrom('goal' as const, 'objective' as const, 'task' as const, 'project' as const),
      name: localized,
      description: localized,
      owner: localized,
      department: id,
      area: fc.constant('210100'),
      due: period,
      weight: decimal,
      budget: fc.array(
        fc.record(
          { amount: decimal, unit: fc.constantFrom('10*8.CNY', 'CNY'), source: localized, citation },
          { requiredKeys: ['amount', 'unit'] },
        ),
        { maxLength: 3 },
      ),
      targets: fc.array(target, { maxLength: 3 }),
      state: fc.constantFrom('proposed' as const, 'in-trial' as const, 'unknown' as const),
      sdgTargets: fc.array(fc.constantFrom('9.4', '12.b', '1.1', '17.19'), { maxLength: 3 }),
      evidence: fc.array(fc.record({ text: localized, citation }, { requiredKeys: ['text'] }), {
        minLength: 1,
        maxLength: 2,
      }),
      citation,
      note: localized,
      withdrawn: fc.record({ on: fc.constant('2013-04-05'), reason: full }),
    },
    { requiredKeys: ['kind', 'name', 'budget', 'targets', 'state', 'sdgTargets'] },
  );
  const revision = (of: string) =>
    fc.record({
      at: fc.constant('2013-04-05T06:07:08.000Z'),
      by: full,
      kind: fc.constantFrom('added' as const, 'changed' as const),
      reason: full,
      was: fc.oneof(
        fc.constant(null),
        content.map((each) => ({ id: of, ...each })),
      ),
    });
  const commitments = fc.uniqueArray(id, { minLength: 1, maxLength: 5 }).chain((ids) =>
    fc.tuple(
      ...ids.map((own, at) =>
        fc
          .tuple(
            content,
            fc.option(fc.array(revision(own), { minLength: 1, maxLength: 2 }), { nil: undefined }),
            fc.boolean(),
          )
          .map(([each, revisions, hangs]): unknown => ({
            id: own,
            ...(hangs && at > 0 ? { parent: ids[0] } : {}),
            ...each,
            ...(revisions === undefined ? {} : { revisions }),
          })),
      ),
    ),
  );
  return fc
    .tuple(localized, commitments)
    .map(([name, all]) => planSchema.parse({ id: 'made-up', name, source, commitments: all }))
    .filter(({ commitments: all }: { readonly commitments: readonly Commitment[] }) => all.length > 0);
}
