import { describe, expect, test } from 'vitest';
import { parseUnit } from '../../model/index.ts';
import { readUnit } from './unit-text.ts';

/** As the columns of units of other cities have them. */
const known: readonly (readonly [string, string])[] = [
  ['Rate per 100.000', '{per 100,000 population}'],
  ['Crude rate per 100,000', '{per 100,000 population}'],
  ['Total Number per 100.000 inhabitants', '{per 100,000 population}'],
  ['Pro 1.000 Einwohner', '{per 1,000 population}'],
  ['Deaths per 1000 live births', '{per 1,000 live births}'],
  ['Kg/inhabitant/day', 'kg/{person}/d'],
  ['kWh per capita', 'kWh/{person}'],
  ['m2 per habitant', 'm2/{person}'],
  ['Euro je Einwohner', 'EUR/{person}'],
  ['Euros per night', 'EUR/{night}'],
  ['litres per person per day', 'l/{person}/d'],
  ['Thousands of tonnes', '10*3.t'],
  ['x1000 kWh', '10*3.kWh'],
  ['Total Number in Thousands', '10*3.{count}'],
  ['Mio. €', '10*6.EUR'],
  ['Millones de euros', '10*6.EUR'],
  ["Milions d'euros", '10*6.EUR'],
  ['City Council investment in million euros', '10*6.EUR'],
  ['Percentatge', '%'],
  ['m³', 'm3'],
];

describe('units in words', () => {
  test.each(known)('%s is %s', (words, code) => {
    expect(readUnit(words)).toEqual({ code, known: true });
    expect(parseUnit(code)).not.toBeNull();
  });

  test.each([
    'Kg per 1.000 euros of GVA',
    'Installed power capacity in MWp',
    'Number of illegal settlements',
    'Cases per 100 beds',
    'Rate per 7',
    'x1000 Mt of CO2',
    'Index (0-3)',
    '% per year',
    'Number of people in households',
    '1000 pieces of string',
  ])('%s stays its own words: what it means is not certain', (words) => {
    expect(readUnit(words).known).toBe(words.startsWith('%'));
    expect(readUnit(words).code).toMatch(words.startsWith('%') ? /^%$/ : /^\{.+\}$/);
  });
});
