import type { Reading, Sentence } from '../read/reading.ts';
import { placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';
import { tellingWords } from './words.ts';

interface Named {
  readonly sentence: Sentence;
  readonly title: string;
  readonly at: number;
  readonly words: ReadonlySet<string>;
  readonly verb: string;
}

const title =
  /(?:Regulations?|Rules|Measures) (?:on|for) (?:the )?[A-Z][\w-]*(?:(?: of| in| the| and| for)* [A-Z][\w-]*){1,9}|(?:[A-Z][\w-]* ){2,8}(?:Regulations?|Rules|Measures)\b|《[^》]{4,40}(?:条例|办法|规定)》/gu;
const inForce =
  /\b(?:promulgated|issued|enacted|put into (?:force|effect)|came into (?:force|effect)|adopted)\b|颁布|出台|施行|实施/;
const coming =
  /\b(?:(?:is|are) (?:starting|under|being|in)[^.;]{0,40}(?:legislati\w+|draft\w*|prepar\w+|investigation|review|consultation)|has been reviewed[^.;]{0,80}will be implemented|will be (?:promulgated|issued|implemented|enacted))\b|正在(?:起草|制定|立法|调研)|拟(?:出台|制定)|将于/;

/** A text that names more regulations than this is no review. */
const mostNames = 1000;

/** `has promulgated the Drinking Water Regulations`, and elsewhere `the Regulations on Drinking Water … will be implemented`. */
export function checkEnacted(reading: Reading): Report {
  const report = emptyReport();
  const done: Named[] = [];
  const due: Named[] = [];
  for (const sentence of reading.sentences) {
    const text = sentence.text.replace(/[“”"*]/g, ' ');
    for (const match of text.matchAll(title)) {
      const from = Math.max(text.lastIndexOf(';', match.index), text.lastIndexOf('；', match.index)) + 1;
      const semicolon = /[;；]/.exec(text.slice(match.index));
      const clause = text.slice(from, semicolon === null ? undefined : match.index + semicolon.index);
      const later = coming.exec(clause);
      const now = inForce.exec(text.slice(from, match.index));
      const verb = later?.[0] ?? now?.[0];
      if (verb === undefined) continue;
      const named = { sentence, title: match[0], at: match.index, words: plain(match[0]), verb };
      (later === null ? done : due).push(named);
    }
  }
  const told = new Set<string>();
  for (const a of done.slice(0, mostNames))
    for (const b of due.slice(0, mostNames)) {
      if (a.sentence.part !== b.sentence.part || a.sentence.block === b.sentence.block || told.has(b.title))
        continue;
      const common = [...a.words].filter((word) => b.words.has(word)).length;
      if (common < 2 || common < Math.max(a.words.size, b.words.size)) continue;
      told.add(b.title);
      report.findings.push({
        rule: 'series.status',
        places: [a, b].map(({ sentence, at, title: words }) =>
          placeIn(sentence.block, sentence.start + at, sentence.start + at + words.length),
        ),
        values: { name: a.title, one: a.verb, other: b.verb },
      });
    }
  return report;
}

/** A title by what it is about: `Regulations on the Protection of Drinking Water Sources` names the protection of water sources. */
const plain = (words: string): ReadonlySet<string> =>
  new Set(
    tellingWords(words.replace(/\b[Ee]co(?:logy|-[a-z]+)?\b/g, 'Ecological')).filter(
      (word) => !/^(?:regulation|rule|measure|management|environmental)$/.test(word),
    ),
  );
