import type { TimeMark } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report } from './report.ts';
import { timeText } from './series.ts';

interface Beginning {
  readonly sentence: Sentence;
  readonly time: TimeMark;
  readonly names: ReadonlySet<string>;
}

/** How many paragraphs apart two accounts of one beginning may stand. */
const reach = 12;

/** `since June 1995` here, `the first batch in May 1995` there: one beginning in two months of one year. */
export function checkBeginnings(reading: Reading): Report {
  const report = emptyReport();
  const found = reading.sentences.flatMap((sentence) => beginningsIn(sentence));
  const told = new Set<string>();
  for (const [index, a] of found.entries())
    for (const b of found.slice(index + 1)) {
      if (b.sentence.block.index - a.sentence.block.index > reach) break;
      if (a.sentence.part !== b.sentence.part || a.sentence === b.sentence) continue;
      if (a.time.first !== b.time.first || a.time.month === b.time.month) continue;
      const common = [...a.names].filter((name) => b.names.has(name));
      if (common.length < 2) continue;
      const key = `${a.sentence.part} ${a.time.first} ${[a.time.month, b.time.month].sort().join(' ')}`;
      if (told.has(key)) continue;
      told.add(key);
      report.findings.push({
        rule: 'event.date',
        places: [placeOf(a.sentence, a.time), placeOf(b.sentence, b.time)],
        values: { name: common.slice(0, 4).join(', '), one: timeText(a.time), other: timeText(b.time) },
      });
    }
  return report;
}

function beginningsIn(sentence: Sentence): Beginning[] {
  const months = sentence.times.filter(({ month, first, last }) => month !== undefined && first === last);
  return months.flatMap((time) => {
    const before = wordsBetween(sentence, Math.max(0, time.start - 60), time.start);
    const starts =
      /\b(?:since|from)\s+$/.test(before) ||
      /\bfirst (?:batch|phase|group|time|session)\b[^,.;]{0,30}\bin\s+$/.test(before);
    if (!starts) return [];
    const names = new Set(
      [...sentence.text.matchAll(/(?<=[\p{L},] )\p{Lu}\p{Ll}{3,}/gu)]
        .map(([word]) => word)
        .filter(
          (word) =>
            !/^(?:District|County|City|Town|January|February|March|April|June|July|August|September|October|November|December|Shanghai|China)$/.test(
              word,
            ),
        ),
    );
    return [{ sentence, time, names }];
  });
}
