import { describe, expect, it } from 'vitest';
import { auditTexts } from '../audit.ts';
import { told as say } from '../finding.ts';
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
      rulesOf(
        'Agreements were signed in 2015 with A, in 2016 with B, in 2013 with C, in 2018 with D, and in 2019 with E.',
      ),
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

describe('what a reader of the whole text notices', () => {
  it('takes a regulation that is in force and being drafted as two statuses', () => {
    const text = (status: string) =>
      `The city has promulgated the Drinking Water Source Protection Regulations in 2012.\n\nThe Regulations on the Protection of Drinking Water Sources ${status}.`;
    expect(rulesOf(text('are under legislative review'))).toEqual(['series.status']);
    expect(rulesOf(text('were issued'))).toEqual([]);
  });

  it('holds a share of places against the list of their names', () => {
    const text = (share: number) =>
      `${share}% of counties in the city have been named.\n\nAccording to the plan, 6 suburban counties will be built. Anping County, Boxian County, Chengan County and Daming County have passed the acceptance.`;
    expect(rulesOf(text(80))).toEqual(['share.parts']);
    expect(rulesOf(text(66))).toEqual([]);
  });

  it('wants as many values as years', () => {
    expect(rulesOf('From 2012 to 2014, the index was 61.7 and 62.9 respectively.')).toEqual([
      'period.values',
    ]);
    expect(rulesOf('From 2012 to 2014, the index was 61.7, 62.1 and 62.9 respectively.')).toEqual([]);
    expect(rulesOf('From 2012 to 2021, output and income grew by 6.7% and 2.9% respectively.')).toEqual([]);
  });

  it('tells a count of one named whole that differs from all others', () => {
    const others = 'The nine cities in G60 Valley work together. '.repeat(3);
    expect(rulesOf(`${others}\n\nIt links the ten cities in G60 Valley.`)).toEqual(['name.number']);
    expect(rulesOf(`${others}\n\nIt links the nine cities in G60 Valley.`)).toEqual([]);
  });

  it('hears two months of one beginning, and two names of a chapter', () => {
    expect(
      rulesOf(
        'The district has sent cadres to Dingri in Tibet since June 1995.\n\nThe first batch of aid to Dingri in Tibet in May 1995 came from two counties.',
      ),
    ).toEqual(['event.date']);
    const list = (last: string) =>
      `- Green City\n- Clean Water City\n- Quiet Night City\n\n# Green City\n\n${'Text. '.repeat(3)}\n\n# Clean Water City\n\n${'Text. '.repeat(3)}\n\n# ${last}\n`;
    expect(rulesOf(list('Quiet Night City'))).toEqual([]);
  });
});

describe('what a finding says', () => {
  const messages = (text: string, language: 'en' | 'zh') =>
    auditTexts([plainText('t', text)]).findings.map((finding) => say(finding, language));

  it('groups what it computed, counts in digits and names months in both languages', () => {
    const [conversion] = messages('The base covers 10,000 mu (666,700 m²).', 'en');
    expect(conversion?.message).toContain('6,666,666.7 m²');
    expect(conversion?.values.computed).toBe('6666666.7 m²');
    const dates =
      'The district has sent cadres to Dingri in Tibet since June 1995.\n\nThe first batch of aid to Dingri in Tibet in May 1995 came from two counties.';
    expect(messages(dates, 'en')[0]?.message).toContain('June 1995');
    expect(messages(dates, 'zh')[0]?.message).toContain('1995 年 6 月');
  });

  it('writes Chinese with Chinese marks', () => {
    const [broken] = messages('The plan of 20 13 and of 20 14 was kept.', 'zh');
    expect(broken?.message).toContain('“20 13”“20 14”');
    expect(broken?.message).toContain('：2013、2014');
    const [share] = messages('In 2021, the air quality index was 92.2%.', 'zh');
    expect(share?.mend).not.toMatch(/of days/);
  });
});

describe('the same in Chinese', () => {
  it('counts what stands before its number, and what is told by 一是、二是', () => {
    expect(rulesOf('重点在装备制造、汽车产业、医药化工、农产品深加工等5个重点行业建设示范企业。')).toEqual([
      'count.list',
    ]);
    expect(rulesOf('重点在装备制造、汽车产业、医药化工、农产品深加工等4个重点行业建设示范企业。')).toEqual(
      [],
    );
    expect(rulesOf('从政府执政理念、执政行为和内部运行管理四个层面开展建设。')).toEqual(['count.list']);
    expect(rulesOf('从政府执政理念、执政行为和内部运行管理三个层面开展建设。')).toEqual([]);
    expect(rulesOf('建立五项制度：一是公开制度；二是评估制度；三是考核制度。')).toEqual(['count.list']);
  });

  it('knows a part that is larger than its whole, and a verb against its numbers', () => {
    expect(rulesOf('全年累计接待游客123人次，其中境外游客456人次。')).toEqual(['sum.subset']);
    expect(rulesOf('工业用水重复利用率由95%下降到90%，提高了5个百分点。')).toEqual(['change.direction']);
    expect(rulesOf('工业用水重复利用率由90%提高到95%，提高了5个百分点。')).toEqual([]);
  });

  it('takes the year before a value as its year', () => {
    const text = (rate: string) =>
      `全市居民可支配收入由2015年的4.9万元增加到2021年的7.8万元，年均增长${rate}%。`;
    expect(rulesOf(text('18.0'))).toEqual(['change.annual']);
    expect(rulesOf(text('8.1'))).toEqual([]);
  });
});
