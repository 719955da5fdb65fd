import type { Block } from '../text.ts';

type Way = 'up' | 'down';

const english =
  /\b(?:(increas(?:e|ed|es|ing)|r[oi]se[sn]?|grew|grow(?:th|n|ing)?|up|gain(?:ed)?)|(decreas(?:e|ed|es|ing)|declin(?:e|ed|es|ing)|f[ae]ll(?:en|s)?|fell|drop(?:ped|s)?|down|reduc(?:e|ed|es|ing|tion)|cut))\b[^.,;:()\d]{0,24}$/i;
const chinese =
  /(?:(增长|增加|提高|提升|上升|增幅|上涨|多(?=\s*$))|(下降|减少|少(?=\s*$)|降低|降幅|下滑|回落|削减|压减))[^，。；：、（）\d]{0,5}$/;

/** Whether the words right before a number say that something rose or fell by it. */
export function wayBefore({ text }: Pick<Block, 'text'>, at: number): Way | null {
  const before = text.slice(Math.max(0, at - 48), at).replace(/[*_]/g, '');
  // `rose from 46 to 31`: what is said of the first end is said of the last.
  const last = /\bfrom\s+[^.;]{1,60}?\bto\s+$/i.exec(text.slice(Math.max(0, at - 80), at));
  if (last !== null) return wayBefore({ text }, Math.max(0, at - 80) + last.index + 5);
  const found = /\p{Script=Han}/u.test(before) ? chinese.exec(before) : english.exec(before);
  if (found === null) return null;
  return found[1] === undefined ? 'down' : 'up';
}

/** `17 more than the year before`: what English says behind a number. */
export function wayBehind({ text }: Pick<Block, 'text'>, at: number): Way | null {
  const found =
    /^(?: [a-z]+){0,2} (?:(more|higher|longer|greater)|(fewer|less|lower|shorter|smaller)) than\b/i.exec(
      text.slice(at, at + 60),
    );
  if (found === null) return null;
  return found[1] === undefined ? 'down' : 'up';
}
