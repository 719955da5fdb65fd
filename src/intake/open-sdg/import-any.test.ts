import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readForeignTable } from '../foreign/delimited.ts';
import { importOpenSdg } from './import.ts';

/** Texts that metadata and tables of others hold, and some that they should not. */
const odd = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '-',
    '—',
    '0',
    '1',
    '18',
    '99',
    '1.1',
    '18.4',
    '17.20',
    '11.c',
    'n/a',
    'null',
    'true',
    'Goal 4',
    'SDG 11: Cities',
    '11, 13',
    'global_indicators.1-2-1-title',
    'data.Female',
    '%',
    '{',
    '}',
    '{count}',
    '10*3.t',
    '£ million',
    '€/m²',
    'per 100 000',
    'percent %',
    '=1+1',
    '@x',
    "it's",
    '"quoted"',
    'a,b',
    '<b>bold</b>',
    '[link](https://example.org)',
    'Ünïcødé',
    '城市',
    'عربي',
    '👍',
    '\u200b',
    'a\tb',
    '2020-13-45',
    '2021-02-29',
    '__proto__',
    'constructor',
    'Total',
    'total',
    'All',
    'Year',
    'x'.repeat(400),
    'mean (SD)',
    '-',
    '1/2',
    'C:\\x',
  ),
  fc.string({ maxLength: 12 }),
);
const numbers = fc.constantFrom(
  '1-2-1',
  '1-2-1a',
  '11-1-1',
  '18-1-1',
  '99-1-1',
  '0-0-0',
  '1-1',
  'x-1',
  '17-20-1',
  '1-2-1.csv',
  'a-b-c',
  '1-2-1-t',
  '٣-١-١',
  'con-1',
  '1--1',
  '-1-1',
  '1-2-1-2-3-4-5',
);
const years = fc.oneof(
  fc.constantFrom(
    '2015',
    '2015.0',
    '2015-16',
    '2015/16',
    '2015-2015',
    '2015年',
    'FY 2015',
    '15',
    '99999',
    '0000',
    '-5',
    'Total',
    '2015-W54',
    '2015-Q5',
    '2015-02-30',
  ),
  odd,
);
const values = fc.oneof(
  fc.constantFrom(
    '1',
    '1.5',
    '1,5',
    '1 000',
    '1e5',
    '-0',
    '1e400',
    '∞',
    'NaN',
    '<5',
    '12*',
    '7p',
    '..',
    'x',
    '1.000.000',
    '9'.repeat(60),
    '0.' + '3'.repeat(60),
  ),
  odd,
);
const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const headers = fc.constantFrom(
  'Units',
  'Series',
  'GeoCode',
  'Sex',
  'sex',
  'Age',
  'Observation status',
  'Unit multiplier',
  'COMMENT_OBS',
  'Lower CI',
  'Upper CI',
  'Region',
  '',
  'UNIT_MEASURE',
  'Año',
  '区',
  'Year',
  'Value',
  '__proto__',
  'a b/c',
  'id',
  '%',
  'value',
  '年份',
);
const table = fc.array(headers, { maxLength: 6 }).chain((others) =>
  fc
    .array(fc.tuple(years, values, fc.array(odd, { minLength: others.length, maxLength: others.length })), {
      maxLength: 8,
    })
    .map((rows) =>
      [['Year', ...others, 'Value'], ...rows.map(([year, value, rest]) => [year, ...rest, value])]
        .map((row) => row.map(cell).join(','))
        .join('\n'),
    ),
);
const fields = fc.constantFrom(
  'sdg_goal',
  'goal_number',
  'target_id',
  'target_number',
  'indicator_name',
  'indicator_number',
  'graph_title',
  'computation_units',
  'indicator_definition',
  'national_geographical_coverage',
  'source_organisation_1',
  'source_url_1',
  'source_url_text_1',
  'source_release_date_1',
  'source_active_1',
  'SDG_GOAL',
  'UNIT_MEASURE',
  'reporting_status',
  '__proto__',
  'a field',
);
const metadata = fc
  .array(fc.tuple(fields, odd), { maxLength: 10 })
  .map((pairs) =>
    pairs.map(([field, text]) => `${JSON.stringify(field)}: ${JSON.stringify(text)}`).join('\n'),
  );
