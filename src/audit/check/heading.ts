import type { Reading, Sentence } from '../read/reading.ts';
import { wordsBetween } from '../read/reading.ts';
import { type Block, bareHeading, placeIn } from '../text.ts';
import { endpointsOf } from './endpoints.ts';
import { bodyOf, isPlainName, judgePlain } from './plain-heading.ts';
import { emptyReport, placeOf, type Report, said } from './report.ts';
import { tellingWords } from './words.ts';

const opening =
  /^(?:key indicators?|main indicators?|core indicators?|indicators|重点指标|关键指标|主要指标|核心指标)$/i;
const closing =
  /^(?:major|main|important|key) (?:progress|progresses|measures|achievements)|^response framework|^case \d|^(?:主要进展|重要举措|重点举措|主要举措)/i;

/** In a section of key indicators: a heading that names an indicator over a text that does not give it. */
export function checkHeadings(reading: Reading): Report {
  const report = emptyReport();
  const known = indicatorNames(reading);
  let inside = false;
  for (const [index, block] of reading.blocks.entries()) {
    const title = bareHeading(block.text);
    if (opening.test(title)) {
      inside = true;
      continue;
    }
    if (inside && (closing.test(title) || block.text.length > 700)) inside = false;
    if (!inside) {
      if (block.kind === 'heading' && isPlainName(title))
        judgePlain(reading, block, title, bodyOf(reading, index), report);
      continue;
    }
    if (block.kind !== 'heading' || tellingWords(title).length === 0) continue;
    const body = bodyOf(reading, index);
    if (body.length === 0) continue;
    judge(reading, block, title, body, known.get(reading.parts[block.index] ?? 0) ?? [], report);
  }
  return report;
}

/** Words that make a heading the name of something measured. */
const measure =
  /\b(?:number|amount|area|areas(?= of\b)|rate|ratio|proportion|share|volume|value|values|output|capacity|per|total|concentration|frequency|expenditure|spending|income|investment|expectancy|coverage|consumption|length|population|index|density|standard|reception|visits|tourists|projects|emissions?)\b|数量|总量|面积|率|比例|比重|产值|能力|浓度|收入|支出|投资|预期寿命|人均|长度|人口|指数|金额|总额|外资/i;
const rated =
  /\bper (?:capita|person|ten thousand|10,000|thousand|household|unit)\b|\bcapita\b|人均|每万|户均/i;
const changing =
  /\b(?:growth|increase|change|gap|discrepancy|difference|reduction|annual average|average annual)\b|增长|增速|新增|变化|差距/i;

