// Errors planted at random: one number, unit, verb, count word, year or qualifier of a text is changed, and the audit
// is asked whether it now says something on that line that it did not say before.
// Run: node bench/audit/planted.js [--seed N] [--each N] [--missed] [FILE…]
//
// No reader catches every planted error: a number that stands once, beside nothing, can only be wrong against a source.
// A silence is called *justified* where nothing in the text ties the number down: it is in no recomputed claim, no
// other line gives the same number with two words in common, and no relation stands in its own sentence.
import { existsSync, readFileSync } from 'node:fs';
import { build, isFresh } from '../../scripts/build.js';
import { option, pick, random } from './planting.js';

if (!isFresh()) await build();
const { auditTexts, auditPair, plainText } = await import('../../dist/audit/index.js');

const each = option('each', 25);
const showMissed = process.argv.includes('--missed');

const seeds = new URL('../../../shared/seeds/', import.meta.url);
const near = existsSync(seeds) ? seeds : new URL('../../../../shared/seeds/', import.meta.url);
const review = '004_199354c57843a940.txt';
const texts = [
  ['chengdu', '002_fb345abc4ce05cab.txt', 1, 263],
  ['shenyang-en', '000_759207943a9bacf4.txt', 1, 400],
  ['shenyang-zh', '001_0faa23bb0fa3dd3e.txt', 1, 400],
  ['shanghai', review, 1, 1346],
  ['songjiang', review, 1347, 2687],
  ['fengxian', review, 2688, 4100],
];
const only = process.argv.slice(2).filter((word) => texts.some(([name]) => name === word) || word === 'pair');

const words = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const swaps = [
  ['increased', 'decreased'],
  ['rose', 'fell'],
  ['dropped', 'rose'],
  ['decreased', 'increased'],
  ['up by', 'down by'],
  ['增长', '下降'],
  ['提高', '下降'],
];
const units = [
  ['km²', 'm²'],
  ['square kilometers', 'square meters'],
  ['billion', 'million'],
  ['million', 'billion'],
  ['hectares', 'km²'],
  ['kW', 'MW'],
  ['MW', 'kW'],
  ['%(?![^.]*[\u4e00-\u9fff])', ' percentage points'],
  ['%(?=[^.]*[\u4e00-\u9fff])', '个百分点'],
  ['percentage points', '%'],
  ['tons', 'kilograms'],
  ['mu', 'hectares'],
  ['亿元', '万元'],
  ['万元', '亿元'],
  ['平方公里', '平方米'],
  ['亿', '万'],
];

/** Every change that can be made in a line, by kind. */
const kinds = {
  number: (line) =>
    [...line.matchAll(/(?<![\d.,\w-])\d+(?:,\d{3})*(?:\.\d+)?(?![\d\w-]|\.\d|[.)]\s)/g)]
      .filter(([text]) => !/^(?:19|20)\d\d,?$/.test(text) && text.length < 14)
      .map(({ 0: text, index }) => ({ index, text, to: otherDigits(text) })),
  year: (line) =>
    [...line.matchAll(/(?<![\d.,-])20[012]\d(?![\d,]|\.\d)/g)].map(({ 0: text, index }) => ({
      index,
      text,
      to: String(Number(text) + pick([-4, -3, -2, 2, 3])),
    })),
  word: (line) =>
    [...line.matchAll(/\b(?:two|three|four|five|six|seven|eight|nine|ten)\b/g)].map(({ 0: text, index }) => ({
      index,
      text,
      to: words[(words.indexOf(text) + pick([1, 2, words.length - 1])) % words.length],
    })),
  unit: (line) =>
    units.flatMap(([from, to]) =>
      [...line.matchAll(new RegExp(`(?<=\\d\\s?)${from}(?![a-z²])`, 'g'))].map(({ 0: text, index }) => ({
        index,
        text,
        to,
      })),
    ),
  verb: (line) =>
    swaps.flatMap(([from, to]) =>
      [...line.matchAll(new RegExp(`${from}(?=[^.;。]{0,60}\\d)`, 'g'))].map(({ 0: text, index }) => ({
        index,
        text,
        to,
      })),
    ),
};

/** A digit changed, the first or any: what a typist does. */
function otherDigits(text) {
  const at = [...text].flatMap((letter, index) => (/\d/.test(letter) ? [index] : []));
  const where = random() < 0.5 ? at[0] : pick(at);
  const was = Number(text[where]);
  const now = (was + 1 + Math.floor(random() * 8)) % 10 || (was + 1) % 10 || 2;
  return text.slice(0, where) + now + text.slice(where + 1);
}

const key = ({ rule, places, values }) =>
  `${rule}|${places.map(({ line, text }) => `${line}:${text}`).join('|')}|${JSON.stringify(values)}`;

function tell(lines, other) {
  const text = plainText('text', lines.join('\n'));
  return other === undefined ? auditTexts([text]) : auditPair(text, other);
}

const stop = new Set(
  'the and for with has have was were from that this are its district shanghai songjiang fengxian area total more than over about which'.split(
    ' ',
  ),
);
const telling = (line) =>
  new Set(
    (line.toLowerCase().match(/[a-z]{4,}|[\u4e00-\u9fff]{2}/g) ?? []).filter((word) => !stop.has(word)),
  );