const progress = fc
  .record({
    direction: fc.constantFrom('positive', 'negative', 'x'),
    target: values,
    target_year: years,
    unit: odd,
    series: odd,
  })
  .map(
    (option) =>
      `progress_calculation_options:\n  - ${Object.entries(option)
        .map(([key, text]) => `${key}: ${JSON.stringify(text)}`)
        .join('\n    ')}`,
  );
const layer = fc.tuple(odd, odd).map(([code, name]) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        properties: { code, name },
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [0, 0],
              [1, 0],
              [1, 1],
              [0, 0],
            ],
          ],
        },
      },
    ],
  }),
);

/** A configuration that a place wrote by hand. */
const configuration = fc
  .record({
    languages: fc.array(fc.oneof(fc.constantFrom('en', 'zh-Hans', 'ca', 'de'), odd), { maxLength: 3 }),
    inputs: fc.array(
      fc.record({
        class: fc.constantFrom(
          'InputCsvData',
          'InputYamlMeta',
          'InputYamlMdMeta',
          'InputCsvMeta',
          'InputSdmxJson',
          'InputExcelMeta',
          '',
        ),
        path_pattern: fc.constantFrom(
          'data/*-*.csv',
          'meta/*-*.yml',
          'data/**/*.csv',
          'data/[.csv',
          '*',
          'data/indicator_(*',
          '',
        ),
      }),
      { maxLength: 3 },
    ),
    map_layers: fc.array(
      fc.record({
        geojson_file: fc.constantFrom('maps/wards.geojson', 'https://example.org/a.geojson', 'none'),
        id_property: odd,
        name_property: odd,
        output_subfolder: odd,
      }),
      { maxLength: 2 },
    ),
    indicator_options: fc.record({
      unit_column: odd,
      series_column: odd,
      observation_attributes: fc.array(odd, { maxLength: 2 }),
      non_disaggregation_columns: fc.array(odd, { maxLength: 2 }),
    }),
    src_dir: fc.constantFrom('', '.', './'),
  })
  // JSON is YAML too.
  .map((settings) => JSON.stringify(settings));
const translations = fc
  .array(fc.tuple(odd, odd), { maxLength: 6 })
  .map((pairs) => pairs.map(([key, text]) => `${JSON.stringify(key)}: ${JSON.stringify(text)}`).join('\n'));

describe('a repository of any content', () => {
  it('is imported, every row in or left with a reason in both languages; it is never refused for one of its texts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(numbers, table, metadata, fc.option(progress, { nil: '' })), {
          minLength: 1,
          maxLength: 4,
        }),
        fc.option(layer, { nil: null }),
        odd,
        fc.option(configuration, { nil: null }),
        fc.option(translations, { nil: null }),
        (indicators, map, readme, settings, words) => {
          const files = new Map<string, string>();
          for (const [number, data, meta, options] of indicators) {
            files.set(`data/indicator_${number}.csv`, data);
            files.set(`meta/${number}.yml`, `${meta}\n${options}`);
          }
          if (map !== null) files.set('maps/wards.geojson', map);
          if (settings !== null) files.set('config_data.yml', settings);
          if (words !== null)
            for (const language of ['en', 'zh-Hans']) files.set(`translations/${language}/data.yml`, words);
          files.set('README.md', `# ${readme}\n`);
          const { account, findings } = importOpenSdg(
            {
              passedOver: [],
              files: [...files].map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) })),
            },
            { repository: 'city-data' },
          );
          const errors = findings.filter(({ severity }) => severity === 'error');
          expect(errors.filter(({ rule }) => rule !== 'import.nothing')).toEqual([]);
          if (account === null) return;
          for (const [path, text] of files) {
            if (!/^data\/.*\.csv$/.test(path)) continue;
            const told = new Set(account.rows.flatMap(({ file, row }) => (file === path ? [row] : [])));
            const { rows } = readForeignTable(new TextEncoder().encode(text));
            expect(rows.filter(({ line }) => !told.has(line))).toEqual([]);
          }
          for (const { outcome, record, reason } of account.rows) {
            if (reason !== null)
              expect([reason.en, reason.zh]).toEqual([
                expect.stringMatching(/\S/),
                expect.stringMatching(/\p{Script=Han}/u),
              ]);
            if (outcome === 'left') expect(reason).not.toBeNull();
            else expect(record ?? '').not.toBe('');
          }
        },
      ),
      { numRuns: 120 },
    );
  }, 60_000);
});
