import { colon, decimalsOf, periodText } from '../language/index.ts';
import { type Claim, type Measure, parseDecimal, toFixed } from '../model/index.ts';
import { cell, tableBlock, unknownIndicator, words } from './bind-tables.ts';
import type { Binder, BoundFigure, TagPlace } from './binder.ts';
import { type Block, named, type Table } from './document.ts';
import { statedText } from './value-text.ts';
import { locatorText, say } from './words.ts';

/** `{% claims indicator="x" /%}`: what documents say of a series, beside what its data gives. */
export function claimTable(at: TagPlace, binder: Binder): Block[] {
  const id = at.tag.attributes.get('indicator') ?? '';
  const area = at.tag.attributes.get('area') ?? binder.workspace.city.area;
  const indicator = binder.indicator(id);
  if (indicator === null) {
    unknownIndicator(at, id, binder);
    return [];
  }
  const claims = binder.workspace.claims.filter((claim) => claim.indicator === id && claim.area === area);
  if (claims.length === 0) return [];
  const found = claims.map((claim) => {
    const measure = claimMeasure(claim);
    return measure === null ? null : binder.figure(id, area, measure, claim.breakdown);
  });
  const table: Table = {
    columns: [
      { align: 'left', width: 2 },
      { align: 'right', width: 2 },
      { align: 'right', width: 2 },
      { align: 'left', width: 1.5 },
      { align: 'left', width: 2 },
    ],
    head: (['period', 'said', 'computed', 'verdict', 'source'] as const).map((word) =>
      words(say(word, binder.language)),
    ),
    rows: claims.map((claim, row) => {
      const figure = found[row] ?? null;
      const source = binder.source(claim.source);
      const period = claim.from === null ? claim.to : `${claim.from}/${claim.to}`;
      return [
        words(periodText(period, binder.language)),
        words(claimText(claim, binder)),
        figure === null || figure.figure.value === null
          ? words(say('notComputable', binder.language))
          : cell(binder.number(figure)),
        words(claimVerdict(claim, figure, binder)),
        cell({ kind: 'cite', source, locator: locatorText(claim.locator, binder.language) }),
      ];
    }),
  };
  const title =
    at.tag.attributes.get('title') ??
    `${say('statements', binder.language)}${colon(binder.language)}${named(indicator.name, binder.language)}`;
  return [tableBlock({ at, caption: title, table, found }, binder)];
}

function claimText({ value, unit, qualifier }: Claim, binder: Binder): string {
  return value === null
    ? say('notReported', binder.language)
    : statedText({ value, unit, qualifier }, binder.language);
}

function claimMeasure({ kind, from, to }: Claim): Measure | null {
  const span = from === null ? null : { from, to };
  switch (kind) {
    case 'level':
    case 'cumulative':
      return { kind: 'value', period: to };
    case 'rank':
      return { kind: 'rank', period: to };
    case 'change_pct':
      return span && { kind: 'relative', ...span };
    case 'change_pp':
      return span && { kind: 'points', ...span };
    case 'change_abs':
      return span && { kind: 'absolute', ...span };
    case 'avg_annual':
      return span && { kind: 'growth', ...span };
    case 'ratio':
      return span && { kind: 'ratio', ...span };
    default:
      return null;
  }
}

/** A claim agrees when the figure, rounded to the decimals of the claim, is the number it states. */
function claimVerdict(claim: Claim, found: BoundFigure | null, binder: Binder): string {
  const figure = found?.figure.value ?? null;
  if (claim.value === null || figure === null || found?.figure.unit !== claim.unit) return '–';
  const [stated, computed] = [parseDecimal(claim.value), parseDecimal(figure)];
  if (stated === null || computed === null) return '–';
  const places = decimalsOf(claim.value);
  return say(toFixed(computed, places) === toFixed(stated, places) ? 'agrees' : 'differs', binder.language);
}