/** Whether something in the text ties the changed words down. */
function tied(lines, line, change, kind, checked) {
  const text = lines[line - 1];
  if (
    checked.some(({ places }) =>
      places.some((place) => place.line === line && place.text.includes(change.text)),
    )
  )
    return 'recomputed';
  const from = Math.max(text.lastIndexOf('. ', change.index), text.lastIndexOf('。', change.index), 0);
  const end = [text.indexOf('. ', change.index), text.indexOf('。', change.index)].filter((at) => at > 0);
  const sentence = text.slice(from, end.length === 0 ? text.length : Math.min(...end));
  if (kind === 'word' && /:|namely|including|\(/.test(sentence)) return 'list';
  if (kind === 'verb' && /from .* to /.test(sentence)) return 'ends';
  if (kind === 'number' || kind === 'unit') {
    const number =
      kind === 'number' ? change.text : (/[\d.,]+(?=\s?$)/.exec(text.slice(0, change.index)) ?? [''])[0];
    const near = telling(text.slice(Math.max(0, change.index - 90), change.index + 60));
    const form = new RegExp(`(?<![\\d.,])${number.replace(/[.]/g, '\\.')}(?![\\d]|\\.\\d|,\\d)`);
    if (number.replace(/\D/g, '').length > 1)
      for (const [index, other] of lines.entries()) {
        if (index === line - 1) continue;
        const at = form.exec(other)?.index;
        if (at === undefined) continue;
        const shared = [...telling(other.slice(Math.max(0, at - 90), at + 60))].filter((word) =>
          near.has(word),
        );
        if (shared.length >= 2) return `twin ${index + 1}`;
      }
  }
  if (
    /\bup by\b|\bincrease of\b|of which|including \d|accounting for|同比|其中/.test(sentence) &&
    (sentence.match(/\d[\d.,]*/g) ?? []).length > 2
  )
    return 'relation';
  return null;
}

const totals = {};
for (const [name, file, from, to] of texts) {
  if (only.length > 0 && !only.includes(name)) continue;
  const path = new URL(file, near);
  if (!existsSync(path)) {
    console.log(`${name}: left out, its document is not here`);
    continue;
  }
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .slice(from - 1, to);
  plant(name, lines);
}
if (only.length === 0 || only.includes('pair')) {
  const [english, chinese] = ['000_759207943a9bacf4.txt', '001_0faa23bb0fa3dd3e.txt'].map(
    (file) => new URL(file, near),
  );
  if (existsSync(english))
    plant(
      'pair',
      readFileSync(english, 'utf8').split('\n'),
      plainText('pair', readFileSync(chinese, 'utf8')),
    );
}
for (const [kind, { planted, caught, must, silent }] of Object.entries(totals))
  console.log(`all ${kind}: caught ${caught} of ${planted}; of those tied down ${must - silent} of ${must}`);

function plant(name, lines, other) {
  const before = tell(lines, other);
  const known = new Set(before.findings.map(key));
  const checked = before.checked ?? [];
  for (const kind of Object.keys(kinds)) {
    const all = lines.flatMap((line, index) =>
      kinds[kind](line).map((change) => ({ ...change, line: index + 1 })),
    );
    const chosen = [];
    while (chosen.length < each && all.length > 0) {
      const [one] = all.splice(Math.floor(random() * all.length), 1);
      if (one.to !== one.text) chosen.push(one);
    }
    // Ten at a time in one copy, on lines apart: the whole text need not be read for each.
    const copies = [];
    for (const change of chosen) {
      const free = copies.find(
        (copy) => copy.length < 12 && copy.every(({ line }) => Math.abs(line - change.line) > 6),
      );
      if (free === undefined) copies.push([change]);
      else free.push(change);
    }
    const tally = { planted: 0, caught: 0, must: 0, silent: 0 };
    for (const copy of copies) {
      const changed = [...lines];
      for (const { line, index, text, to } of copy) {
        const was = lines[line - 1];
        changed[line - 1] = was.slice(0, index) + to + was.slice(index + text.length);
      }
      const fresh = tell(changed, other).findings.filter((finding) => !known.has(key(finding)));
      for (const change of copy) {
        const hits = fresh.filter(({ places }) => places.some(({ line }) => line === change.line));
        const tie = other === undefined ? tied(lines, change.line, change, kind, checked) : 'pair';
        tally.planted += 1;
        if (hits.length > 0) tally.caught += 1;
        if (tie !== null || hits.length > 0) tally.must += 1;
        if (hits.length === 0 && tie !== null) {
          tally.silent += 1;
          if (showMissed) {
            const was = lines[change.line - 1];
            console.log(
              `  ${name} ${change.line} ${kind} (${tie}) …${was.slice(Math.max(0, change.index - 110), change.index)}[${change.text} → ${change.to}]${was.slice(change.index + change.text.length, change.index + 90)}…`,
            );
          }
        }
      }
    }
    totals[kind] ??= { planted: 0, caught: 0, must: 0, silent: 0 };
    const sum = totals[kind];
    for (const field of Object.keys(sum)) sum[field] += tally[field];
    console.log(
      `${name} ${kind}: caught ${tally.caught} of ${tally.planted}; of those tied down ${tally.must - tally.silent} of ${tally.must}`,
    );
  }
}
