// Errors planted one by one in a pair of language versions that agree (bench/audit/pair/*): how many the audit hears, by
// kind, and what it tells of the pair as it is, where it should be silent.
// Run: node bench/audit/planted-pair.js [--missed] [NAME…]
import { readdirSync, readFileSync } from 'node:fs';
import { build, isFresh } from '../../scripts/build.js';

if (!isFresh()) await build();
const { auditPair, plainText } = await import('../../dist/audit/index.js');

const folder = new URL('./pair/', import.meta.url);
const showMissed = process.argv.includes('--missed');
const named = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const key = ({ rule, places, values }) =>
  `${rule}|${places.map(({ text }) => text).join('|')}|${JSON.stringify(values)}`;
const told = ({ en, zh }) => auditPair(plainText('en', en), plainText('zh', zh)).findings;

for (const name of readdirSync(folder).sort()) {
  if (named.length > 0 && !named.includes(name)) continue;
  const read = (file) => readFileSync(new URL(`${name}/${file}`, folder), 'utf8');
  const texts = { en: read('en.md'), zh: read('zh.md') };
  const before = told(texts);
  const known = new Set(before.map(key));
  const kinds = new Map();
  let heard = 0;
  const planted = JSON.parse(read('planted.json'));
  for (const { kind, side, was, now } of planted) {
    if (texts[side].split(was).length !== 2)
      throw new Error(`${name}: “${was}” does not stand once in ${side}`);
    const line = texts[side].slice(0, texts[side].indexOf(was)).split('\n').length;
    const last = line + was.split('\n').length;
    const fresh = told({ ...texts, [side]: texts[side].replace(was, () => now) }).filter(
      (finding) => !known.has(key(finding)),
    );
    const hit = fresh.some(({ places }) =>
      places.some((place) => place.line >= line - 1 && place.line <= last),
    );
    const tally = kinds.get(kind) ?? { planted: 0, heard: 0 };
    tally.planted += 1;
    if (hit) {
      tally.heard += 1;
      heard += 1;
    } else if (showMissed) console.log(`  ${name} ${side}:${line} ${kind}: ${was} → ${now}`);
    kinds.set(kind, tally);
  }
  console.log(`${name}: ${heard} of ${planted.length} heard; ${before.length} told of the pair as it is`);
  console.log(
    `  ${[...kinds].map(([kind, { planted: all, heard: of }]) => `${kind} ${of}/${all}`).join(', ')}`,
  );
}
