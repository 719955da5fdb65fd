/** Words that say which way a value went. */
const upWords =
  'increase increased increases increasing grew grow grown grows growing rise rose risen rising raised raise raises climbed leap leaped leapt surge surged soar soared rocketed rocket jumped jump expanded expand expanding improved growth up climb added gained'.split(
    ' ',
  );
const downWords =
  'decrease decreased decreases decreasing decline declined declining drop dropped dropping fall fell fallen falling reduce reduced reducing reduction lowered lower slump slumped cut narrowed shrank shrink plummeted plummet down dipped decreasing lost'.split(
    ' ',
  );
const hanUp = [
  '增长',
  '增加',
  '提高',
  '上升',
  '提升',
  '扩大',
  '增至',
  '升至',
  '增幅',
  '攀升',
  '上涨',
  '增速',
];
const hanDown = [
  '下降',
  '减少',
  '降低',
  '降至',
  '缩短',
  '缩小',
  '减至',
  '回落',
  '降幅',
  '压减',
  '下滑',
  '减排',
];

const up = new Set(upWords);
const down = new Set(downWords);

export type Direction = 'up' | 'down' | null;

/** The last word of direction in a lower-case text. */
export function directionOf(text: string): { direction: Direction; at: number; word: string } {
  let found: { direction: Direction; at: number; word: string } = { direction: null, at: -1, word: '' };
  for (const match of text.matchAll(/[a-z]{2,14}/g)) {
    const word = match[0];
    if (up.has(word)) found = { direction: 'up', at: match.index, word };
    else if (down.has(word)) found = { direction: 'down', at: match.index, word };
  }
  for (const [words, direction] of [
    [hanUp, 'up'],
    [hanDown, 'down'],
  ] as const)
    for (const word of words) {
      const at = text.lastIndexOf(word);
      if (at > found.at) found = { direction, at, word };
    }
  return found;
}
