import { describe, expect, it } from 'vitest';
import { tinyCity, tinyFiles } from './fixture.ts';
import { parseWorkspace } from './parse.ts';

const observations = 'observations/2021.csv';
const header =
  'indicator,area,period,sex,value,unit,source,locator,status,reason_en,reason_zh,qualifier,ref,note\n';
const text = (path: string): string => tinyCity[path] ?? '';

/** A row of observations with some cells changed; `line` 2 of the file. */
function row(cells: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const good = {
    indicator: 'population',
    area: 'T1',
    period: '2021',
    value: '1200',
    unit: '{person}',
    source: 'yearbook',
    locator: 'table 1',
  };
  const all = new Map<string, string>(Object.entries({ ...good, ...cells }));
  const line = header
    .trim()
    .split(',')
    .map((column) => all.get(column) ?? '')
    .join(',');
  return { [observations]: `${header}${line}\n` };
}

const swap = (path: string, from: string, to: string): Readonly<Record<string, string>> => {
  if (!text(path).includes(from)) throw new Error(`${path} does not hold ${from}`);
  return { [path]: text(path).replace(from, to) };
};

type Case = readonly [
  name: string,
  changes: Readonly<Record<string, string | null>>,
  rule: string,
  file: string,
  row?: number,
  column?: number | string,
];

const cells: readonly Case[] = [
  ['an unknown area', row({ area: 'T9' }), 'area.unknown', observations, 2, 'area'],
  [
    'an unknown indicator',
    row({ indicator: 'populaton' }),
    'indicator.unknown',
    observations,
    2,
    'indicator',
  ],
  ['an unknown source', row({ source: 'almanac' }), 'source.unknown', observations, 2, 'source'],
  ['no source', row({ source: '' }), 'source.missing', observations, 2, 'source'],
  ['no place in the source', row({ locator: '' }), 'locator.missing', observations, 2, 'locator'],
  ['an unknown value of a dimension', row({ sex: 'x' }), 'dimension.unknown', observations, 2, 'sex'],
  ['a unit that is none', row({ unit: 'persons' }), 'unit.unknown', observations, 2, 'unit'],
  ['a unit that cannot be converted', row({ unit: 'km2' }), 'unit.not-convertible', observations, 2, 'unit'],
  [
    'percentage points for a per cent',
    row({ indicator: 'green-share', value: '3', unit: 'pp' }),
    'unit.not-convertible',
    observations,
    2,
    'unit',
  ],
  ['no unit', row({ unit: '' }), 'unit.missing', observations, 2, 'unit'],
  ['the year 20205', row({ period: '20205' }), 'period.invalid', observations, 2, 'period'],
  ['the 30th of February', row({ period: '2021-02-30' }), 'period.invalid', observations, 2, 'period'],
  [
    '140000 %',
    row({ indicator: 'green-share', value: '140000', unit: '%' }),
    'value.per-cent-impossible',
    observations,
    2,
    'value',
  ],
  [
    '1400 in parts of one, which is 140000 %',
    row({ indicator: 'green-share', value: '1400', unit: '1' }),
    'value.per-cent-impossible',
    observations,
    2,
    'value',
  ],
  [
    'a rank of 2.5',
    row({ indicator: 'rank', value: '2.5', unit: '1' }),
    'value.rank',
    observations,
    2,
    'value',
  ],
  ['a rank of 0', row({ indicator: 'rank', value: '0', unit: '1' }), 'value.rank', observations, 2, 'value'],
  ['text in a value', row({ value: 'twelve' }), 'value.text', observations, 2, 'value'],
  ['a dash for a missing value', row({ value: '—' }), 'value.placeholder', observations, 2, 'value'],
  ['n/a for a missing value', row({ value: 'N/A' }), 'value.placeholder', observations, 2, 'value'],
  ['a thousands separator', row({ value: '"1,200"' }), 'value.thousands', observations, 2, 'value'],
  ['a decimal comma', row({ value: '"12,5"' }), 'value.decimal-comma', observations, 2, 'value'],
  ['a per cent sign in the value', row({ value: '38.5%' }), 'value.sign', observations, 2, 'value'],
  ['full-width digits', row({ value: '１２００' }), 'value.full-width', observations, 2, 'value'],
  ['a typographic minus', row({ value: '−5' }), 'value.minus', observations, 2, 'value'],
  ['an error of a spreadsheet', row({ value: '#DIV/0!' }), 'value.sheet-error', observations, 2, 'value'],
  ['a formula of a spreadsheet', row({ value: '=A1+B1' }), 'value.sheet-formula', observations, 2, 'value'],
  ['a word before the value', row({ value: 'over 1200' }), 'value.qualifier', observations, 2, 'value'],
  ['a unit behind the value', row({ value: '1200万' }), 'value.unit-inside', observations, 2, 'value'],
  [
    'a number of a thousand digits',
    row({ value: '1e999' }),
    'value.too-many-digits',
    observations,
    2,
    'value',
  ],
  ['no value and no reason', row({ value: '', status: 'O' }), 'reason.missing', observations, 2, 'reason_en'],
  ['no value and no word of it', row({ value: '' }), 'value.blank', observations, 2, 'value'],
  [
    'a value that is said to be missing',
    row({ status: 'O', reason_en: 'lost' }),
    'status.contradicts',
    observations,
    2,
    'status',
  ],
  ['a reason beside a value', row({ reason_en: 'lost' }), 'reason.superfluous', observations, 2, 'reason_en'],
  ['an unknown status', row({ status: 'X' }), 'status.unknown', observations, 2, 'status'],
  [
    'a status from the prototype',
    row({ status: 'constructor' }),
    'status.unknown',
    observations,
    2,
    'status',
  ],
  ['an unknown qualifier', row({ qualifier: 'ovr' }), 'qualifier.unknown', observations, 2, 'qualifier'],
  [
    'a note that turns the direction of writing',
    row({ note: 'a\u202eb' }),
    'text.character',
    observations,
    2,
    'note',
  ],
  [
    'a locator of 201 characters',
    row({ locator: 'x'.repeat(201) }),
    'locator.too-long',
    observations,
    2,
    'locator',
  ],
  [
    'a target without comparator',
    swap('targets/plan.csv', '>=', ''),
    'comparator.missing',
    'targets/plan.csv',
    2,
    'comparator',
  ],
  [
    'a target without value',
    swap('targets/plan.csv', '42', ''),
    'value.blank',
    'targets/plan.csv',
    2,
    'value',
  ],
  [
    'a claim of an unknown kind',
    swap('claims/report.csv', 'change_pp', 'change_p'),
    'kind.unknown',
    'claims/report.csv',
    2,
    'kind',
  ],
];

