import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AuditFinding, auditTexts, plainText, told } from './index.ts';

/** The rules that speak about a text, in order. */
function rulesOn(text: string): string[] {
  return auditTexts([plainText('t.txt', text)]).findings.map(({ rule }) => rule);
}

const findingsOn = (text: string): readonly AuditFinding[] => auditTexts([plainText('t.txt', text)]).findings;
const checkedOn = (text: string): string[] =>
  auditTexts([plainText('t.txt', text)]).checked.map(({ rule }) => rule);

describe('a stated change against its end values', () => {
  test('that follows is checked and told as right', () => {
    const text =
      'From 2015 to 2021, the number of gas users increased by 18.7% from 6.608 million to 7.841 million households.';
    expect(rulesOn(text)).toEqual([]);
    expect(checkedOn(text)).toEqual(['change.endpoints']);
  });

  test('that does not follow is a contradiction, with the arithmetic', () => {
    const [finding] = findingsOn(
      'The output rose from 200 tons in 2015 to 300 tons in 2020, an increase of 35%.',
    );
    expect(finding?.rule).toBe('change.endpoints');
    expect(finding?.severity).toBe('contradiction');
    expect(finding?.values.computed).toBe('50 %');
  });

  test('of a share in percent, where points are meant', () => {
    const [finding] = findingsOn('The share of renewables increased by 3.7% from 14.6% to 18.3%.');
    expect(finding?.rule).toBe('change.points');
    expect(finding?.values.relative).toBe('25.34');
  });

  test('of a share, given in percentage points, holds', () => {
    expect(
      rulesOn('The share of renewables increased by 3.7 percentage points from 14.6% to 18.3%.'),
    ).toEqual([]);
  });

  test('in years is compounded over the steps between them', () => {
    const right =
      'From 2015 to 2021, exports grew from 25.2 billion yuan to 62.9 billion yuan, with an average annual growth rate of 16.4%.';
    expect(rulesOn(right)).toEqual([]);
    expect(rulesOn(right.replace('16.4%', '13.9%'))).toEqual(['change.annual']);
  });

  test('the whole change told as a yearly one is recognised', () => {
    const [finding] = findingsOn(
      'From 2015 to 2020, output grew from 100 tons to 150 tons, with an average annual growth of 50%.',
    );
    expect(finding?.values.reason).toBe('@reason.total');
  });

  test('a list of years is compounded too', () => {
    const text =
      'From 2016 to 2019, the output was RMB 5.53 billion, 8.13 billion, 11.14 billion, and 11.33 billion, respectively, with an average annual growth rate of 18.4%.';
    expect(findingsOn(text)[0]?.values.computed).toBe('27 %');
    expect(rulesOn(text.replace('18.4%', '27.0%'))).toEqual([]);
  });

  test('six times as much is not six times more', () => {
    expect(rulesOn('The daily volume increased from 85 tons to 524 tons, up by about six times.')).toEqual([
      'change.times',
    ]);
    expect(rulesOn('The daily volume increased from 85 tons to 524 tons, up by about five times.')).toEqual(
      [],
    );
  });

  test('a verb against its numbers', () => {
    expect(rulesOn('The rate of acid rain decreased from 26.4% in 2015 to 60.8% in 2021.')).toEqual([
      'change.direction',
    ]);
  });

  test('the difference of two rates is in points', () => {
    expect(rulesOn('The growth rate in rural areas was 8.9%, 1.1% higher than that of urban areas.')).toEqual(
      ['change.difference'],
    );
  });
});

describe('totals and parts', () => {
  test('parts that add up are silent, also with an amount carried over', () => {
    expect(
      rulesOn(
        'In 2021, 1.504 million tons of waste were generated, of which 545,000 tons were treated by generators, 980,000 tons (including 50,000 tons left from the year before) by plants, and 29,000 tons were stored.',
      ),
    ).toEqual([]);
  });

  test('parts that do not', () => {
    expect(
      rulesOn('There were 714 new energy buses, including 173 hybrid vehicles and 542 electric vehicles.'),
    ).toEqual(['sum.parts']);
  });

  test('an incomplete listing is no contradiction', () => {
    expect(
      rulesOn(
        'There were 1,400 vehicles, including 1,000 trucks and 350 buses, as well as some passenger cars.',
      ),
    ).toEqual([]);
  });

  test('a part larger than its whole', () => {
    expect(
      rulesOn(
        'In 2021, a total of 23 research projects were approved. Among them 157 were hi-tech enterprises.',
      ),
    ).toEqual(['sum.subset']);
  });

  test('units inside brackets', () => {
    expect(rulesOn('The expanded installed capacity is 14.75 MW (9×1.5 kW + 1×1.25 kW).')).toEqual([
      'unit.expression',
    ]);
    expect(rulesOn('The expanded installed capacity is 14.75 MW (9×1.5 MW + 1×1.25 MW).')).toEqual([]);
  });

  test('announced and named things', () => {
    expect(rulesOn('The plan has four aspects: platform, business, data, and system.')).toEqual([]);
    expect(rulesOn('The plan has five aspects: platform, business, data, and system.')).toEqual([
      'count.list',
    ]);
  });
});

