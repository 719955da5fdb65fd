import type { Quantity } from '../read/quantity.ts';
import { type Reading, type Sentence, wordsBetween } from '../read/reading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';

interface Count {
  readonly sentence: Sentence;
  readonly quantity: Quantity;
  readonly name: string;
}

/** How often a named event was held: `has hosted three Expos` against `four consecutive sessions`. */
export function checkEvents(reading: Reading): Report {
  const report = emptyReport();
  const short = acronyms(reading);
  const counts = reading.sentences.flatMap((sentence) => heldIn(sentence, short));
  const byName = new Map<string, Count[]>();
  for (const count of counts) {
    const key = `${count.sentence.part} ${count.name}`;
    byName.set(key, [...(byName.get(key) ?? []), count]);
  }
  for (const group of byName.values()) {
    const most = commonest(group);
    if (most === null) continue;
    for (const count of group) {
      if (count.quantity.value.n === most.quantity.value.n) continue;
      report.findings.push({
        rule: 'count.events',
        places: [
          placeOf(count.sentence, count.quantity),
          ...group
            .filter(({ quantity }) => quantity.value.n === most.quantity.value.n)
            .map((same) => placeOf(same.sentence, same.quantity)),
        ],
        values: {
          name: count.name,
          one: said(count.sentence, count.quantity),
          other: said(most.sentence, most.quantity),
        },
      });
    }
  }
  return report;
}

function commonest(group: readonly Count[]): Count | null {
  const tally = new Map<bigint, number>();
  for (const { quantity } of group) tally.set(quantity.value.n, (tally.get(quantity.value.n) ?? 0) + 1);
  const best = [...tally].sort((a, b) => b[1] - a[1] || Number(b[0] - a[0]))[0];
  return tally.size < 2 || best === undefined
    ? null
    : (group.find(({ quantity }) => quantity.value.n === best[0]) ?? null);
}

/** `China International Import Expo (“CIIE”)` → the letters stand for the name. */
function acronyms(reading: Reading): Map<string, string> {
  const found = new Map<string, string>();
  const form = /((?:[A-Z][A-Za-z-]+ ){2,8})\([“"]?([A-Z]{2,8})s?[”"]?\)/g;
  for (const { text } of reading.blocks) {
    form.lastIndex = 0;
    for (let match = form.exec(text); match !== null; match = form.exec(text)) {
      const letters = match[2] ?? '';
      const words = (match[1] ?? '').trim().split(' ').slice(-letters.length);
      found.set(words.join(' ').replace(/s$/, '').toLowerCase(), letters);
    }
  }
  return found;
}

function heldIn(sentence: Sentence, short: ReadonlyMap<string, string>): Count[] {
  const counts: Count[] = [];
  if (!/\b(?:held|hosted|organi[sz]ed|sessions?|editions?)\b/i.test(sentence.text)) return counts;
  for (const quantity of sentence.quantities) {
    if (
      quantity.dimension !== 'count' ||
      quantity.value.d !== 1n ||
      quantity.value.n > 60n ||
      quantity.value.n < 2n
    )
      continue;
    const before = wordsBetween(sentence, Math.max(0, quantity.start - 40), quantity.start);
    const after = sentence.text.slice(quantity.end, quantity.end + 90).replace(/[*_]/g, '');
    const direct = /\b(?:held|hosted|organi[sz]ed) (?:a total of )?$/.test(before)
      ? /^ ((?:[A-Z][A-Za-z-]+ ?){1,7})/.exec(after)?.[1]?.trim()
      : undefined;
    const sessions =
      /^ (?:consecutive )?(?:sessions?|editions?)\b/.test(after) ||
      (/^ consecutive years\b/.test(after) && /\bheld\b/.test(sentence.text));
    const name =
      direct !== undefined ? named(direct, short) : sessions ? nearest(sentence, quantity, short) : null;
    if (name !== null) counts.push({ sentence, quantity, name });
  }
  return counts;
}

const named = (words: string, short: ReadonlyMap<string, string>): string =>
  short.get(words.replace(/s$/, '').toLowerCase()) ?? words.replace(/s$/, '');

/** The event whose name stands nearest to the count in its sentence. */
function nearest(sentence: Sentence, quantity: Quantity, short: ReadonlyMap<string, string>): string | null {
  const letters = new Set(short.values());
  let found: { name: string; far: number } | null = null;
  const consider = (name: string, at: number) => {
    const far = Math.abs(at - quantity.start);
    if (far < 160 && (found === null || far < found.far)) found = { name, far };
  };
  for (const { kind, text, start } of sentence.tokens)
    if (kind === 'word' && letters.has(text)) consider(text, start);
  const lower = sentence.text.toLowerCase();
  for (const [words, name] of short) {
    const at = lower.indexOf(words);
    if (at >= 0) consider(name, at);
  }
  return (found as { name: string; far: number } | null)?.name ?? null;
}
