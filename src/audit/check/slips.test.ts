import { describe, expect, it } from 'vitest';
import { auditTexts } from '../audit.ts';
import { plainText } from '../text.ts';

/** The rules that a text sets off, in order. */
const told = (text: string) =>
  auditTexts([plainText('t', text)]).findings.map(({ rule, values }) => ({ rule, values }));
const rulesOf = (text: string) => told(text).map(({ rule }) => rule);

describe('slips of a typist', () => {
  it('hears a verb that goes against the numbers, wherever the change stands', () => {
    expect(
      rulesOf('From 2015 to 2020, the share of gas decreased by 3.7 percentage points from 14.6% to 18.3%.'),
    ).toContain('change.direction');
    expect(
      rulesOf('From 2015 to 2021, the venue area a head increased from 2.24 m² to 3.35 m², down by 49.6%.'),
    ).toContain('change.direction');
    expect(
      rulesOf('From 2015 to 2021, life expectancy decreased from 82.69 years to 84.37 years.'),
    ).toContain('change.direction');
    expect(
      rulesOf('From 2015 to 2021, the venue area a head increased from 2.24 m² to 3.35 m², up by 49.6%.'),
    ).toEqual([]);
  });

  it('tells a level that is written in percentage points, and no distance of two levels', () => {
    expect(rulesOf('Non-fossil energy accounts for 18 percentage points of primary energy.')).toEqual([
      'unit.kind',
    ]);
    expect(rulesOf('The share was 3 percentage points higher than the year before.')).toEqual([]);
    expect(rulesOf('到2015年，工业用水重复利用率达到90个百分点。')).toEqual(['unit.kind']);
    expect(rulesOf('工业用水重复利用率提高了5个百分点。')).toEqual([]);
  });

  it('finds one value of a list that is a thousand times off', () => {
    const [finding] = told(
      'In the four sessions the transactions totaled USD 57.83 billion, USD 71.13 billion, USD 72.62 billion and USD 70.72 million.',
    );
    expect(finding?.rule).toBe('value.magnitude');
    expect(finding?.values).toMatchObject({ one: expect.stringContaining('70.72 million') });
  });

  it('finds parts whose digits give the whole, in another unit', () => {
    expect(
      rulesOf(
        'The park covers a total area of 119 hectares, including 53 hectares of water area and 66 km² of green area.',
      ),
    ).toEqual(['value.magnitude']);
    expect(
      rulesOf(
        'The park covers a total area of 119 hectares, including 53 hectares of water area and 66 hectares of green area.',
      ),
    ).toEqual([]);
  });

  it('finds a mean that does not follow from its list in another sentence', () => {
    const list =
      'In the four sessions the intended transactions totaled USD 57.83 billion, USD 71.13 billion, USD 72.62 billion, and USD 70.72 billion.';
    const mean = (amount: number) =>
      `In four years the Expo was held with an average intended transaction amount of USD ${amount} billion per session.\n\n${list}`;
    expect(rulesOf(mean(78))).toContain('average.list');
    expect(rulesOf(mean(68))).toEqual([]);
  });

  it('finds spans that run backwards, years of another age and a year out of its order', () => {
    expect(rulesOf('From 2021 to 2015, two plants were built.')).toEqual(['date.range']);
    expect(rulesOf('到8020年，基本建成生态城市。')).toEqual(['value.impossible']);
    expect(rulesOf('In 4021, the government signed an agreement.')).toEqual(['value.impossible']);
    expect(
      rulesOf('Agreements were signed in 2015 with A, in 2016 with B, in 2013 with C, and in 2018 with D.'),
    ).toEqual(['date.order']);
    expect(rulesOf('The standard DB31/2010-2008 applies, and 2015-2021 was a good time.')).toEqual([]);
  });

  it('counts a numbered list to its end, over a page break', () => {
    const list = (count: string) =>
      `The measures have the following ${count} aspects: 1) water is kept clean; 2) air is kept clean through the\n\nyear.\n\nThe last, and 3) waste is sorted.\n\n## Next\n\n1) another list`;
    expect(told(list('four')).map(({ rule, values }) => [rule, values['counted']])).toEqual([
      ['count.list', '3'],
    ]);
    expect(rulesOf(list('three'))).toEqual([]);
  });

  it('counts quoted names and names more than are announced', () => {
    expect(
      rulesOf(
        'The city set three sub-goals: “a dynamic city”, “a charming city” and “a city that is green”.',
      ),
    ).toEqual([]);
    expect(
      rulesOf('The city set four sub-goals: “a dynamic city”, “a charming city” and “a city that is green”.'),
    ).toEqual(['count.list']);
    expect(rulesOf('Work goes on in the two fields including water, air and soil.')).toEqual(['count.list']);
  });

  it('knows what a rate is told per', () => {
    expect(rulesOf('Energy use was 0.9 tons of standard coal/60,000 yuan.')).toEqual(['unit.kind']);
    expect(rulesOf('Energy use was 0.9 tons of standard coal/10,000 yuan.')).toEqual([]);
  });
});