const tables: readonly Case[] = [
  [
    'a header with a typing error',
    swap(observations, 'locator', 'locater'),
    'table.unknown-column',
    observations,
    1,
    8,
  ],
  ['a missing column', swap(observations, ',unit', ''), 'table.missing-column', observations, 1],
  [
    'two columns of one name',
    swap(observations, 'status', 'value'),
    'table.duplicate-column',
    observations,
    1,
    9,
  ],
  [
    'semicolons',
    { [observations]: text(observations).replaceAll(',', ';') },
    'table.separator',
    observations,
    1,
  ],
  [
    'years side by side',
    swap(observations, 'reason_en', '2021'),
    'table.unknown-column',
    observations,
    1,
    10,
  ],
  [
    'a row that is too short',
    swap(observations, 'table 1,,\n', 'table 1\n'),
    'table.ragged',
    observations,
    2,
  ],
  [
    'a row that is too long',
    swap(observations, 'table 1,,\n', 'table 1,,,x\n'),
    'table.ragged',
    observations,
    2,
  ],
  [
    'a quote that is never closed',
    swap(observations, '"p. 3, line 2"', '"p. 3'),
    'table.quote',
    observations,
    4,
    8,
  ],
  [
    'a quote inside a cell',
    swap(observations, '"p. 3, line 2"', 'p. "3"'),
    'table.quote',
    observations,
    4,
    8,
  ],
  [
    'text behind a closing quote',
    swap(observations, '"p. 3, line 2"', '"p. 3" x'),
    'table.quote',
    observations,
    4,
    8,
  ],
  ['an empty file', { [observations]: '' }, 'text.empty', observations],
  ['blank lines only', { [observations]: '\n\n' }, 'table.no-header', observations, 1],
  [
    'one cell with two values',
    { [observations]: `${text(observations)}population,T1,2021,,1201,{person},yearbook,table 1,,\n` },
    'observation.duplicate',
    observations,
    6,
    'value',
  ],
  [
    'one cell in two files',
    {
      'observations/b.csv':
        'indicator,area,period,value,unit,source,locator\npopulation,T1,2021,1201,{person},yearbook,t\n',
    },
    'observation.duplicate',
    'observations/b.csv',
    2,
    'value',
  ],
  [
    'two claims with one ref',
    {
      'claims/report.csv': `${text('claims/report.csv')}green-share,T,change_pp,2010,2021,9,pp,yearbook,p. 5,C1\n`,
    },
    'claim.duplicate',
    'claims/report.csv',
    3,
    'value',
  ],
];

