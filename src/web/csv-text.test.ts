import { expect, it } from 'vitest';
import { csvText } from './csv-text.ts';

const cellOf = (text: string): string =>
  csvText([[text]])
    .replace('\ufeff', '')
    .replace(/\r\n$/, '')
    .replace(/^"([\s\S]*)"$/, '$1');

it.each([
  '=1+1',
  '+1',
  '@SUM(A1)',
  '-1+1',
  "-2+3+cmd|' /C calc'!A0",
  '-',
  '\t=1',
  '\r=1',
  '\n=1',
  '＝1',
  '－1+1',
])('a cell that a spreadsheet would run stays text: %j', (text) => {
  expect(cellOf(text)).toMatch(/^'/);
});

it.each(['-1', '0', '-12.50', '12345678901234567890.10', '2022-01-01', 'a=b', '–'])(
  'a number, and text that runs nothing, goes out as it is: %j',
  (text) => {
    expect(cellOf(text)).toBe(text);
  },
);
