import { expect, test } from 'vitest';
import { auditTexts, plainText } from '../index.ts';

const on = (...paragraphs: string[]) => auditTexts([plainText('t.md', paragraphs.join('\n\n'))]);
const rules = (...paragraphs: string[]): string[] => on(...paragraphs).findings.map(({ rule }) => rule);

test('days of one good kept in reserve, told twice', () => {
  const first = 'The guaranteed supply of natural gas exceeds 30 days.';
  expect(rules(first, 'A second tank raised the natural gas emergency reserve to 12 days.')).toEqual([
    'series.value',
  ]);
  expect(rules(first, 'The grain reserve covers 12 days.')).toEqual([]);
  expect(rules(first, 'Works on the gas main took 12 days.')).toEqual([]);
  expect(rules('全市天然气应急储备达到20天。', '二期建成后，天然气应急储备达到15天。')).toEqual([
    'series.value',
  ]);
});

test('a recycling rate is held against the tonnages of the sorted streams', () => {
  const tons =
    'Each day 300 tons per day of recyclables, 1 ton per day of hazardous waste, 299 tons per day of kitchen waste and 400 tons per day of residual waste are collected.';
  expect(rules(`The recycling rate reached 45.0%. ${tons}`)).toEqual(['share.streams']);
  const right = on(`The recycling rate reached 30.0%. ${tons}`);
  expect(right.findings).toEqual([]);
  expect(right.checked.map(({ rule }) => rule)).toContain('share.streams');
  expect(rules(tons)).toEqual([]);
});

test('a rate of 100 % beside what is left over', () => {
  const whole = '2,000 tons of hazardous waste were generated, of which 1,900 tons of waste were treated';
  const rest = 'and 100 tons were temporarily stored';
  const rate = 'The treatment rate of hazardous waste reached';
  expect(rules(`${rate} 100%. In 2021, ${whole} ${rest}.`)).toEqual(['share.rest']);
  expect(
    rules(
      `${rate} 100%. In 2021, ${whole.replace('waste were treated', 'waste (50 tons left in 2020) were treated')} ${rest}.`,
    ),
  ).toEqual(['share.rest']);
  expect(rules(`${rate} 95%. In 2021, ${whole} ${rest}.`)).toEqual([]);
  expect(rules(`The coverage rate of tap water reached 100%. In 2021, ${whole} ${rest}.`)).toEqual([]);
});
