import type { Quantity, TimeMark } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { tellingWords } from './words.ts';

/** A quantity with the words that say what it measures, and when. */
export interface Measured {
  readonly sentence: Sentence;
  readonly quantity: Quantity;
  readonly at: number;
  /** Telling words before and after, without repeats. */
  readonly words: ReadonlySet<string>;
  readonly time: TimeMark | null;
  /** The words between the number before and this one. */
  readonly lead: string;
}

/** How far back of a number its words and its year are looked for: a line of thousands of numbers is read once, not for each. */
const farthest = 900;

/** Every quantity of a text with its context; table rows are left out. */
export function measuredOf(reading: Reading): Measured[] {
  return reading.sentences.flatMap((sentence) => {
    if (sentence.block.kind === 'row' || sentence.quantities.length === 0) return [];
    const bare = withoutMarks(sentence);
    const before = inherited(reading, sentence);
    return sentence.quantities.map((quantity, at) => measured(sentence, bare, quantity, at, before));
  });
}

/** The sentence with every quantity and time blanked, so that units and years are no words of the indicator. */
function withoutMarks(sentence: Sentence): string {
  const letters = sentence.text.split('');
  for (const { start, end } of sentence.marks) letters.fill(' ', start, end);
  return letters.join('').replace(/[*_]/g, ' ').toLowerCase();
}

/** The year of the sentence before, when it tells one only and this one tells none: `In 2013 … . Farmers had …`. */
function inherited(reading: Reading, sentence: Sentence): TimeMark | null {
  if (
    sentence.times.length > 0 ||
    /\b(?:now|currently|so far|to date|at present)\b|目前|现/i.test(sentence.text)
  )
    return null;
  const before = reading.sentences[sentence.index - 1];
  const [first] = before?.times ?? [];
  if (before === undefined || before.block !== sentence.block || first === undefined) return null;
  if (first.sense === 'since' || first.start > 24) return null;
  return before.times.every((time) => time.first === first.first && time.last === first.first) ? first : null;
}

function measured(
  sentence: Sentence,
  bare: string,
  quantity: Quantity,
  at: number,
  earlier: TimeMark | null,
): Measured {
  const before = sentence.quantities[at - 1];
  const lead = wordsBetween(sentence, before?.end ?? 0, quantity.start);
  const counted = quantity.dimension === 'count' || quantity.dimension === 'households';
  const after = tellingWords(counted ? afterOf(bare, quantity.end, 110) : afterOf(bare, quantity.end, 50));
  let words = tellingWords(
    clauseBefore(
      bare,
      before?.end ?? 0,
      quantity.start,
      counted && after.length > 1,
      counted ? after.length : 0,
    ),
  );
  if (words.length + (counted ? after.length : 0) < 2)
    words = tellingWords(
      clauseBefore(
        bare,
        Math.max(0, quantity.start - farthest),
        quantity.start,
        false,
        counted ? after.length : 0,
      ),
    );
  if (words.length + after.length < 2)
    words = tellingWords(bare.slice(Math.max(0, quantity.start - 260), quantity.start));
  const set = new Set([...words.slice(-12), ...(counted || words.length < 3 ? after.slice(0, 5) : [])]);
  return { sentence, quantity, at, words: set, time: timeOf(sentence, quantity) ?? earlier, lead };
}

const verb = /\b(?:had|has|have|was|were|is|are|reached|exceeded|hit|accounted|totall?ed|amounted|stood)\b/;

function clauseBefore(bare: string, from: number, to: number, item: boolean, counted: number): string {
  const text = bare.slice(from, to);
  const cut = Math.max(
    text.lastIndexOf(';'),
    text.lastIndexOf('；'),
    text.lastIndexOf(', and '),
    text.lastIndexOf('，'),
    text.lastIndexOf(': '),
    text.lastIndexOf('：'),
    item ? text.lastIndexOf(', ') : -1,
    text.lastIndexOf(', while '),
    text.lastIndexOf(', which '),
  );
  const clause = text.slice(Math.max(0, cut));
  const main = clause.slice(clause.lastIndexOf(', ') + 1);
  const enough = tellingWords(main).length > (counted > 0 ? 0 : 2);
  return main.length < clause.length && verb.test(main) && enough ? main : clause;
}

function afterOf(bare: string, from: number, most: number): string {
  const text = bare.slice(from, from + most).replace(/[(（][^)）]{0,80}[)）]/g, ' ');
  const cut = /[,;.:()，。；：（）]|\b(?:living|located|within|who|which|that|with|from|by|at|as)\b/.exec(
    text,
  );
  return cut === null ? text.replace(/\S*$/, '') : text.slice(0, cut.index);
}

/** The time that a number holds for: just after it, else the nearest before it in the sentence, else none. */
export function timeOf(sentence: Sentence, quantity: Quantity): TimeMark | null {
  const after = sentence.times.find(
    ({ start }) =>
      start >= quantity.end &&
      start - quantity.end < 60 &&
      /^[^,;，；]{0,30}(?:\bin|\bby|\b(?:by|at|until|since|before) (?:the )?(?:end|beginning|start|middle) of|\bat end of|\bas of|\bbetween|\bfrom|\bduring|\bover|\()\s*$/.test(
        wordsBetween(sentence, quantity.end, start),
      ),
  );
  if (after !== undefined) return after;
  const before = sentence.times.filter(
    ({ end, start }) => end <= quantity.start && quantity.start - start < farthest,
  );
  return before.at(-1) ?? null;
}
