import type { Reading, Sentence } from '../read/reading.ts';
import { wordsBetween } from '../read/reading.ts';
import { type Block, bareHeading, placeIn } from '../text.ts';
import { endpointsOf } from './endpoints.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';
import { tellingWords } from './words.ts';

const opening =
  /^(?:key indicators?|main indicators?|core indicators?|indicators|重点指标|关键指标|主要指标|核心指标)$/i;
const closing =
  /^(?:major|main|important|key) (?:progress|progresses|measures|achievements)|^response framework|^case \d|^(?:主要进展|重要举措|重点举措|主要举措)/i;

/** In a section of key indicators: a heading that names an indicator over a text that does not give it. */
export function checkHeadings(reading: Reading): Report {
  const report = emptyReport();
  let inside = false;
  for (const [index, block] of reading.blocks.entries()) {
    const title = bareHeading(block.text);
    if (opening.test(title)) {
      inside = true;
      continue;
    }
    if (!inside) continue;
    if (closing.test(title) || block.text.length > 700) {
      inside = false;
      continue;
    }
    if (block.kind !== 'heading' || tellingWords(title).length === 0) continue;
    const body: Block[] = [];
    for (const next of reading.blocks.slice(index + 1, index + 5)) {
      if (next.kind === 'heading') break;
      if (next.kind === 'paragraph' && next.text.length < 700) body.push(next);
    }
    const first = body[0];
    if (first === undefined) continue;
    judge(reading, block, title, body, report);
  }
  return report;
}

/** Words that make a heading the name of something measured. */
const measure =
  /\b(?:number|amount|area|rate|ratio|proportion|share|volume|value|values|output|capacity|per|total|concentration|frequency|expenditure|spending|income|investment|expectancy|coverage|consumption|length|population|index|density|standard|reception|visits|tourists|projects|emissions?)\b|数量|总量|面积|率|比例|比重|产值|能力|浓度|收入|支出|投资|预期寿命|人均|长度|人口|指数/i;
const rated =
  /\bper (?:capita|person|ten thousand|10,000|thousand|household|unit)\b|\bcapita\b|人均|每万|户均/i;
const changing =
  /\b(?:growth|increase|change|gap|discrepancy|difference|reduction|annual average|average annual)\b|增长|增速|新增|变化|差距/i;

function judge(reading: Reading, block: Block, title: string, body: readonly Block[], report: Report): void {
  const text = body.map((part) => part.text).join(' ');
  const sentences = reading.sentences.filter(({ block: of }) => body.includes(of));
  const quantities = sentences.flatMap((sentence) =>
    sentence.quantities.map((quantity) => ({ sentence, quantity })),
  );
  if (quantities.length === 0) return;
  const given = quantities
    .map(({ sentence, quantity }) => said(sentence, quantity))
    .slice(0, 4)
    .join(', ');
  const wanted = [...new Set(tellingWords(title))];
  const there = new Set(tellingWords(text).concat(tellingWords(text.replace(/[-–]/g, ' '))));
  const found = wanted.filter((word) => there.has(word) || acronymIn(word, text));
  const places = [
    placeIn(block, 0, block.text.length),
    ...quantities.slice(0, 1).map(({ sentence, quantity }) => placeOf(sentence, quantity)),
  ];
  const values = { name: title, given };
  if (
    rated.test(title) &&
    !rated.test(text) &&
    !quantities.some(({ quantity }) => quantity.unit.includes('/'))
  ) {
    report.findings.push({ rule: 'heading.value', places, values });
    return;
  }
  if (!measure.test(title)) return;
  const intensity = quantities.filter(({ quantity }) => /\/\d+ CNY$/.test(quantity.unit));
  if (intensity.length >= 2 && !/\bper\b|\bunit\b|intensity|单位|强度/i.test(title)) {
    report.findings.push({ rule: 'heading.other', places, values });
    return;
  }
  if (wanted.length >= 3 && found.length / wanted.length < 0.4) {
    report.findings.push({ rule: 'heading.other', places, values });
    return;
  }
  if (wanted.length >= 3 && found.length / wanted.length < 0.55) {
    report.findings.push({ rule: 'heading.value', places, values });
    return;
  }
  if (changing.test(title)) return;
  const own = quantities.filter(({ sentence, quantity }) => {
    const noun = tellingWords(wordsBetween(sentence, quantity.end, quantity.end + 30));
    return quantity.dimension === 'count' && noun.some((word) => wanted.includes(word));
  });
  if ((own.length > 0 ? own : quantities).every(({ sentence, quantity }) => isChange(sentence, quantity)))
    report.findings.push({ rule: 'heading.level', places, values });
}

/** A change or a mean over years: no level of the indicator. */
function isChange(sentence: Sentence, quantity: Sentence['quantities'][number]): boolean {
  if (endpointsOf(sentence).some(({ from, to }) => from === quantity || to === quantity)) return false;
  const lead = wordsBetween(sentence, 0, quantity.start);
  if (/\bto\s*$/.test(lead)) return false;
  if (
    /\b(?:increased|decreased|rose|grew|fell|dropped|up|down|higher|lower|growth rate|growth) (?:\S+ ){0,2}?(?:by|of)?\s*(?:about|nearly|over)?\s*$/.test(
      lead.slice(-60),
    )
  )
    return true;
  if (/\b(?:average|averaged|averages|mean)\b|平均|年均/.test(lead)) return true;
  const after = wordsBetween(sentence, quantity.end, quantity.end + 24);
  const span = sentence.times.some(({ first, last }) => last > first);
  return /^\s*(?:higher|lower)/.test(after) || (span && /^[a-z ]{0,14}\b(?:per|a|each) year/.test(after));
}

/** `CIIE` in a heading for the written-out name in the text. */
function acronymIn(word: string, text: string): boolean {
  if (!/^[a-z]{3,6}$/.test(word)) return false;
  const initials =
    text
      .match(/\b[A-Z][a-z]+/g)
      ?.map((capital) => capital.charAt(0).toLowerCase())
      .join('') ?? '';
  return initials.includes(word);
}
