import { type AuditFinding, type Draft, numbered } from '../finding.ts';
import { type Reading, read } from '../read/reading.ts';
import { type AuditText, type Block, placeIn } from '../text.ts';
import { type Aligned, align } from './align.ts';
import { type Anchor, anchorPlace, anchorsOf } from './anchor.ts';
import { codeDrafts } from './codes.ts';
import { countedDrafts } from './counted.ts';
import { wayBefore, wayBehind } from './direction.ts';
import { endDrafts } from './ends.ts';
import { exchangedDrafts } from './exchanged.ts';
import type { Matched } from './matched.ts';
import { nameDrafts } from './names.ts';
import { orderDrafts } from './order.ts';
import { placeDrafts } from './places.ts';
import { saidDrafts } from './said.ts';
import { scopeDrafts } from './scope.ts';
import { tableDrafts } from './table.ts';
import { termDrafts } from './term.ts';
import { termBase } from './terms.ts';

/** What two language versions were compared on, and where they part. */
export interface PairAudit {
  readonly findings: readonly AuditFinding[];
  /** Numbers, dates and classes that both versions give alike. */
  readonly agreed: number;
}

/**
 * Compares an English and a Chinese version of one document: numbers, dates, money, units, classes, hedges, scope words,
 * rows of tables and terms that one has and the other lacks or gives differently. Where both agree, silence.
 */
export function auditPair(first: AuditText, second: AuditText): PairAudit {
  const [one, two] = [read(first), read(second)];
  const [en, zh] = one.chinese && !two.chinese ? [two, one] : [one, two];
  const anchors = { en: anchorsOf(en), zh: anchorsOf(zh) };
  const terms = termBase();
  const aligned = align(en, zh, anchors, terms);
  const { drafts, matched } = numbersApart(en, zh, aligned, anchors);
  const all = [
    ...drafts,
    ...scopeDrafts(aligned),
    ...placeDrafts(aligned),
    ...codeDrafts(aligned),
    ...tableDrafts(en, zh, terms),
    ...countedDrafts({ en, zh }, matched),
    ...exchangedDrafts({ en, zh }, matched, terms),
    ...orderDrafts({ en, zh }, aligned, anchors, matched, terms),
    ...nameDrafts(en, zh, aligned),
    ...saidDrafts(aligned),
    ...endDrafts(en, zh, aligned),
    ...termDrafts(aligned, terms),
  ];
  return { findings: numbered(all), agreed: matched.length };
}

/** How many blocks away a number may stand and still count as kept: translations split and join paragraphs. */
const reach = 6;
/** A small bare count stands in every paragraph: further away than this it is another one. */
const nearest = 2;
const isSmall = ({ kind, key, unit }: Anchor): boolean => kind === 'number' && unit === '' && key.length < 2;

function numbersApart(
  en: Reading,
  zh: Reading,
  aligned: readonly Aligned[],
  anchors: { readonly en: ReadonlyMap<number, Anchor[]>; readonly zh: ReadonlyMap<number, Anchor[]> },
): { drafts: Draft[]; matched: Matched[] } {
  const drafts: Draft[] = [];
  const of = (side: ReadonlyMap<number, Anchor[]>, blocks: readonly Block[]) =>
    blocks.flatMap(({ index }) => side.get(index) ?? []);
  const left = aligned.map(({ en: blocks }) => of(anchors.en, blocks));
  const right = aligned.map(({ zh: blocks }) => of(anchors.zh, blocks));
  const matched: Matched[] = [];
  const match = (a: Anchor, list: Anchor[], soft: boolean, away = 0): boolean => {
    const at = list.findIndex(
      (b) =>
        (soft ? b.soft || a.soft : !b.soft && !a.soft) &&
        sameThing(a, b) &&
        !(away > (soft ? 0 : nearest) && isSmall(a)),
    );
    const b = list[at];
    if (b === undefined) return false;
    list.splice(at, 1);
    matched.push({ en: a, zh: b });
    drafts.push(...wordsAround(en, zh, a, b));
    return true;
  };
  const restLeft = left.map((list, index) => list.filter((a) => !match(a, right[index] ?? [], false)));
  for (const soft of [false, true])
    for (let far = soft ? 0 : 1; far <= reach; far += 1)
      for (const [index, list] of restLeft.entries())
        restLeft[index] = list.filter(
          (a) =>
            !(far === 0 ? [index] : [index - far, index + far]).some((near) =>
              match(a, right[near] ?? [], soft, far),
            ),
        );
  for (const [index, pair] of aligned.entries()) {
    const told = (side: ReadonlyMap<number, Anchor[]>, blocks: readonly Block[]) =>
      new Set(of(side, blocks).map(({ key }) => key));
    const [inEn, inZh] = [told(anchors.en, pair.en), told(anchors.zh, pair.zh)];
    const counts = ({ soft, kind, key }: Anchor, other: ReadonlySet<string>) =>
      !soft && !(kind === 'year' && other.has(key));
    const a = (restLeft[index] ?? []).filter((anchor) => counts(anchor, inZh));
    const b = (right[index] ?? []).filter((anchor) => counts(anchor, inEn));
    for (const one of [...a]) {
      const other = b.find((candidate) => candidate.kind === one.kind && alikeInKind(one, candidate));
      if (other === undefined) continue;
      b.splice(b.indexOf(other), 1);
      a.splice(a.indexOf(one), 1);
      drafts.push({
        rule: one.kind === 'number' && sameDigits(one, other) ? 'pair.unit' : 'pair.number',
        places: [anchorPlace(en, one), anchorPlace(zh, other)],
        values: { one: one.written, other: other.written },
      });
    }
    for (const one of a) drafts.push(missing(one, anchorPlace(en, one), pair.zh, 'pair.missingZh'));
    for (const other of b) drafts.push(missing(other, anchorPlace(zh, other), pair.en, 'pair.missingEn'));
  }
  return { drafts, matched };
}

