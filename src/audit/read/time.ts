import type { TimeMark } from './quantity.ts';
import { type Token, touches } from './token.ts';
import { unitAt } from './unit.ts';
import { magnitudes, moneyBefore } from './units.ts';

/** Names of months, long and short. */
export const months = new Map(
  'january february march april may june july august september october november december'
    .split(' ')
    .flatMap((name, index): [string, number][] => [
      [name, index + 1],
      [name.slice(0, 3), index + 1],
    ]),
);

function yearValue(token: Token | undefined): number | null {
  if (token?.kind !== 'number' || !/^(?:1[6-9]|20|21)\d\d$/.test(token.text)) return null;
  return Number(token.text);
}

const timeWords = new Set(
  'in by since from of until till to year during between before after and early mid late end fiscal'.split(
    ' ',
  ),
);

/** The year, span of years or date that begins at a token. */
export function timeAt(tokens: readonly Token[], at: number): TimeMark | null {
  const token = tokens[at];
  if (token === undefined) return null;
  const month = token.kind === 'word' ? months.get(token.lower) : undefined;
  if (month !== undefined && /^[A-Z]/.test(token.text)) return monthAt(tokens, at, month);
  if (token.kind !== 'number') return null;
  const year = yearValue(token);
  if (year === null) return null;
  const after = tokens[at + 1];
  const before = tokens[at - 1];
  if (before?.kind === 'word' && touches(before, token)) return null;
  if (after?.kind === 'han') {
    if (!after.text.startsWith('年')) return null;
    return hanTime(tokens, at, year, after);
  }
  const dash = tokens[at + 1];
  const second = yearValue(tokens[at + 2]);
  if (
    dash !== undefined &&
    second !== null &&
    second > year &&
    ['-', '–', '—', '~', '～', '至', '/'].includes(dash.text)
  )
    return time(tokens, at, at + 3, year, second);
  const earlier = tokens.slice(Math.max(0, at - 8), at - 1).some(({ lower }) => lower === 'from');
  const spans =
    (dash?.lower === 'to' && (before?.lower === 'from' || (!earlier && before?.lower !== 'in'))) ||
    (before?.lower === 'between' && dash?.lower === 'and');
  if (spans && second !== null && second > year) return time(tokens, at, at + 3, year, second);
  if (before !== undefined && moneyBefore.has(before.lower)) return null;
  const unit = unitAt(tokens, at + 1);
  if (unit !== null && tokens[at + 1]?.text !== '-' && unit.dimension !== 'years') return null;
  if (after?.kind === 'word' && magnitudes.has(after.lower)) return null;
  const listed = before?.lower === 'and' || before?.lower === 'of';
  if (
    listed &&
    year > 2050 &&
    after?.kind === 'word' &&
    /^[a-z]/.test(after.text) &&
    !verbish.test(after.lower)
  )
    return null;
  const timely = before === undefined || timeWords.has(before.lower) || /^[A-Z]/.test(before.text);
  if (!timely && after?.kind === 'word' && !/^[A-Z]/.test(after.text) && !verbish.test(after.lower))
    return null;
  return time(tokens, at, at + 1, year, year);
}

const verbish = /^(?:is|was|were|are|has|had|will|to|and|or|at|in|by|with|as|on|for|than|of)$/;

/** `2015年`, `2015—2020年`, `2013年11月`. */
function hanTime(tokens: readonly Token[], at: number, year: number, after: Token): TimeMark {
  const later = yearValue(tokens[at + 2]);
  if (
    /^年[到至]$/.test(after.text) &&
    later !== null &&
    later > year &&
    tokens[at + 3]?.text.startsWith('年') === true
  )
    return { ...time(tokens, at, at + 4, year, later), end: (tokens[at + 3]?.start ?? 0) + 1 };
  const monthToken = after.text === '年' ? tokens[at + 2] : undefined;
  const monthWord = tokens[at + 3];
  if (monthToken?.kind === 'number' && monthWord?.kind === 'han' && monthWord.text.startsWith('月')) {
    const dayToken = monthWord.text === '月' ? tokens[at + 4] : undefined;
    const dayWord = tokens[at + 5];
    const month = Number(monthToken.text);
    if (dayToken?.kind === 'number' && dayWord?.kind === 'han' && dayWord.text.startsWith('日'))
      return {
        ...time(tokens, at, at + 6, year, year),
        month,
        day: Number(dayToken.text),
        end: dayWord.start + 1,
      };
    return { ...time(tokens, at, at + 4, year, year), month, end: monthWord.start + 1 };
  }
  const sense = after.text.startsWith('年底') || after.text.startsWith('年末') ? ('end' as const) : null;
  const mark = { ...time(tokens, at, at + 2, year, year), end: after.start + 1 };
  return sense === null ? mark : { ...mark, sense };
}

function monthAt(tokens: readonly Token[], at: number, month: number): TimeMark | null {
  let i = at + 1;
  const dayToken = tokens[i];
  let day: number | undefined;
  if (dayToken?.kind === 'number' && /^\d{1,2}$/.test(dayToken.text)) {
    day = Number(dayToken.text);
    i += 1;
    if (/^(?:st|nd|rd|th)$/.test(tokens[i]?.lower ?? '')) i += 1;
  }
  if (tokens[i]?.text === ',') i += 1;
  const year = yearValue(tokens[i]);
  if (year === null) return null;
  const early = tokens[at - 1];
  const from = day === undefined && early?.kind === 'number' && /^\d{1,2}$/.test(early.text) ? at - 1 : at;
  const read = { ...time(tokens, from, i + 1, year, year), month };
  const dayOf = day ?? (from < at ? Number(early?.text) : undefined);
  return dayOf === undefined ? read : { ...read, day: dayOf };
}

function time(tokens: readonly Token[], from: number, to: number, first: number, last: number): TimeMark {
  const near = tokens
    .slice(Math.max(0, from - 4), from)
    .map(({ lower }) => lower)
    .join(' ');
  const sense = /(?:end of|末)(?: the)?$/.test(near)
    ? 'end'
    : /\bsince(?: the)?$|自$/.test(near)
      ? 'since'
      : /\bby$/.test(near)
        ? 'by'
        : 'in';
  return {
    kind: 'time',
    first,
    last,
    sense,
    from,
    to,
    start: tokens[from]?.start ?? 0,
    end: tokens[to - 1]?.end ?? 0,
  };
}