const yaml: readonly Case[] = [
  ['no city.yaml', { 'city.yaml': null }, 'city.missing', 'city.yaml'],
  ['an unknown key', swap('city.yaml', 'licence:', 'license:'), 'yaml.unknown-key', 'city.yaml', 15, 5],
  [
    'a missing key',
    swap('city.yaml', '    licence: CC BY 4.0\n', ''),
    'yaml.missing-key',
    'city.yaml',
    11,
    5,
  ],
  [
    'a key that stands twice',
    swap('city.yaml', 'area: T\n', 'area: T\narea: T1\n'),
    'yaml.duplicate-key',
    'city.yaml',
    5,
    1,
  ],
  [
    'a tab as indentation',
    swap('city.yaml', '  - id: yearbook', '\t- id: yearbook'),
    'yaml.syntax',
    'city.yaml',
  ],
  ['two documents', { 'city.yaml': `${text('city.yaml')}---\na: 1\n` }, 'yaml.syntax', 'city.yaml', 22, 1],
  ['a tag', swap('city.yaml', 'id: tiny', 'id: !!js/function tiny'), 'yaml.tag', 'city.yaml', 2],
  ['a custom tag', swap('city.yaml', 'id: tiny', 'id: !thing tiny'), 'yaml.tag', 'city.yaml', 2],
  [
    'a key of the prototype',
    swap('city.yaml', 'id: tiny', 'id: tiny\n__proto__: { polluted: true }'),
    'yaml.unknown-key',
    'city.yaml',
    3,
    1,
  ],
  ['a list where a map is wanted', { 'city.yaml': '- a\n' }, 'yaml.value', 'city.yaml', 1, 1],
  ['only comments', { 'plan.yaml': '# nothing\n' }, 'yaml.empty', 'plan.yaml'],
  [
    'a parent that is not there',
    swap('city.yaml', 'parent: T }', 'parent: TT }'),
    'area.unknown-parent',
    'city.yaml',
    8,
  ],
  [
    'areas in a circle',
    swap('city.yaml', 'kind: city }', 'kind: city, parent: T2 }'),
    'area.cycle',
    'city.yaml',
    7,
  ],
  ['one area twice', swap('city.yaml', 'id: T2', 'id: T1'), 'area.duplicate', 'city.yaml', 9],
  [
    'a dimension named like a column',
    swap('city.yaml', 'id: sex', 'id: value'),
    'dimension.reserved',
    'city.yaml',
    17,
  ],
  [
    'one indicator in two files',
    { 'indicators/more.yaml': '- {id: rank, name: {en: a, zh: b}, unit: "1"}\n' },
    'indicator.duplicate',
    'indicators/more.yaml',
    1,
  ],
  [
    'a sum of percentages',
    swap('indicators/core.yaml', 'nature: ratio', 'rollup: sum'),
    'rollup.sum',
    'indicators/core.yaml',
  ],
  [
    'a weight that is no indicator',
    swap('indicators/core.yaml', 'nature: ratio', 'rollup: { weightedBy: populaton }'),
    'indicator.unknown',
    'indicators/core.yaml',
    8,
  ],
  [
    'an interval in another unit',
    swap('indicators/core.yaml', 'nature: ratio', 'interval: { lower: rank, upper: rank, level: 95 }'),
    'interval.unit',
    'indicators/core.yaml',
    8,
  ],
  [
    'a ratio with the wrong unit',
    swap(
      'indicators/core.yaml',
      'nature: ratio',
      'rollup: { ratio: { numerator: rank, denominator: population } }',
    ),
    'rollup.unit',
    'indicators/core.yaml',
    8,
  ],
  [
    'a goal 18',
    swap('indicators/core.yaml', 'goals: [11]', 'goals: [18]'),
    'goal.unknown',
    'indicators/core.yaml',
    10,
  ],
  [
    'a test of an unknown indicator',
    swap('frameworks/eco.yaml', 'green-share', 'green-shere'),
    'indicator.unknown',
    'frameworks/eco.yaml',
    10,
  ],
  [
    'a commitment to a criterion that its framework has not',
    swap('plan.yaml', 'due: 2025', 'due: 2025\n    criteria: [{ framework: eco, criterion: c2 }]'),
    'criterion.unknown',
    'plan.yaml',
    11,
  ],
  [
    'a threshold in another unit',
    swap('frameworks/eco.yaml', 'unit: "%"', 'unit: km2'),
    'unit.not-convertible',
    'frameworks/eco.yaml',
    10,
  ],
  [
    'a framework of an unknown source',
    swap('frameworks/eco.yaml', 'yearbook', 'almanac'),
    'source.unknown',
    'frameworks/eco.yaml',
    4,
  ],
  [
    'a commitment below none',
    swap('plan.yaml', 'parent: g1', 'parent: g9'),
    'commitment.unknown-parent',
    'plan.yaml',
    7,
  ],
  [
    'a plan whose target has no indicator',
    swap('plan.yaml', 'green-share', 'x'),
    'indicator.unknown',
    'plan.yaml',
    12,
  ],
  [
    'a task that ends before it starts',
    swap('plan.yaml', 'due: 2025', 'start: 2026\n    due: 2025'),
    'commitment.period',
    'plan.yaml',
    11,
  ],
  [
    'a review of an unknown framework',
    swap('review/2022/review.yaml', 'framework: eco', 'framework: eko'),
    'framework.unknown',
    'review/2022/review.yaml',
    6,
  ],
  [
    'a chapter without file',
    swap('review/2022/review.yaml', '[summary]', '[summary, goal-7]'),
    'chapter.missing',
    'review/2022/review.yaml',
    7,
  ],
  ['chapters without review', { 'review/2022/review.yaml': null }, 'review.missing', 'review/2022'],
];