function judge(
  reading: Reading,
  block: Block,
  title: string,
  body: readonly Block[],
  names: readonly string[],
  report: Report,
): void {
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
  if (isAboutOther(title, text, names)) {
    report.findings.push({ rule: 'heading.other', places, values });
    return;
  }
  if (ofOtherKind(title, quantities)) {
    report.findings.push({ rule: 'heading.other', places, values });
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

/** What the words of a heading are measured in: money, an area, a length, a share. */
const kindsOf: readonly {
  readonly form: RegExp;
  readonly fits: (dimension: string, unit: string) => boolean;
}[] = [
  {
    form: /\b(?:amount|value|total) of (?:[a-z]+ ){0,4}(?:investment|trade|imports|exports|funds|funding)\b|(?:投资|外资|资金|进口|出口|贸易)(?:金额|总额|额)$|产值$|营业收入$|税收$/i,
    fits: (_, unit) => /^(?:CNY|USD|EUR|JPY)/.test(unit),
  },
  { form: /\b(?:area) of\b|\barea$|面积$/i, fits: (dimension) => dimension === 'area' },
  { form: /\blength of\b|\blength$|(?:里程|长度)$/i, fits: (dimension) => dimension === 'length' },
  {
    form: /\b(?:rate|proportion|share|coverage)$|^(?:rate|proportion|share) of\b|(?:率|比例|比重|占比)$/i,
    fits: (dimension) => ['percent', 'permille', 'points', 'times'].includes(dimension),
  },
];

/** Whether every number of the text is of another kind than the heading's: counts under an amount of money. */
function ofOtherKind(
  title: string,
  quantities: readonly { readonly quantity: Sentence['quantities'][number] }[],
): boolean {
  const kind = kindsOf.find(({ form }) => form.test(title));
  if (kind === undefined || quantities.length < 2) return false;
  const levels = quantities.filter(
    ({ quantity }) => !['percent', 'points', 'times', 'years', 'duration'].includes(quantity.dimension),
  );
  const told = kind.fits('percent', '') ? quantities : levels;
  return told.length >= 2 && told.every(({ quantity }) => !kind.fits(quantity.dimension, quantity.unit));
}

/** The indicators that a document names, by part: its headings of key indicators and the bullets of its framework tables. */
function indicatorNames(reading: Reading): Map<number, string[]> {
  const names = new Map<number, string[]>();
  const add = (part: number, name: string) => {
    const bare = name.replace(/<[^<>]{0,60}>/g, ' ').trim();
    if (bare.length > 0 && bare.length < 160 && measure.test(bare))
      names.set(part, [...(names.get(part) ?? []), bare]);
  };
  for (const block of reading.blocks) {
    const part = reading.parts[block.index] ?? 0;
    if ((names.get(part)?.length ?? 0) > 400) continue;
    if (block.kind === 'heading') add(part, bareHeading(block.text));
    else if (block.kind === 'row' && /[▶►]/.test(block.text))
      for (const cell of block.text.split('\t'))
        if (/[▶►]/.test(cell)) for (const name of cell.split(/[▶►]/).slice(1)) add(part, name);
  }
  return names;
}

/** Words of measuring, which say how and not what. */
const measuring = new Set(
  'coverage rate proportion amount number area length volume value output capacity concentration index density frequency level unit consumption expenditure investment income'.split(
    ' ',
  ),
);

/** Pairs of which a heading and its text must not hold one each. */
const opposites: readonly (readonly [RegExp, RegExp])[] = [
  [/\bforeign investments?\b|\binbound\b/i, /\boutbound\b/i],
  [/\bimport(?:s|ed)?\b/i, /\bexport(?:s|ed)?\b/i],
  [/\burban\b/i, /\brural\b/i],
  [/\bincomes?\b/i, /\bexpenditures?\b/i],
  [/\bbirths?\b/i, /\bdeaths?\b/i],
];

/** Whether the text is about another indicator: none of the words that tell what, an opposite, or another name wholly. */
function isAboutOther(title: string, text: string, names: readonly string[]): boolean {
  const there = new Set(tellingWords(text).concat(tellingWords(text.replace(/[-–]/g, ' '))));
  const wanted = [...new Set(tellingWords(title))];
  const what = wanted.filter((word) => !measuring.has(word) && /^[a-z]{4,}$/.test(word));
  const opened = new Set(tellingWords(text.slice(0, 60)));
  const sameMeasure = wanted.some((word) => measuring.has(word) && opened.has(word));
  if (
    !sameMeasure &&
    what.length > 0 &&
    wanted.length <= 3 &&
    !what.some((word) => there.has(word) || rooted(word, there))
  )
    return true;
  for (const [a, b] of opposites)
    for (const [mine, other] of [
      [a, b],
      [b, a],
    ] as const)
      if (mine.test(title) && !other.test(title) && other.test(text) && !mine.test(text)) return true;
  const han = hanSubject(title);
  if (han.length > 0 && !han.some((pair) => text.includes(pair))) return true;
  const missing = wanted.filter((word) => !there.has(word) && !rooted(word, there));
  return names.some((name) => {
    const words = [...new Set(tellingWords(name))];
    if (name === title || words.length < 3 || !words.every((word) => there.has(word))) return false;
    const more = words.filter((word) => !wanted.includes(word));
    if (more.length === 0) return false;
    if (missing.length > 0) return words.length > wanted.length - missing.length;
    return (
      headOf(title) !== '' &&
      headOf(text) !== '' &&
      headOf(title) !== headOf(text) &&
      headOf(text) === headOf(name)
    );
  });
}

/** What a Chinese heading measures, in pairs of characters, without the words of measuring: 森林 of 森林覆盖率. */
function hanSubject(title: string): string[] {
  if (!/\p{Script=Han}{3}/u.test(title)) return [];
  const bare = title.replace(
    /人均|年均|每万人|全市|全区|万元|单位|覆盖率|处理率|利用率|比例|比重|占比|数量|总量|总数|总额|面积|产生量|产值|能力|规模|浓度|指数|水平|情况|年度|人数|[率量数度]$/g,
    ' ',
  );
  return [...bare.matchAll(/\p{Script=Han}{2,}/gu)].flatMap(([run]) =>
    Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)),
  );
}

/** `number` of `the number of …`: the first word of measuring. */
const headOf = (text: string): string =>
  /\b(number|amount|area|length|proportion|ratio|rate|volume|investment) of\b/i
    .exec(text)?.[1]
    ?.toLowerCase() ?? '';

/** `urbanisation` for `urban`: a word of the text with the same first five letters. */
const rooted = (word: string, there: ReadonlySet<string>): boolean =>
  (akin[word]?.some((other) => there.has(other)) ?? false) ||
  (word.length >= 5 && [...there].some((other) => other.startsWith(word.slice(0, 5))));

/** Words of headings and what the text may say for them. */
const akin: Readonly<Record<string, readonly string[]>> = {
  farmer: ['rural', 'peasant', 'countryside'],
  elderly: ['older', 'aged', 'senior'],
  resident: ['household', 'people', 'inhabitant'],
  forest: ['wood', 'woodland', 'tree', 'wooded'],
  visitor: ['tourist'],
  tourist: ['visitor'],
};

/** A change or a mean over years: no level of the indicator. */
function isChange(sentence: Sentence, quantity: Sentence['quantities'][number]): boolean {
  if (endpointsOf(sentence).some(({ from, to }) => from === quantity || to === quantity)) return false;
  const lead = wordsBetween(sentence, 0, quantity.start);
  if (/(?<!\bamount(?:ed|s)?)\s+to\s*$/.test(lead)) return false;
  if (
    /\b(?:increased|decreased|rose|grew|fell|dropped|up|down|higher|lower|growth rate|growth) (?:\S+ ){0,2}?(?:by|of)?\s*(?:about|nearly|over)?\s*$/.test(
      lead.slice(-60),
    )
  )
    return true;
  if (/\b(?:average|averaged|averages|mean)\b|平均|年均/.test(lead)) return true;
  const after = wordsBetween(sentence, quantity.end, quantity.end + 24);
  const span = sentence.times.some(({ first, last }) => last > first);
  if (span && /^[^/]*\/year$/.test(quantity.unit)) return true;
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
