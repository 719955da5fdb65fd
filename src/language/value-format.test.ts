import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber } from './number-format.ts';
import { periodText } from './period-text.ts';
import { unitHead } from './unit-text.ts';
import { formatDifference, formatValue } from './value-format.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('a value in two languages', () => {
  it.each([
    ['11.33', '10*9.CNY', 2, '11.33 billion yuan', '113.3亿元'],
    ['18.3', '%', 1, '18.3 %', '18.3%'],
    ['3.7', 'pp', 1, '3.7 percentage points', '3.7个百分点'],
    ['1', 'pp', 0, '1 percentage point', '1个百分点'],
    ['0.28', 'tce/10*4/CNY', 2, '0.28 tce/10,000 yuan', '0.28吨标准煤/万元'],
    ['1683000', 'kW', 0, '1.683 million kW', '168.3万千瓦'],
    ['7841000', '{household}', 0, '7.841 million households', '784.1万户'],
    ['34554', '{case}', 0, '34,554 cases', '34,554例'],
    ['1', '{project}', 0, '1 project', '1个项目'],
    ['27', 'ug/m3', 0, '27 µg/m³', '27微克/立方米'],
    ['3', '{rank}', 0, '3rd', '第3位'],
    ['62559200', 't', 0, '62.5592 million t', '6255.92万吨'],
    ['212', 'ha', 0, '212 ha', '212公顷'],
    ['604.64', 'km2', 2, '604.64 km²', '604.64平方公里'],
    ['-39.1304', '%', 2, '−39.13 %', '−39.13%'],
    ['27', '%/a', 1, '27.0 % a year', '27.0%/年'],
    ['4567', 't/d', 0, '4567 t/day', '4567吨/日'],
    ['2', 'a', 0, '2 years', '2年'],
    ['0', '10*9.CNY', 1, '0 yuan', '0元'],
  ])('%s %s', (value, unit, decimals, en, zh) => {
    expect([
      plain(formatValue({ value, unit, decimals }, 'en')),
      formatValue({ value, unit, decimals }, 'zh'),
    ]).toEqual([en, zh]);
  });

  it('keeps the word before the number', () => {
    const value = { value: '4', unit: '%', decimals: 0, qualifier: 'over' as const };
    expect([plain(formatValue(value, 'en')), formatValue(value, 'zh')]).toEqual(['over 4 %', '超过4%']);
  });

  it('writes a rise with its sign, an amount without', () => {
    const value = { value: '-3.7', unit: 'pp', decimals: 1 };
    expect(plain(formatValue(value, 'en', { form: 'plain' }))).toBe('3.7 percentage points');
    expect(plain(formatValue({ ...value, value: '3.7' }, 'en', { form: 'signed' }))).toBe(
      '+3.7 percentage points',
    );
  });

  it('names every power of ten in a Chinese head', () => {
    expect(['10*3.t', '10*6.USD', '10*9.CNY', '10*4.CNY'].map((code) => unitHead(code, 'zh'))).toEqual([
      '千吨',
      '百万美元',
      '十亿元',
      '万元',
    ]);
  });

  it('never loses a digit that was printed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10 ** 13 }), (n) => {
        for (const language of ['en', 'zh'] as const) {
          const text = formatValue({ value: String(n), unit: '{person}', decimals: 0 }, language);
          const number = Number(/[\d,.]+/.exec(text)?.[0].replaceAll(',', ''));
          const scale = /万亿|trillion/.test(text)
            ? 1e12
            : /亿/.test(text)
              ? 1e8
              : /billion/.test(text)
                ? 1e9
                : /million/.test(text)
                  ? 1e6
                  : /万/.test(text)
                    ? 1e4
                    : 1;
          expect(Math.round(number * scale)).toBe(n);
        }
      }),
    );
  });
});

it('zero has no sign', () => {
  expect(formatNumber('-0.001', { language: 'en', decimals: 2, signed: true })).toBe('0.00');
});

it('a column head names the unit with its power of ten', () => {
  expect(
    ['10*9.CNY', '10*8.CNY', '%', 't/d'].map((code) => [unitHead(code, 'en'), unitHead(code, 'zh')]),
  ).toEqual([
    ['billion yuan', '十亿元'],
    ['100,000,000 yuan', '亿元'],
    ['%', '%'],
    ['t/day', '吨/日'],
  ]);
});

it.each([
  ['2021', '2021', '2021年'],
  ['2021-09', 'September 2021', '2021年9月'],
  ['2021-09-30', '30 September 2021', '2021年9月30日'],
  ['2021-Q3', 'third quarter of 2021', '2021年第三季度'],
  ['2015/2021', '2015–2021', '2015—2021年'],
  ['undated', 'undated', '年份不详'],
])('period %s', (period, en, zh) => {
  expect([periodText(period, 'en'), periodText(period, 'zh')]).toEqual([en, zh]);
});

it.each([
  ['3.7', '%', 1, '3.7 percentage points', '3.7个百分点'],
  ['12', '[ppth]', 0, '1.2 percentage points', '1.2个百分点'],
  ['-0.5', 't', 1, '−0.5 t', '−0.5吨'],
])(
  'a difference of %s in %s is said in points where it is one of shares',
  (value, unit, decimals, en, zh) => {
    expect([
      plain(formatDifference({ value, unit, decimals }, 'en')),
      formatDifference({ value, unit, decimals }, 'zh'),
    ]).toEqual([en, zh]);
  },
);

it('never says 个 of what is not counted: words of a source stand as written, rates have their Chinese form', () => {
  const shown = (unit: string) => formatValue({ value: '31.3', unit, decimals: 1, qualifier: null }, 'zh');
  expect([
    shown('{per 100,000 population}'),
    shown('{Kwh per household}'),
    shown('{Alcohol}'),
    shown('{gadget}'),
    shown('kWh'),
  ]).toEqual(['31.3/10万人', '31.3\u00a0Kwh per household', '31.3\u00a0Alcohol', '31.3个', '31.3千瓦时']);
});

it('puts a unit that names a measure in brackets: nothing falls by 1.3 annual growth rates', () => {
  const shown = (unit: string, language: 'en' | 'zh') =>
    formatValue({ value: '1.3', unit, decimals: 1 }, language);
  expect([
    shown('{Annual growth rate of GDP}', 'en'),
    shown('{rate per 1,000,000}', 'zh'),
    shown('{unit not stated}', 'en'),
    shown('{unit not stated}', 'zh'),
    shown('{corporate}', 'en'),
  ]).toEqual([
    '1.3 (Annual growth rate of GDP)',
    '1.3（rate per 1,000,000）',
    '1.3 (unit not stated)',
    '1.3（未注明单位）',
    '1.3\u00a0corporates',
  ]);
});