describe('a workspace is refused with', () => {
  const all = [...cells, ...tables, ...yaml].map(([name, changes, rule, file, line, column]) => ({
    name,
    changes,
    rule,
    file,
    line,
    column,
  }));
  it.each(all)('$name', ({ changes, rule, file, line, column }) => {
    const { workspace, findings } = parseWorkspace(tinyFiles(changes));
    const errors = findings.filter(({ severity }) => severity === 'error');
    const found = errors.find((finding) => finding.rule === rule);
    expect(errors.map((finding) => finding.rule)).toContain(rule);
    expect(workspace).toBeNull();
    expect(found?.where.file).toBe(file);
    if (line !== undefined) expect(found?.where.row).toBe(line);
    if (column !== undefined) expect(found?.where.column).toBe(column);
    for (const finding of findings)
      for (const part of [finding.what, finding.why, finding.mend]) expect(part.length).toBeGreaterThan(5);
  });
});

describe('findings', () => {
  it('name both places of a contradiction', () => {
    const { findings } = parseWorkspace(
      tinyFiles({
        'observations/b.csv':
          'indicator,area,period,value,unit,source,locator\npopulation,T1,2021,1201,{person},yearbook,table 1\n',
      }),
    );
    expect(findings[0]?.what).toContain('observations/2021.csv:2');
    expect(findings[0]?.what).toContain('1201');
    expect(findings[0]?.what).toContain('1200');
  });

  it('name the nearest word', () => {
    const { findings } = parseWorkspace(tinyFiles(swap('city.yaml', 'licence:', 'license:')));
    expect(findings.find(({ rule }) => rule === 'yaml.unknown-key')?.mend).toContain("'licence'");
    const table = parseWorkspace(tinyFiles(swap(observations, 'locator', 'locater')));
    expect(table.findings.find(({ rule }) => rule === 'table.unknown-column')?.mend).toContain('locator');
  });

  it('are told all at once, over all files', () => {
    const { findings } = parseWorkspace(
      tinyFiles({
        ...row({ area: 'T9', period: '20205', value: 'x' }),
        ...swap('plan.yaml', 'parent: g1', 'parent: g9'),
      }),
    );
    expect(findings.map(({ rule }) => rule)).toEqual([
      'area.unknown',
      'period.invalid',
      'value.text',
      'commitment.unknown-parent',
    ]);
  });

  it('are bounded in number for each file, and counted', () => {
    const rows = Array.from(
      { length: 1000 },
      (_, at) => `population,T1,${1100 + at},,x,{person},yearbook,t,,\n`,
    );
    const { findings } = parseWorkspace(
      tinyFiles({ [observations]: `${text(observations).split('\n')[0]}\n${rows.join('')}` }),
    );
    expect(findings).toHaveLength(201);
    expect(findings.at(-1)?.what).toContain('800 more errors');
  });

  it('tell a row that stands twice, and count it once', () => {
    const again = text(observations).split('\n')[1] ?? '';
    const { workspace, findings } = parseWorkspace(
      tinyFiles({ [observations]: `${text(observations)}${again}\n` }),
    );
    expect(findings.map(({ rule }) => rule)).toEqual(['observation.repeated']);
    expect(workspace?.observations).toHaveLength(4);
  });

  it('tell missing translations once for each kind of thing', () => {
    const city = text('city.yaml').replaceAll(/zh: [^ }]+ /g, 'zh: "" ');
    const { workspace, findings } = parseWorkspace(tinyFiles({ 'city.yaml': city }));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.rule).toBe('translation.missing');
    expect(findings[0]?.severity).toBe('warning');
    expect(workspace).not.toBeNull();
  });

  it('warn of a value for a year after its source', () => {
    const { workspace, findings } = parseWorkspace(tinyFiles(row({ period: '2035' })));
    expect(findings.map(({ rule }) => rule)).toEqual(['period.after-source']);
    expect(workspace).not.toBeNull();
  });

  it('warn of a share of a whole beyond 100 %', () => {
    const { findings } = parseWorkspace(
      tinyFiles(row({ indicator: 'green-share', value: '101', unit: '%' })),
    );
    expect(findings.map(({ rule }) => rule)).toEqual(['value.per-cent-of-whole']);
  });

  it('do not blame references when the file that declares is broken', () => {
    const { findings } = parseWorkspace(
      tinyFiles({ 'city.yaml': 'modelcity: 1\n', 'indicators/core.yaml': '{' }),
    );
    expect(new Set(findings.map(({ where }) => where.file))).toEqual(
      new Set(['city.yaml', 'indicators/core.yaml']),
    );
  });
});