function missing(
  anchor: Anchor,
  place: ReturnType<typeof anchorPlace>,
  blocks: readonly Block[],
  rule: 'pair.missingZh' | 'pair.missingEn',
): Draft {
  const block = blocks[0];
  return {
    rule,
    places: block === undefined ? [place] : [place, placeIn(block, 0, Math.min(block.text.length, 60))],
    values: { written: anchor.written.trim(), context: place.text },
  };
}

function sameThing(a: Anchor, b: Anchor): boolean {
  if (a.key !== b.key) return false;
  if (a.kind === b.kind) return true;
  const counts = new Set([a.kind, b.kind]);
  return counts.has('money') && counts.has('number') && a.key.length > 6;
}

/** Sizes of other things that happen to be one number: kW and kWh, tons of coal equivalent and tons. */
const sizes = new Set([
  'length',
  'area',
  'volume',
  'mass',
  'coal equivalent',
  'energy',
  'electric power',
  'heat',
]);
const isOtherSize = (a: string | undefined, b: string | undefined): boolean =>
  a !== undefined && b !== undefined && a !== b && sizes.has(a) && sizes.has(b);

/** Two leftovers of one paragraph that may be the same number told differently. */
function alikeInKind(a: Anchor, b: Anchor): boolean {
  if (a.kind !== 'number') return true;
  if (a.unit !== '' && b.unit !== '' && sameDigits(a, b)) return true;
  const [x, y] = [a.unit, b.unit].map((unit) => (unit === 'household' ? '' : unit));
  return x === y && (x !== '' || (Number(a.key) > 12 && Number(b.key) > 12));
}

/** `40 km` and 40米: one number, two sizes. */
function sameDigits(a: Anchor, b: Anchor): boolean {
  const [x, y] = [a, b].map(({ written }) => /\d[\d,.]*\d/.exec(written)?.[0].replaceAll(',', ''));
  return x !== undefined && x === y;
}

/** The same number with another hedge, money or unit. */
function wordsAround(en: Reading, zh: Reading, a: Anchor, b: Anchor): Draft[] {
  const places = [anchorPlace(en, a), anchorPlace(zh, b)];
  const values = { one: a.written.trim(), other: b.written.trim() };
  if (a.kind === 'money' && b.kind === 'money' && a.unit !== b.unit)
    return [{ rule: 'pair.unit', places, values }];
  const [enBlock, zhBlock] = [en.blocks[a.block], zh.blocks[b.block]];
  if (enBlock !== undefined && zhBlock !== undefined && a.kind !== 'year' && a.kind !== 'day') {
    const [one, other] = [
      wayBefore(enBlock, a.start) ?? wayBehind(enBlock, a.end),
      wayBefore(zhBlock, b.start),
    ];
    if (one !== null && other !== null && one !== other)
      return [
        {
          rule: 'pair.direction',
          places,
          values: { ...values, first: `@way.${one}`, second: `@way.${other}` },
        },
      ];
  }
  if (a.kind === 'number' && isOtherSize(a.dimension, b.dimension))
    return [{ rule: 'pair.unit', places, values }];
  const zhText = zhBlock?.text ?? '';
  if (a.unit === 'times' && /^[*\s]*人次/.test(zhText.slice(b.end)))
    return [{ rule: 'pair.unit', places, values: { ...values, other: `${values.other}人次` } }];
  const family = (hedge: string) =>
    hedge === 'over' ? 'over' : hedge === 'upto' || hedge === 'exact' ? 'exact' : 'about';
  if (a.kind !== 'year' && a.kind !== 'day' && family(a.hedge) !== family(b.hedge) && a.key.length > 1)
    return [
      {
        rule: 'pair.hedge',
        places,
        values: { ...values, first: `@hedge.${a.hedge}`, second: `@hedge.${b.hedge}` },
      },
    ];
  return [];
}
