import type { Draft } from '../finding.ts';
import { type Block, isChinese, placeIn } from '../text.ts';
import type { Aligned } from './align.ts';

/** Words that set the scope of a statement and must be in both versions. */
const scopes: readonly { readonly zh: RegExp; readonly en: RegExp; readonly name: string }[] = [
  {
    name: '规模以上 / above designated size',
    zh: /规模以上/g,
    en: /above[- ]scale|above[- ]designated[- ]sizes?|above the designated size/gi,
  },
  {
    name: '今年、年内 / this year',
    zh: /今年|(?<![一二三两几数全\d])年内(?![部资])|本年(?!度?主题)/g,
    en: /\byear(?:['’]s)?\b|\bannual|\bin 20\d\d\b/gi,
  },
  {
    name: '人均 / per capita',
    zh: /人均(?!预期|期望|寿命)/g,
    en: /per capita|per person|per head|per inhabitant|per resident|a head\b|\bper cap\b|a person\b|\/person/gi,
  },
  {
    name: '国家级 / national-level',
    zh: /国家级/g,
    en: /national[- ]level|state[- ]level|nationwide|national\b/gi,
  },
  { name: '市级 / municipal', zh: /市级/g, en: /municipal|\bcity(?:['’]s)?\b|\bcities\b/gi },
  { name: '农村 / rural', zh: /农村|乡村/g, en: /\brural\b|countryside|villages?\b/gi },
  {
    name: '人次 / person-times',
    zh: /人次/g,
    en: /person[- ]times|visits|visitors|attendances|passengers|trips/gi,
  },
];

/** Scope words that one version has and the other lacks, in paragraphs that are aligned one to one. */
export function scopeDrafts(aligned: readonly Aligned[]): Draft[] {
  return aligned.flatMap(({ en, zh }): Draft[] => {
    const [a, b] = [en[0], zh[0]];
    if (a === undefined || b === undefined) return [];
    return scopes.flatMap((scope): Draft[] => {
      const [inEn, inZh] = [hits(a, scope.en), hits(b, scope.zh)];
      const strict = scope.name.startsWith('规模') && !/\bsize\b/.test(a.text);
      // What is told a head in English is so in Chinese: no other word of either language stands for it.
      const perHead =
        scope.name.startsWith('人均') && inEn.length > 0 && !/人均|每人|户均|每[百千万]人|\/人/.test(b.text);
      const apart = perHead
        ? isChinese(b.text) && b.text.length > 10 && a.kind === b.kind
        : strict
          ? inEn.length !== inZh.length
          : inZh.length > 0 && inEn.length === 0;
      if (!apart || scope.name.startsWith('人次')) return [];
      const place = inZh[0] === undefined ? placeIn(b, 0, Math.min(40, b.text.length)) : around(b, inZh[0]);
      const other = inEn[0] === undefined ? placeIn(a, 0, Math.min(80, a.text.length)) : around(a, inEn[0]);
      return [
        {
          rule: 'pair.scope',
          places: [other, place],
          values: { name: scope.name, one: String(inEn.length), other: String(inZh.length) },
        },
      ];
    });
  });
}

const hits = ({ text }: Block, form: RegExp): RegExpMatchArray[] => [...text.matchAll(form)];

const around = (block: Block, match: RegExpMatchArray) =>
  placeIn(block, match.index ?? 0, Math.min(block.text.length, (match.index ?? 0) + match[0].length + 30));
