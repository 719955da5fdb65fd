import type { TimeMark } from '../read/quantity.ts';
import type { Reading, Sentence } from '../read/reading.ts';
import { emptyReport, placeOf, type Report } from './report.ts';
import { timeText } from './series.ts';
import { tellingWords } from './words.ts';

interface Start {
  readonly sentence: Sentence;
  readonly time: TimeMark;
  readonly words: readonly string[];
  readonly object: string;
}

/** Words that any undertaking may be called by. */
const anything = new Set([
  'program',
  'programme',
  'project',
  'system',
  'plan',
  'platform',
  'mechanism',
  'series',
  'batch',
  'center',
]);

/** How many paragraphs apart two accounts of one beginning may stand. */
const reach = 12;

/** One beginning with two years: `In 2011 … launching a pilot scheme`, `In November 2013 … launched a pilot scheme`. */
export function checkDates(reading: Reading): Report {
  const report = emptyReport();
  const starts = reading.sentences.flatMap((sentence) => startIn(sentence) ?? []);
  for (const [index, a] of starts.entries())
    for (const b of starts.slice(index + 1)) {
      if (b.sentence.block.index - a.sentence.block.index > reach) break;
      if (a.time.first === b.time.first || a.sentence.part !== b.sentence.part) continue;
      const common = a.words.filter((word) => b.words.includes(word));
      if (common.length < 2 || common.length < 0.65 * Math.min(a.words.length, b.words.length)) continue;
      if (a.words.includes('pilot') !== b.words.includes('pilot')) continue;
      report.findings.push({
        rule: 'event.date',
        places: [placeOf(a.sentence, a.time), placeOf(b.sentence, b.time)],
        values: { name: common.join(' '), one: timeText(a.time), other: timeText(b.time) },
      });
    }
  return report;
}

/** `In 2013, the city officially launched a …`: the year and what began. */
function startIn(sentence: Sentence): Start | null {
  const [time] = sentence.times;
  if (time === undefined || time.first !== time.last || time.start > 24) return null;
  const form =
    /\b(?:launch(?:ed|ing)|establish(?:ed|ing)|found(?:ed|ing)|inaugurated|introduc(?:ed|ing)) (?:an?|the|its) ([a-z][^,.;]{6,80})/;
  const match = form.exec(sentence.text.slice(time.end, time.end + 160));
  const object = match?.[1];
  if (object === undefined) return null;
  const cut = object.split(/\b(?:for|to|in|of|with|and|that|which)\b/)[0] ?? object;
  const words = [...new Set(tellingWords(cut))].filter((word) => !anything.has(word));
  return words.length < 2 ? null : { sentence, time, words, object: cut };
}
