import type { Draft } from '../finding.ts';
import { placeIn } from '../text.ts';
import type { Aligned } from './align.ts';

/** Places of the world, and powers of vehicles and plants, that a translation must keep. */
const kept: readonly { readonly name: string; readonly en: RegExp; readonly zh: RegExp }[] = [
  { name: 'Japan / 日本', en: /\bJapan(?:ese)?\b|Sino-Japan/, zh: /日本|中日|日元|日(?=[、，])/ },
  { name: 'France / 法国', en: /\bFrance\b|\bFrench\b|Sino-France/, zh: /法国|中法|法(?=[、，等])/ },
  { name: 'Germany / 德国', en: /\bGerman(?:y)?\b/, zh: /德国|中德|德(?=[、，等])/ },
  { name: 'United States / 美国', en: /\bAmerica(?:n)?\b|\bUnited States\b/, zh: /美国|中美|美(?=[、，等])/ },
  { name: 'European Union / 欧盟', en: /\bEuropean Union\b/, zh: /欧盟|欧洲联盟/ },
  { name: 'United Kingdom / 英国', en: /\bUnited Kingdom\b|\bBritain\b|\bBritish\b/, zh: /英国|中英/ },
  { name: 'Russia / 俄罗斯', en: /\bRussian?\b/, zh: /俄罗斯|中俄/ },
  { name: 'Korea / 韩国', en: /\bKorean?\b/, zh: /韩国|朝鲜|中韩/ },
  { name: 'Singapore / 新加坡', en: /\bSingapore(?:an)?\b/, zh: /新加坡|中新/ },
  { name: 'Hong Kong / 香港', en: /\bHong Kong\b/, zh: /香港|港澳|沪港/ },
  { name: 'Taiwan / 台湾', en: /\bTaiwan\b/, zh: /台湾|台商/ },
  { name: 'electric / 电动', en: /\b(?:purely?|battery) electric(?:al)?\b/i, zh: /电/ },
  { name: 'hydrogen / 氢', en: /\bhydrogen\b/i, zh: /氢/ },
  { name: 'natural gas / 天然气', en: /\bnatural gas\b/i, zh: /天然气|燃气/ },
  { name: 'nuclear / 核', en: /\bnuclear\b/i, zh: /核/ },
];

/** Names of places and sources of power that stand in one of two aligned paragraphs only. */
export function placeDrafts(aligned: readonly Aligned[]): Draft[] {
  return aligned.flatMap(({ en, zh }): Draft[] => {
    const [a, b] = [en[0], zh[0]];
    if (a === undefined || b === undefined || a.text.length < 40) return [];
    return kept.flatMap(({ name, en: english, zh: chinese }): Draft[] => {
      const [x, y] = [english.exec(a.text), chinese.exec(b.text)];
      // Chinese shortens names to one character inside words: only what English has must be in the Chinese.
      if (x === null || y !== null) return [];
      return [
        {
          rule: 'pair.scope',
          places: [
            placeIn(a, x.index, Math.min(a.text.length, x.index + x[0].length + 30)),
            placeIn(b, 0, Math.min(40, b.text.length)),
          ],
          values: { name, one: '1', other: '0' },
        },
      ];
    });
  });
}
