import type { Hedge } from './quantity.ts';
import type { Token } from './token.ts';
import { moneyBefore } from './units.ts';

/** The money named just before a number: `RMB`, `USD`, `$`. */
export function moneyOf(tokens: readonly Token[], from: number): string | null {
  const before = tokens[from - 1];
  if (before === undefined) return null;
  const code = moneyBefore.get(before.lower);
  if (code === undefined) return null;
  return code;
}

const hedges: readonly (readonly [string, Hedge])[] = [
  // What is denied stands before what it denies: `no more than 5` ends in `more than` and is its opposite.
  ['no more than', 'upto'],
  ['not more than', 'upto'],
  ['no higher than', 'upto'],
  ['not higher than', 'upto'],
  ['not exceed', 'upto'],
  ['not exceeding', 'upto'],
  ['at most', 'upto'],
  ['more than', 'over'],
  ['no less than', 'over'],
  ['not less than', 'over'],
  ['at least', 'over'],
  ['over', 'over'],
  ['above', 'over'],
  ['exceed', 'over'],
  ['exceeds', 'over'],
  ['exceeded', 'over'],
  ['exceeding', 'over'],
  ['as high as', 'upto'],
  ['up to', 'upto'],
  ['less than', 'upto'],
  ['below', 'upto'],
  ['under', 'upto'],
  ['nearly', 'nearly'],
  ['almost', 'nearly'],
  ['about', 'about'],
  ['around', 'about'],
  ['approximately', 'about'],
  ['roughly', 'about'],
  ['some', 'about'],
  ['≈', 'about'],
];

const hanHedges: readonly (readonly [string, Hedge])[] = [
  // As above: 不超过 ends in 超过 and 不低于 in 低于.
  ['不超过', 'upto'],
  ['不超', 'upto'],
  ['不高于', 'upto'],
  ['不多于', 'upto'],
  ['不大于', 'upto'],
  ['至多', 'upto'],
  ['最多', 'upto'],
  ['不足', 'upto'],
  ['不到', 'upto'],
  ['不少于', 'over'],
  ['不小于', 'over'],
  ['超过', 'over'],
  ['超', 'over'],
  ['逾', 'over'],
  ['不低于', 'over'],
  ['至少', 'over'],
  ['大于', 'over'],
  ['近', 'nearly'],
  ['将近', 'nearly'],
  ['约', 'about'],
  ['约为', 'about'],
  ['大约', 'about'],
  ['左右', 'about'],
  ['高达', 'upto'],
  ['低于', 'upto'],
];

/** 签约、节约、合约: words that end in 约 and do not mean *about*. */
const agreement = /(?:签|节|合|条|契|违|预|公|制|集|特|邀|履|解)约$/;

/** `run over 831 km`: a way covered, no bound. */
const across =
  /\b(?:run|runs|ran|running|stretch|stretches|stretching|spread|spreads|extend|extends|extending) over$/;

/** How the words around a number hedge it. */
export function hedgeOf(tokens: readonly Token[], from: number, to: number, end: number): Hedge {
  const money = moneyOf(tokens, from) === null ? 0 : 1;
  const near = tokens.slice(Math.max(0, from - 3 - money), from - money);
  const last = near.at(-1);
  if (last?.kind === 'han') {
    for (const [text, hedge] of hanHedges)
      if (last.text.endsWith(text) && !(text === '约' && agreement.test(last.text))) return hedge;
  }
  const phrase = near.map(({ lower }) => lower).join(' ');
  if (across.test(phrase)) return 'exact';
  for (const [words, hedge] of hedges) if (phrase === words || phrase.endsWith(` ${words}`)) return hedge;
  const tail = tokens[to - 1]?.kind === 'han' ? tokens[to - 1] : tokens[to];
  if (tail?.kind === 'han') {
    const rest = tail.text.slice(Math.max(0, end - tail.start));
    if (/^(?:左右|上下)/.test(rest)) return 'about';
    if (/^岁?(?:以上|多|余)/.test(rest)) return 'over';
    if (/^(?:以下|以内)/.test(rest)) return 'upto';
    // 30余家, 32万多户: between the digits and the unit.
    if (/^[十百千万亿]*[余多]/.test(tail.text) && end > tail.start) return 'over';
  }
  return 'exact';
}
