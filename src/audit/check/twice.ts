import type { Reading, Sentence } from '../read/reading.ts';
import { numberWords } from '../read/units.ts';
import { placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';
import { stem } from './words.ts';

/** Lists that name one thing twice. */
export function checkTwice(reading: Reading): Report {
  const report = emptyReport();
  for (const sentence of reading.sentences) {
    if (sentence.block.kind === 'heading' || sentence.text.length < 12) continue;
    if (sentence.block.kind === 'row') {
      hanItems(sentence, report);
      phrases(sentence, report);
      continue;
    }
    names(sentence, report);
    properNames(sentence, report);
    counts(sentence, report);
    hanItems(sentence, report);
    apart(sentence, report);
    phrases(sentence, report);
    doubled(sentence, report);
  }
  return report;
}

/** `Bozhou City and Huangshan City in Anhui Province, Huangshan City`: only names and small words lie between. */
function names(sentence: Sentence, report: Report): void {
  const form =
    /(?<!\b(?:of|in|at|to|from|near) )(?<![A-Z][\p{L}-]{0,20} )\b[A-Z][a-z]{3,20} (?:City|District|County|Town|Province|Village|University|Park)\b/gu;
  const seen = new Map<string, number>();
  for (const match of sentence.text.matchAll(form)) {
    const before = seen.get(match[0]);
    seen.set(match[0], match.index);
    if (before === undefined) continue;
    const between = sentence.text.slice(before + match[0].length, match.index);
    if (between.length > 80 || !between.includes(',')) continue;
    if (!/^(?:[\s,]|and\b|in\b|of\b|the\b|as well as\b|[A-Z][\p{L}'’-]*)+$/u.test(between)) continue;
    if (/^\s*(?:to|from|and|or|in|of|'s|’s)\b/.test(sentence.text.slice(match.index + match[0].length)))
      continue;
    push(sentence, before, match.index + match[0].length, match[0], match[0], report);
  }
}

/** `Huzhou, Jiaxing, Hangzhou, Huzhou and Jinhua`: one name of a row of names again, with others between. */
function properNames(sentence: Sentence, report: Report): void {
  const row =
    /(?<![A-Z][\p{L}’'-]{0,20} )\b[A-Z][a-z]{2,20}(?:, (?:and )?[A-Z][a-z]{2,20}){2,20}(?:,? and [A-Z][a-z]{2,20})?(?![\p{L} ]*[A-Z(])/gu;
  for (const match of sentence.text.matchAll(row)) {
    const seen = new Map<string, number>();
    for (const name of match[0].matchAll(/[A-Z][a-z]+/g)) {
      const before = seen.get(name[0]);
      if (before !== undefined) {
        push(
          sentence,
          match.index + before,
          match.index + name.index + name[0].length,
          name[0],
          name[0],
          report,
        );
        return;
      }
      seen.set(name[0], name.index);
    }
  }
}

const number = `(?:${[...numberWords.keys()].slice(0, 12).join('|')}|\\d{1,3})`;
const counted = new RegExp(
  `\\b(${number}) ((?:(?!and\\b|or\\b)[a-z][a-z-]* ){1,5}[a-z]{3,20})(?=\\s*(?:[,.;]|\\(|and ${number}\\b|$))`,
  'gi',
);

/** `one theme forum, two international forums, two theme forums`: one kind counted twice in a list. */
function counts(sentence: Sentence, report: Report): void {
  const seen = new Map<string, { at: number; end: number; words: string; count: string }>();
  for (const match of sentence.text.matchAll(counted)) {
    const [words, count = '', noun = ''] = match;
    const key = noun.toLowerCase().split(' ').map(stem).join(' ');
    const end = match.index + words.length;
    const before = seen.get(key);
    seen.set(key, { at: match.index, end, words, count });
    if (before === undefined) continue;
    const between = sentence.text.slice(before.end, match.index);
    if (between.length > 160 || /[.;:]/.test(between)) continue;
    if (unitLast.test(noun) || /[.,]$/.test(sentence.text.slice(0, match.index))) continue;
    if (
      /\b(?:in|at|from|for|by|to|with|on|which|were|was|is|are|has|have|had|against|compared|respectively)\b/.test(
        between,
      )
    )
      continue;
    if (/^\s*(?:in|at|for|from|on|by|to|respectively)\b/.test(sentence.text.slice(end))) continue;
    push(sentence, before.at, end, before.words, words, report);
  }
}

const unitLast =
  /\b(?:million|billion|yuan|rmb|dollars|tons?|tonnes?|kilomet(?:er|re)s?|met(?:er|re)s?|hectares?|mu|years?|months?|days?|hours?|minutes?|ago|day|times|points?|percent|households?|people|persons?|visits?)$/i;

/** 空调、空调: two neighbours that are one word. */
const hanTwice =
  /(?<=[、，。；：“（]|^|[理制括含有为])(\p{Script=Han}{2,8})、\1(?=[、，。；等的和及与）]|$)/gu;

/** “节能”宣传、“节能”宣传活动: neighbours of a list of which one repeats the other. */
function hanItems(sentence: Sentence, report: Report): void {
  for (const match of sentence.text.matchAll(hanTwice)) {
    const word = match[1] ?? '';
    push(sentence, match.index, match.index + match[0].length, word, word, report);
  }
  let at = 0;
  const items = sentence.text.split('、');
  for (const [index, item] of items.entries()) {
    const next = items[index + 1];
    const head = item.slice(-40);
    if (next !== undefined && head.length >= 5 && /^\p{Script=Han}|^[“《]/u.test(next)) {
      const quoted = /[“《][^“”《》]{2,16}[”》]\p{Script=Han}{0,6}$/u.exec(head)?.[0];
      if (quoted !== undefined && next.startsWith(quoted))
        push(
          sentence,
          at + item.length - quoted.length,
          at + item.length + 1 + quoted.length,
          quoted,
          quoted,
          report,
        );
    }
    at += item.length + 1;
  }
}

/** `solar, wind, biomass and wind energy`; 太阳能、风能、生物质能、风能: one item of a list again, with others between. */
function apart(sentence: Sentence, report: Report): void {
  for (const match of sentence.text.matchAll(lists)) {
    const items = match[0]
      .split(/、|, (?:and )?| and |[和及与](?=\p{Script=Han}{2})/u)
      .map((item) => item.trim());
    const seen = new Map<string, number>();
    for (const [index, item] of items.entries()) {
      // The first item may have words of its sentence before it, the last one behind it.
      const word = index === 0 ? '' : item.toLowerCase();
      const before = seen.get(word);
      if (before !== undefined && index - before > 1 && word.length >= 2) {
        const [at, again] = [match[0].indexOf(item), match[0].lastIndexOf(item)];
        if (at < again)
          push(sentence, match.index + at, match.index + again + item.length, item, item, report);
        return;
      }
      if (word !== '') seen.set(word, index);
    }
    const [first = '', last = ''] = [items[0], items.at(-1)];
    const opening =
      /\b(?:are|is|include|includes|including|namely|as|for) ([a-z-]{3,20}(?: [a-z-]{3,20})?)$/.exec(
        first,
      )?.[1];
    const later =
      opening === undefined
        ? -1
        : items.findIndex((item, index) => index > 1 && item.toLowerCase() === opening);
    if (opening !== undefined && later > 1) {
      const again = match[0].lastIndexOf(opening);
      push(
        sentence,
        match.index + match[0].indexOf(opening),
        match.index + again + opening.length,
        opening,
        opening,
        report,
      );
      continue;
    }
    const middle = items.slice(1, -1).filter((item) => item.length >= 2);
    // `Promote solar energy, wind energy, biomass, wind energy and other renewables`: an end that a middle one repeats.
    const twice = middle.find(
      (item, index) =>
        (index > 0 && first.endsWith(item) && /\p{Script=Han}{2}/u.test(item)) ||
        (index < middle.length - 1 &&
          /^\p{Script=Han}{2,}$/u.test(item) &&
          new RegExp(`^${item}(?:等|$)`).test(last)),
    );
    if (twice === undefined) continue;
    const [at, again] = [match[0].indexOf(twice), match[0].lastIndexOf(twice)];
    push(sentence, match.index + at, match.index + again + twice.length, twice, twice, report);
  }
}

/** What a phrase of a list may not hold: a clause of its own, a number. */
const clause =
  /\d|\b(?:is|are|was|were|has|have|had|will|to|which|that|who|by|from|than|respectively|where|when|while|between|among)\b|ing (?:the|an?)\b/i;

/** `regional park (country park), urban park, regional park and community park`: a phrase of two words or more again. */
function phrases(sentence: Sentence, report: Report): void {
  if (!/,/.test(sentence.text) || !/\p{Script=Latin}{3}/u.test(sentence.text)) return;
  // What stands in brackets or tags explains an item and is none.
  const text = sentence.text.replace(/[(（][^()（）]{0,80}[)）]|<[^<>]{0,60}>/g, (part) =>
    ' '.repeat(part.length),
  );
  for (const segment of text.matchAll(/[^.;:|\t●▶►]{12,900}/g)) {
    const items = [...segment[0].matchAll(/(?:(?!,| and (?!\s)).)+/g)]
      .map((match) => {
        const words = match[0].replace(/^\s*and\s/, (lead) => ' '.repeat(lead.length));
        const at = segment.index + match.index + (words.length - words.trimStart().length);
        return {
          at,
          words: words.trim().replace(/\s+/g, ' '),
          end: segment.index + match.index + match[0].trimEnd().length,
        };
      })
      .filter(({ words }) => words !== '' && words !== 'and');
    for (const [index, item] of items.entries()) {
      const name = item.words.replace(/^(?:the|an?) /i, '');
      const size = name.split(' ').length;
      if (
        index === 0 ||
        size < 2 ||
        size > 5 ||
        clause.test(name) ||
        // Names of places and bodies stand in many lists of rights: see names().
        !/^\p{Ll}/u.test(name) ||
        !/^[\p{Script=Latin}’'\- ]+$/u.test(name)
      )
        continue;
      const near = items.slice(Math.max(0, index - 6), index);
      // The first item of a list has words of its sentence before it.
      const opens = new RegExp(`\\b(?:with|including|namely|as|of) (?:the |an? )?${name}$`, 'i');
      const ends = new RegExp(`(?:^| )${name}$`, 'i');
      const before = near.findLast(
        ({ words }, back) =>
          words.replace(/^(?:the|an?) /i, '').toLowerCase() === name.toLowerCase() ||
          opens.test(words) ||
          (back === 0 && index <= 6 && ends.test(words)),
      );
      const own = before ?? followed(items, index, name);
      if (own === undefined || items.length < 3) continue;
      const [from, to] = own === before ? [own, item] : [item, own];
      const between = items.slice(items.indexOf(from) + 1, items.indexOf(to));
      if (between.some(({ words }) => words.split(' ').length > 6 || clause.test(words))) continue;
      push(sentence, from.at, own === before ? to.end : to.at + name.length, name, name, report);
      return;
    }
  }
}

/** The last item of a list in a cell runs on into the next entry: `the central woodland Create an urban …`. */
function followed<Item extends { readonly words: string }>(
  items: readonly Item[],
  index: number,
  name: string,
): Item | undefined {
  const next = items[index + 1];
  return next !== undefined && new RegExp(`^(?:the |an? )?${name} [A-Z]`).test(next.words) ? next : undefined;
}

/** `the implementation and implementation of`: one noun joined with itself. */
function doubled(sentence: Sentence, report: Report): void {
  for (const match of sentence.text.matchAll(
    /(?<=\b(?:the|of|into) )([a-z]{6,20}(?:tion|ment)) and \1(?= of\b)/g,
  )) {
    const word = match[1] ?? '';
    push(sentence, match.index, match.index + match[0].length, word, word, report);
  }
}

const lists =
  /(?:\p{Script=Han}{2,12}、){2,12}\p{Script=Han}{2,14}|(?:[a-z-]{3,20}(?: [a-z-]{2,20}){0,2}, ){2,12}(?:and )?[a-z-]{3,20}(?: [a-z-]{2,20}){0,2}(?: and [a-z-]{3,20}(?: [a-z-]{2,20}){0,2})?/gu;

function push(
  sentence: Sentence,
  start: number,
  end: number,
  one: string,
  other: string,
  report: Report,
): void {
  report.findings.push({
    rule: 'list.twice',
    places: [placeIn(sentence.block, sentence.start + start, sentence.start + end)],
    values: { one, other },
  });
}
