import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, isNear, match } from './search-match.ts';

const score = (query: string, text: string) => match(fold(query), fold(text));

describe('a query meets a text', () => {
  it('with a letter wrong from five on, with two from eight on, and not with more', () => {
    expect(score('enrgy', 'Energy per GDP')).toBeGreaterThan(0);
    expect(score('enviromental protecton', 'Spending on environmental protection')).toBeGreaterThan(0);
    expect(score('consumtion', 'consumption')).toBeGreaterThan(0);
    expect(score('gop', 'gdp')).toBe(0);
    expect(score('eergx', 'energy')).toBe(0);
    expect(score('ernvironmetn', 'education')).toBe(0);
  });

  it('in Chinese with others between its characters, and from four on with one wrong', () => {
    expect(score('单位能耗', '单位地区生产总值能耗')).toBeGreaterThan(0);
    expect(score('空汽质量', '环境空气质量指数')).toBeGreaterThan(0);
    expect(score('绿帝', '绿地率')).toBe(0);
    expect(score('能耗单位', '单位能耗')).toBe(0);
    expect(score('ＧＤＰ', 'gdp')).toBe(10);
  });

  it('for every word that differs by one letter, in no order that matters', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z]{5,12}$/),
        fc.nat(),
        fc.constantFrom('', 'x', 'q'),
        (word, at, put) => {
          const index = at % word.length;
          const wrong = word.slice(0, index) + put + word.slice(index + 1);
          expect(isNear(word, wrong)).toBe(true);
          expect(isNear(wrong, word)).toBe(true);
          if (wrong.length >= 5) expect(score(wrong, `some ${word} here`)).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('best where it is the text, then where it begins it, then inside, then misspelt', () => {
    const scores = ['water', 'water use', 'use of water', 'use of watre'].map((text) => score('water', text));
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    expect(new Set(scores).size).toBe(4);
  });
});
