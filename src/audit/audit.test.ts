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

describe('one text', () => {
  test('is told one fault once, however many checks hear it', () => {
    const findings = findingsOn("Women make up 58% of the council's staff and men 45%.");
    expect(findings.map(({ rule }) => rule)).toEqual(['sum.parts']);
  });

  test('keeps tags of a chapter’s source out of its words, and its columns', () => {
    const chapter = [
      '{% case id="15" %}',
      'The park was opened to all.',
      '',
      '{% case id="16" %}',
      'The park {% figure id="a" /%} fell from 20 ha to 30 ha.',
    ].join('\n');
    const findings = findingsOn(chapter);
    expect(findings.map(({ rule }) => rule)).toEqual(['change.direction']);
    expect(findings[0]?.places[0]?.column).toBe((chapter.split('\n')[4]?.indexOf('20 ha') ?? -2) + 1);
  });
});

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

  test('codes with leading zeros are no parts', () => {
    expect(rulesOn('name: goals.3-c-1-title\nsort_order: 03-cc-01')).toEqual([]);
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

describe('one thing in several places', () => {
  const line = (...parts: readonly string[]) => parts.join('\n\n');

  test('told twice with a power of ten between', () => {
    const text = line(
      'From 2018 to 2020, the gas renovation project in old residential areas involved 520,000 residents, with a building area of about 4.48 million square meters and an investment of 750 million yuan.',
      'The district renovated gas supply in old residential areas for more than 52,000 residents, with a building area of about 4.48 million square meters and an investment of 750 million yuan.',
    );
    expect(findingsOn(text)).toMatchObject([
      { rule: 'series.value', severity: 'contradiction', values: { reason: '@reason.magnitude' } },
    ]);
  });

  test('one level, two changes', () => {
    const text = line(
      'In 2021, the rate of days with good air in the district was 92.2%, up by 21.5% compared with 2015.',
      'In 2021, the rate of days with good air was 92.2%, up by 16 percentage points compared with 2015.',
    );
    expect(rulesOn(text)).toContain('series.change');
  });

  test('coal saved by a kilowatt-hour', () => {
    const text = line(
      'The wind farm generated 100 million kWh and saved 30,000 tons of standard coal.',
      'The solar plant generated 100 million kWh and saved 36,000 tons of standard coal.',
    );
    expect(rulesOn(text)).toEqual(['series.factor']);
    expect(rulesOn(text.replace('36,000', '30,500'))).toEqual([]);
  });

  test('two years for one beginning', () => {
    const text = line(
      'In November 2013, the city launched a pilot emissions trading program.',
      'In 2011, it took the lead in launching a pilot trading system.',
    );
    expect(rulesOn(text)).toEqual(['event.date']);
  });

  test('a record that an earlier year beats', () => {
    const text =
      'In 2021, nearly 3,000 exhibitors came, a new record in the number of enterprises. In 2020, more than 3,600 companies had come.';
    expect(rulesOn(text)).toEqual(['record.beaten']);
    expect(rulesOn(text.replace('3,600', '2,600'))).toEqual([]);
  });

  test('cases whose numbers skip', () => {
    expect(rulesOn(line('Case 1 A Park', 'Case 2 A Lake', 'Case 4 A Dike'))).toEqual(['numbering.gap']);
  });
});

describe('headings of indicators', () => {
  const under = (title: string, text: string) => `Key Indicators\n\n${title}\n\n${text}`;

  test('that name one thing over another', () => {
    expect(
      rulesOn(
        under('Green space area per capita', 'By the end of 2017, a waterfront of 45 km had been opened.'),
      ),
    ).toEqual(['heading.value']);
    expect(
      rulesOn(under('Green space area per capita', 'In 2021, the green space area per capita was 8.7 m².')),
    ).toEqual([]);
  });

  test('whose text gives only the change', () => {
    expect(
      rulesOn(
        under('Minimum living standard', 'In 2015-2021, the minimum living standard increased by 68.4%.'),
      ),
    ).toEqual(['heading.level']);
  });
});

test('tables written a cell a line are held against the prose', () => {
  const text = (value: string) =>
    `From 2012 to 2014 the audits were done as required in all enterprises, and the completion ratio of audits is 100% in every year.\n\n2012-2014 summary of the completion ratio of audits\n\nyear\n\n%\n\n2012\n\n${value}\n\n2013\n\n100\n\n2014\n\n100`;
  expect(rulesOn(text('97.37'))).toEqual(['table.prose']);
  expect(rulesOn(text('100'))).toEqual([]);
});

describe('Chinese', () => {
  test.each([
    ['占比从14.6%提高到18.3%，提高3.7%。', ['change.points']],
    ['占比从14.6%提高到18.3%，提高3.7个百分点。', []],
    ['2015年至2021年，出口额由252亿元增长到629亿元，年均增长13.9%。', ['change.annual']],
    ['全区共有新能源公交车714辆，其中混合动力车173辆，纯电动车542辆。', ['sum.parts']],
    ['基地占地10000亩（666700平方米）。', ['unit.conversion']],
    ['包括五个方面：平台、业务、数据和系统。', ['count.list']],
    ['三年行动计划（2017—2020年）。', ['period.length']],
    ['优良水体比例达到80.6%，比2015年提高65.9%。', ['change.ambiguous']],
  ])('%s', (text, expected) => {
    expect(rulesOn(text)).toEqual(expected);
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

describe('documents of one review', () => {
  const city = plainText(
    'city.md',
    'By the end of 2021, the forest coverage of Songjiang District reached 18.84%.',
  );
  const district = (value: string) =>
    plainText(
      'songjiang.md',
      `By the end of 2021, the forest coverage of Songjiang District reached ${value}.`,
    );

  test('one area, one year, one series, two values', () => {
    const { findings } = auditTexts([city, district('19.90%')]);
    expect(findings.map(({ rule, places }) => [rule, ...places.map(({ file }) => file)])).toEqual([
      ['series.value', 'city.md', 'songjiang.md'],
    ]);
  });

  test('the same value, another district: silence', () => {
    expect(auditTexts([city, district('18.84%')]).findings).toEqual([]);
    const other = plainText(
      'f.md',
      'By the end of 2021, the forest coverage of Fengxian District reached 19.90%.',
    );
    expect(auditTexts([city, other]).findings).toEqual([]);
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

  test('keeps the ids of findings whatever unrelated paragraphs are put above', () => {
    const text = 'The lake covers 13 m².\n\nThe share increased by 3.7% from 14.6% to 18.3%.';
    const ids = findingsOn(text).map(({ id }) => id);
    fc.assert(
      fc.property(fc.array(fc.constantFrom('Of parks.', '', '河流很长。', '## Rivers', '- one')), (above) => {
        expect(findingsOn([...above, text].join('\n\n')).map(({ id }) => id)).toEqual(
          expect.arrayContaining(ids),
        );
      }),
      { numRuns: 40 },
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
    const start = process.cpuUsage();
    findingsOn(text);
    const { user, system } = process.cpuUsage(start);
    expect((user + system) / 1000).toBeLessThan(8000);
  });
});
