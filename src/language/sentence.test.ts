import { describe, expect, it } from 'vitest';
import type { Figure, Indicator } from '../model/index.ts';
import { betweenSentences, inBrackets, labelled } from './punctuation.ts';
import { figureSentence } from './sentence.ts';

const indicator: Indicator = {
  id: 'mortality',
  version: 1,
  name: { en: 'Mortality', zh: '死亡率' },
  unit: '{per 100,000 population}',
  rollup: 'none',
  direction: 'down',
  nature: 'level',
  goals: [],
  targets: [],
  key: false,
};
const change: Figure = {
  code: 'VMFXD9XG0PV6',
  key: {
    city: 'bristol',
    indicator: 'mortality',
    area: 'b',
    breakdown: { sex: 'f' },
    measure: { kind: 'relative', from: '2002', to: '2018' },
  },
  value: '-14.76',
  unit: '%',
  decimals: 2,
  qualifier: null,
  status: 'A',
  fraction: null,
  missing: null,
  formula: { text: '', expression: '(b - a) / a', version: 1, sha256: '' },
  contributions: [],
  completeness: null,
  asOf: 1,
  root: '',
};

describe('figureSentence', () => {
  const area = { en: 'Bristol', zh: '布里斯托尔' };
  it('never tells what holds for a group as if it held for all', () => {
    expect(figureSentence(change, indicator, area, 'women', 'en')).toBe(
      'Mortality, Bristol, women, fell by 14.76\u00a0% from 2002 to 2018.',
    );
    expect(figureSentence(change, indicator, area, '女', 'zh')).toBe(
      '2002年至2018年，死亡率（布里斯托尔，女）下降14.76%。',
    );
    expect(figureSentence(change, indicator, area, '', 'zh')).toBe(
      '2002年至2018年，死亡率（布里斯托尔）下降14.76%。',
    );
  });
});

describe('punctuation', () => {
  it('is full-width in Chinese and brings its own space', () => {
    expect(`${labelled('来源', 'zh')}年鉴${inBrackets('初步数', 'zh')}`).toBe('来源：年鉴（初步数）');
    expect(`${labelled('Source', 'en')}yearbook${inBrackets('provisional', 'en')}`).toBe(
      'Source: yearbook (provisional)',
    );
    expect([betweenSentences('zh'), betweenSentences('en')]).toEqual(['', ' ']);
  });
});
