import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { type Assessment, assess, methods, type Result, type Table } from './index.ts';

/** Published numbers that lie beside the repository, not in it. */
const golden = new URL('../../../shared/data/golden/', import.meta.url);
const present = existsSync(golden);
if (!present) console.log('left out: the golden data sets are not beside the repository');

type Row = Record<string, string>;
const rows = (file: string): Row[] =>
  parse(readFileSync(new URL(file, golden)), { columns: true, bom: true });

function table(file: string, columns: string[], cells: string[][]): Table {
  return { file, columns, rows: cells.map((row, at) => ({ row: at + 2, cells: row })) };
}

function run(id: string, codebook: Table, data: Table): Assessment {
  const method = methods.get(id);
  if (method === undefined) throw new Error(`no method ${id}`);
  return assess(method, codebook, data);
}

const key = ({ unit, code, level }: Pick<Result, 'unit' | 'code' | 'level'>) => `${level} ${unit} ${code}`;

describe.runIf(present)('published numbers', () => {
  it('reproduces the 2019 US Cities Index: every score, goal, index and rank', () => {
    const published = rows('sdsn_uscities_2019/results.csv');
    const columns = Object.keys(published[0] ?? {});
    // Six codes of the published codebook end in the name of a source that the data columns do not carry.
    const codeOf = (code: string) =>
      columns.includes(code) ? code : code.replace('leRWJ', 'lifeExpectancy').replace('RWJ', '');
    const codebook = rows('sdsn_uscities_2019/codebook.csv');
    const codes = codebook.map(({ indicator = '' }) => codeOf(indicator));
    const made = run(
      'sdsn-2019',
      table(
        'c',
        ['indicator', 'goal', 'best', 'worst', 'green', 'red', 'direction'],
        codebook.map((row) => [
          codeOf(row.indicator ?? ''),
          row.sdg ?? '',
          row.target_value ?? '',
          row.worst_value ?? '',
          row.to_green ?? '',
          row.to_orange ?? '',
          row.sort_order ?? '',
        ]),
      ),
      table(
        'd',
        ['unit', 'group', 'indicator', 'period', 'value', 'status'],
        published.flatMap((row) =>
          codes.map((name) => [row.Cbsa ?? '', row.Region ?? '', name, '2019', row[name] ?? '', '']),
        ),
      ),
    );
    const results = new Map(made.results.map((one) => [key(one), one]));
    const counts = { indicator: 0, goal: 0, index: 0 };
    for (const row of published) {
      const unit = row.Cbsa ?? '';
      for (const column of columns) {
        const level = column.startsWith('n_')
          ? 'indicator'
          : /^score_sdg\d/.test(column)
            ? 'goal'
            : column === 'score_sdgi'
              ? 'index'
              : null;
        if (level === null || row[column] === '') continue;
        const code = level === 'indicator' ? column.slice(2) : level === 'goal' ? column.slice(9) : 'index';
        const one = results.get(key({ unit, code, level }));
        // Published as single-precision numbers.
        expect(Math.abs((one?.score ?? Number.NaN) - Number(row[column])), `${unit} ${column}`).toBeLessThan(
          6e-5,
        );
        counts[level] += 1;
        if (level === 'index') expect(one?.rank).toBe(Number(row.rank_sdgIndex));
      }
    }
    expect(counts).toEqual({ indicator: 5815, goal: 1574, index: 105 });
    expect(made.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('reproduces the progress measure of Statistics Canada for 132 series and 86 indicators', () => {
    const series = rows('statcan_progress/cif_series.csv');
    const codebook = table(
      'c',
      ['indicator', 'parent', 'direction', 'target', 'target_year', 'base_year', 'limit'],
      series.map((row, at) => [
        `s${at}`,
        row.indicator ?? '',
        row.direction ?? '',
        row.target ?? '',
        row.target_year ?? '',
        row.base_year ?? '',
        row.limit ?? '',
      ]),
    );
    const data = table(
      'd',
      ['unit', 'indicator', 'period', 'value'],
      series.flatMap((row, at) => [
        ['CA', `s${at}`, row.base_year ?? '', row.base_value ?? ''],
        ...(row.current_year === row.base_year
          ? []
          : [['CA', `s${at}`, row.current_year ?? '', row.current_value ?? '']]),
      ]),
    );
    const made = run('statcan', codebook, data);
    const results = new Map(made.results.map((one) => [key(one), one]));
    series.forEach((row, at) => {
      const one = results.get(`indicator CA s${at}`);
      expect(one?.status, row.series).toBe(row.status);
      for (const [mine, theirs] of [
        [one?.value, row.progress_value],
        [one?.score, row.score],
      ] as const)
        if (theirs === '') expect(mine ?? null).toBeNull();
        else expect(Math.abs((mine ?? Number.NaN) - Number(theirs)), row.series).toBeLessThan(1e-12);
    });
    let checked = 0;
    for (const row of rows('statcan_progress/cif_indicators.csv')) {
      const one = results.get(`goal CA ${row.indicator}`);
      if (one === undefined) continue;
      checked += 1;
      expect(one.status).toBe(row.progress_status);
      if (row.score !== '')
        expect(Math.abs((one.score ?? Number.NaN) - Number(row.score)), row.indicator).toBeLessThan(1e-12);
    }
    console.log(`statcan indicators checked: ${checked}`);
    expect(checked).toBeGreaterThan(70);
  });

  it('reproduces the Human Development Index of every country and even year', () => {
    const published = rows('undp_hdi/hdi_even_years.csv');
    const made = run(
      'hdi',
      table('c', ['indicator'], [['le'], ['eys'], ['mys'], ['gnipc']]),
      table(
        'd',
        ['unit', 'indicator', 'period', 'value'],
        published.flatMap((row) =>
          ['le', 'eys', 'mys', 'gnipc'].map((name) => [
            row.iso3 ?? '',
            name,
            row.year ?? '',
            row[name] ?? '',
          ]),
        ),
      ),
    );
    const results = new Map(
      made.results.filter(({ level }) => level === 'index').map((one) => [`${one.unit} ${one.period}`, one]),
    );
    for (const row of published) expect(results.get(`${row.iso3} ${row.year}`)?.value).toBe(Number(row.hdi));
    expect(published.length).toBe(2773);
  });

  it('reproduces the ASEM index through the long table: every stage that a result shows', () => {
    const meta = rows('coinr_asem/iMeta.csv').filter(
      ({ Type }) => Type === 'Indicator' || Type === 'Aggregate',
    );
    const blank = (text: string | undefined) => (text === 'NA' || text === undefined ? '' : text);
    const codebook = table(
      'c',
      ['iCode', 'parent', 'direction', 'weight', 'target', 'denominator'],
      meta.map((row) =>
        ['iCode', 'Parent', 'Direction', 'Weight', 'Target', 'Denominator'].map((name) => blank(row[name])),
      ),
    );
    const codes = [
      ...meta.filter(({ Type }) => Type === 'Indicator').map(({ iCode = '' }) => iCode),
      'Area',
      'Energy',
      'GDP',
      'Population',
    ];
    const data = table(
      'd',
      ['unit', 'group', 'indicator', 'period', 'value'],
      rows('coinr_asem/iData.csv').flatMap((row) =>
        codes.map((code) => [row.uCode ?? '', row.EurAsia_group ?? '', code, '2018', blank(row[code])]),
      ),
    );
    const whole = {
      impute: 'group-mean',
      screen: '0.9',
      'screen-zeros': '0.05',
      treat: 'winsorise-log',
      low: '0',
      high: '100',
    };
    const made = (settings: Record<string, string>) => {
      const method = methods.get('composite');
      if (method === undefined) throw new Error('no method');
      const { results, findings } = assess(
        method,
        codebook,
        data,
        new Map(Object.entries({ ...whole, ...settings })),
      );
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      return new Map(results.map((one) => [`${one.unit} ${one.code}`, one.score]));
    };
    const compare = (file: string, settings: Record<string, string>, except: readonly string[]) => {
      const results = made(settings);
      let checked = 0;
      for (const row of rows(`coinr_asem/${file}`))
        for (const [code, text] of Object.entries(row)) {
          if (['uCode', 'uName', 'Time', ...except].includes(code) || text === 'NA') continue;
          const score = results.get(`${row.uCode} ${code}`) ?? Number.NaN;
          expect(Math.abs(score - Number(text)), `${file} ${row.uCode} ${code}`).toBeLessThan(
            1e-9 * Math.max(1, Math.abs(Number(text))),
          );
          checked += 1;
        }
      return checked;
    };
    expect(compare('stage_Aggregated.csv', {}, [])).toBeGreaterThan(2500);
    expect(compare('agg_geometric.csv', { low: '1', aggregate: 'geometric' }, [])).toBeGreaterThan(400);
  });
});
