import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { citySchema, indicatorSchema } from '../../model/index.ts';
import { rawTables } from './raw-table.ts';
import { tableCells } from './table-cells.ts';
import { guessMapping, type RawTable, tablePlace } from './table-place.ts';

/** A cell: text, or a number with the style that shows it. */
type Cell = string | { readonly v: string; readonly s?: number };

const letters = 'ABCDEFGHIJ';
const sheetXml = (rows: readonly (readonly Cell[])[], merged: readonly string[]): string =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
    .map(
      (row, r) =>
        `<row r="${r + 1}">${row
          .map((cell, c) =>
            cell === ''
              ? ''
              : typeof cell === 'string'
                ? `<c r="${letters[c]}${r + 1}" t="inlineStr"><is><t xml:space="preserve">${cell}</t></is></c>`
                : `<c r="${letters[c]}${r + 1}" s="${cell.s ?? 0}"><v>${cell.v}</v></c>`,
          )
          .join('')}</row>`,
    )
    .join(
      '',
    )}</sheetData><mergeCells>${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells></worksheet>`;

/** Styles: 0 general, 1 `0.00%` built in, 2 `0.0%;[Red]-0.0%` of its own, 3 `#,##0.00`, 4 text `"%"` behind a number, 5 date. */
const styles = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.0%;[Red]-0.0%"/><numFmt numFmtId="171" formatCode="0.0&quot;%&quot;"/><numFmt numFmtId="172" formatCode="yyyy&quot;年&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="170"/><xf numFmtId="4"/><xf numFmtId="171"/><xf numFmtId="172"/></cellXfs></styleSheet>`;

function workbook(
  sheets: Readonly<Record<string, readonly [rows: readonly (readonly Cell[])[], merged: readonly string[]]>>,
): readonly RawTable[] {
  const names = Object.keys(sheets);
  return rawTables(
    'yearbook.xlsx',
    zipSync({
      'xl/workbook.xml': strToU8(
        `<workbook xmlns:r="r"><sheets>${names.map((name, at) => `<sheet name="${name}" r:id="r${at}"/>`).join('')}</sheets></workbook>`,
      ),
      'xl/_rels/workbook.xml.rels': strToU8(
        `<Relationships>${names.map((_, at) => `<Relationship Id="r${at}" Target="worksheets/s${at}.xml"/>`).join('')}</Relationships>`,
      ),
      'xl/styles.xml': strToU8(styles),
      ...Object.fromEntries(
        Object.values(sheets).map(([rows, merged], at) => [
          `xl/worksheets/s${at}.xml`,
          strToU8(sheetXml(rows, merged)),
        ]),
      ),
    }),
  );
}

/** Each value as it is read: indicator, area, group, year, value, unit. */
function read(table: RawTable): readonly string[] {
  const place = tablePlace(table, guessMapping(table), 'title');
  if (typeof place === 'string') return [place];
  return place.series.flatMap(({ id, columns, rows }) =>
    rows.map((row) =>
      [
        id,
        ...['GeoCode', '分组', 'Year', 'Value', 'Units'].map((name) => row[columns.indexOf(name)] ?? ''),
      ].join('|'),
    ),
  );
}

describe('a workbook as statistical offices make them', () => {
  const [people, main, shares, cover] = workbook({
    各区人口: [
      [
        ['表2-1 各区人口（2021-2022年）'],
        ['', '', '', '', '单位：万人'],
        ['地　区', '性别', '2021年', '2022年', '增长'],
        ['北区', '男', '1,204.5', { v: '1210.25', s: 3 }, { v: '0.0048', s: 1 }],
        ['', '女', { v: '1190', s: 3 }, { v: '1195.5' }, { v: '0.0046', s: 1 }],
        ['南区', '男', '…', { v: '800' }, ''],
        ['', '女', { v: '790' }, { v: '795' }, { v: '0.0063', s: 1 }],
        ['注：本表为年末常住人口。'],
        ['数据来源：统计局'],
      ],
      ['A1:E1', 'A4:A5', 'A6:A7'],
    ],
    主要年份: [
      [
        ['1-3 主要年份基本情况'],
        ['年份', '常住人口（万人）', '地区生产总值（亿元）', '绿化覆盖率（%）', '学校数（所）'],
        [{ v: '2020' }, { v: '2487.09' }, '38,700.58', { v: '0.3733', s: 2 }, { v: '120' }],
        ['2021年', { v: '2489.43' }, '43,214.85', { v: '0.377', s: 2 }, { v: '121' }],
      ],
      ['A1:E1'],
    ],
    '2022各区': [
      [
        ['2022年各区主要指标'],
        ['地区', '常住人口', '', '绿化覆盖率'],
        ['', '总数', '女', ''],
        ['合计', { v: '300' }, { v: '150' }, '39.9%'],
        ['北区', { v: '200' }, { v: '101' }, '40.1%'],
      ],
      ['A2:A3', 'B2:C2', 'D2:D3'],
    ],
    封面: [[['统计年鉴']], []],
  });
  if (people === undefined || main === undefined || shares === undefined || cover === undefined)
    throw new Error('four sheets');

  it('gives a text that is merged over rows to each of them, years with 年, numbers with commas; remarks are none of its rows', () => {
    expect(guessMapping(people)).toMatchObject({
      header: 3,
      unit: '万人',
      indicator: '各区人口',
      columns: { '地　区': 'area-name', 性别: 'breakdown', '2021年': 'value-of-period', 增长: 'ignore' },
    });
    expect(read(people)).toEqual([
      '各区人口|北区||2021年|1,204.5|万人',
      '各区人口|北区||2022年|1210.25|万人',
      '各区人口|北区||2021年|1190|万人',
      '各区人口|北区||2022年|1195.5|万人',
      '各区人口|南区||2021年|…|万人',
      '各区人口|南区||2022年|800|万人',
      '各区人口|南区||2021年|790|万人',
      '各区人口|南区||2022年|795|万人',
    ]);
  });

  it('reads indicators side by side, each with the unit of its head, and shares as their percentage', () => {
    expect(guessMapping(main).columns).toMatchObject({
      年份: 'period',
      '常住人口（万人）': 'value-of-indicator',
      '学校数（所）': 'value-of-indicator',
    });
    expect(read(main)).toEqual([
      '常住人口|||2020|2487.09|万人',
      '常住人口|||2021年|2489.43|万人',
      '地区生产总值|||2020|38,700.58|亿元',
      '地区生产总值|||2021年|43,214.85|亿元',
      '绿化覆盖率|||2020|37.33%|%',
      '绿化覆盖率|||2021年|37.7%|%',
      '学校数|||2020|120|所',
      '学校数|||2021年|121|所',
    ]);
  });

  it('takes the year of its title where no column names one, and a percent sign as the unit', () => {
    const mapping = guessMapping(shares);
    expect(mapping).toMatchObject({ header: 3, headerRows: 2, period: '2022' });
    expect(read(shares)).toEqual([
      '常住人口 / 总数|||2022|300|',
      '常住人口 / 总数|北区||2022|200|',
      '常住人口 / 女|||2022|150|',
      '常住人口 / 女|北区||2022|101|',
      '绿化覆盖率|||2022|39.9%|%',
      '绿化覆盖率|北区||2022|40.1%|%',
    ]);
  });

  it('brings each value to its indicator with the column that it stands in', () => {
    const name = (zh: string) => ({ en: '', zh });
    const place = {
      city: citySchema.parse({
        modelcity: 1,
        id: 'tiny',
        name: name('小城'),
        area: 'T',
        languages: ['zh'],
        areas: [{ id: 'T', name: name('小城'), kind: 'city' }],
        sources: [{ id: 's', title: name('s'), producer: name('s'), date: '2023', licence: 'CC0' }],
      }),
      indicators: [
        indicatorSchema.parse({ id: 'green', name: name('绿化覆盖率'), unit: '%' }),
        indicatorSchema.parse({ id: 'people', name: name('常住人口'), unit: '{person}' }),
        indicatorSchema.parse({ id: 'schools', name: name('学校数'), unit: '{school}' }),
      ],
    };
    const cells = tableCells(main, guessMapping(main), 't', {
      place,
      held: new Map(),
      choices: { indicators: {}, areas: {} },
      source: { id: 's' },
      status: 'A',
    });
    if (typeof cells === 'string') throw new Error(cells);
    expect(
      cells.cells.flatMap(({ observation }) =>
        observation === null
          ? []
          : [[observation.indicator, observation.value, observation.unit, observation.locator]],
      ),
    ).toEqual([
      ['people', '2487.09', '10*4.{person}', 'row 3, column 常住人口（万人）'],
      ['green', '37.33', '%', 'row 3, column 绿化覆盖率（%）'],
      // 所 is what schools are counted in.
      ['schools', '120', '{school}', 'row 3, column 学校数（所）'],
      ['people', '2489.43', '10*4.{person}', 'row 4, column 常住人口（万人）'],
      ['green', '37.7', '%', 'row 4, column 绿化覆盖率（%）'],
      ['schools', '121', '{school}', 'row 4, column 学校数（所）'],
    ]);
    expect(cells.indicators.find(({ id }) => id === '')).toMatchObject({
      text: '地区生产总值',
      unit: '亿元',
    });
  });

  it('keeps every digit of a share, and takes a percent sign in quotes for what it is', () => {
    const [sheet] = workbook({
      s: [
        [
          ['Year', 'Share'],
          [{ v: '2019' }, { v: '0.123456789', s: 1 }],
          [{ v: '2020' }, { v: '0.41249999999999998', s: 1 }],
          [{ v: '2021' }, { v: '-5.0000000000000001E-3', s: 2 }],
          [{ v: '2022' }, { v: '41.3', s: 4 }],
          [{ v: '2023' }, { v: '1', s: 1 }],
        ],
        [],
      ],
    });
    expect(sheet?.rows.slice(1).map(([, cell]) => cell)).toEqual([
      '12.3456789%',
      '41.25%',
      '-0.5%',
      '41.3',
      '100%',
    ]);
  });
});