describe('the same meaning', () => {
  const base = parseWorkspace(tinyFiles()).workspace;
  const same = (changes: Readonly<Record<string, string | null>>) => {
    const { workspace, findings } = parseWorkspace(tinyFiles(changes));
    expect(findings.filter(({ severity }) => severity !== 'note')).toEqual([]);
    expect(workspace).toEqual(base);
  };
  const table = text(observations);

  it('has a renamed file', () => same({ [observations]: null, 'observations/数据.csv': table }));
  it('has CRLF line ends', () => same({ [observations]: table.replaceAll('\n', '\r\n') }));
  it('has the line ends of an old Macintosh', () => same({ [observations]: table.replaceAll('\n', '\r') }));
  it('has a byte order mark', () => same({ [observations]: `\ufeff${table}` }));
  it('has no line end at its end', () => same({ [observations]: table.trimEnd() }));
  it('has rows in another order', () => {
    const [head = '', ...rows] = table.trim().split('\n');
    same({ [observations]: `${[head, ...rows.reverse()].join('\n')}\n` });
  });
  it('has rows in two files', () => {
    const [head = '', ...rows] = table.trim().split('\n');
    same({
      [observations]: `${head}\n${rows.slice(0, 2).join('\n')}\n`,
      'observations/b.csv': `${head}\n${rows.slice(2).join('\n')}\n`,
    });
  });
  it('has every cell in quotes, spaces round cells, and the blank rows of a spreadsheet', () => {
    const quoted = table
      .trim()
      .split('\n')
      .map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
    same({
      [observations]: `${quoted
        .map((each) => each.map((cell) => (cell.startsWith('"') ? cell : `" ${cell} "`)).join(','))
        .join('\n')}\n,,,,,,,,,\n`,
    });
  });
  it('has YAML in another style', () => {
    same({ 'indicators/core.yaml': JSON.stringify(base?.indicators) });
  });
});