describe('units', () => {
  test('mu in hectares and square meters', () => {
    expect(rulesOn('The base covers 3,180 mu (≈ 212 ha.) of land.')).toEqual([]);
    expect(rulesOn('The base covers 10,000 mu (666,700 m²) of land.')).toEqual(['unit.conversion']);
  });

  test('a lake of 13 square meters', () => {
    expect(rulesOn('It is an important lake, with an area of 13 m² and a long shore.')).toEqual([
      'unit.scale',
    ]);
    expect(rulesOn('It is an important lake, with an area of 13 km² and a long shore.')).toEqual([]);
  });

  test('a share above the whole', () => {
    expect(rulesOn('The coverage rate of the network reached 140% in 2021.')).toEqual(['value.impossible']);
  });
});

describe('broken numbers', () => {
  test('are told and repaired before anything else is read', () => {
    const [finding] = findingsOn('In 20 13, the index of the city was good.');
    expect(finding?.rule).toBe('number.garbled');
    expect(told(finding as AuditFinding, 'en').message).toContain('2013');
  });

  test('numbers of documents and dates are no damage', () => {
    expect(rulesOn('On May 20 14 people came; see the 7,000 visitors of 19 200 km.')).toEqual([]);
  });
});

describe('the audit as a whole', () => {
  test('says everything in two languages', () => {
    const [finding] = findingsOn('The share increased by 3.7% from 14.6% to 18.3%.');
    if (finding === undefined) throw new Error('no finding');
    expect(told(finding, 'zh').message).toContain('百分点');
    expect(told(finding, 'en')).toMatchObject({
      rule: 'change.points',
      severity: 'wording',
      places: [{ file: 't.txt', line: 1 }],
    });
    expect(Object.keys(told(finding, 'en'))).toEqual([
      'id',
      'rule',
      'severity',
      'message',
      'mend',
      'places',
      'values',
    ]);
  });

  test('keeps the ids of findings when lines move', () => {
    const text = 'The share increased by 3.7% from 14.6% to 18.3%.';
    expect(findingsOn(`A line.\n\n\n${text}`).map(({ id }) => id)).toEqual(
      findingsOn(text).map(({ id }) => id),
    );
  });

  test('gives the same findings for the same text, whatever the text', () => {
    const word = fc.constantFrom(
      'increased',
      'from',
      'to',
      'by',
      '14.6%',
      '18.3%',
      '3.7%',
      '2015',
      '2021',
      'including',
      '(',
      ')',
      ',',
      '.',
      '1,000',
      'km²',
      'm²',
      'average annual growth',
      'tons',
      'of which',
      '由',
      '增长',
      '提高到',
      '亿元',
      '65438+0',
      '20 13',
      '\n',
      '\n\n',
      ':',
      'five',
      '**',
      '<td>',
      '𠀀',
      '９',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string({ maxLength: 12 })), { maxLength: 120 }), (words) => {
        const text = words.join(' ');
        expect(findingsOn(text)).toEqual(findingsOn(text));
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ['a million commas', ','.repeat(1_000_000)],
    ['a long run of digits', '1'.repeat(1_000_000)],
    ['digits and spaces', '1 2'.repeat(200_000)],
    ['brackets in brackets', '('.repeat(500_000)],
    ['one endless sentence', 'from 1 to 2 by 3% including 4 and 5 '.repeat(20_000)],
    ['lists without end', `${'a, '.repeat(300_000)}and b`],
    ['tags without end', '<p '.repeat(300_000)],
  ])('ends in bounded time on %s', (_, text) => {
    const start = performance.now();
    findingsOn(text);
    expect(performance.now() - start).toBeLessThan(8000);
  });
});
