import {
  add,
  compare,
  decimal,
  divide,
  magnitude,
  multiply,
  type Rational,
  rational,
  subtract,
} from '../../model/index.ts';
import { type Cell, cellsOf } from '../read/cells.ts';
import type { Reading } from '../read/reading.ts';
import { type Block, placeIn } from '../text.ts';
import { emptyReport, type Report, shown } from './report.ts';

/** A column of growth in % beside the two years that it is told of: 120, 150 and 25. */
export function checkGrowthColumns(reading: Reading): Report {
  const report = emptyReport();
  let head: {
    readonly from: number;
    readonly to: number;
    readonly growth: number;
    readonly width: number;
  } | null = null;
  let open = false;
  for (const block of reading.blocks) {
    if (block.kind !== 'row') {
      head = null;
      open = false;
      continue;
    }
    if (/^[\s|:–-]+$/.test(block.text)) continue;
    const cells = cellsOf(block.text);
    if (!open) {
      open = true;
      head = headOf(cells);
    } else if (head !== null && cells.length === head.width) row(block, cells, head, report);
  }
  return report;
}

/** Two years that follow each other, and one column of growth: more would leave open which years it is told of. */
function headOf(cells: readonly Cell[]): { from: number; to: number; growth: number; width: number } | null {
  const years = cells.flatMap(({ text }, at) => {
    const year = /^(?:in )?((?:19|20)\d\d)(?:年)?(?:\s*[(（][^()（）]*[)）])?$/i.exec(text)?.[1];
    return year === undefined ? [] : [{ at, year: Number(year) }];
  });
  const growth = cells.flatMap(({ text }, at) =>
    /^(?:同比)?(?:增长|增幅|增速|增长率|变化|growth|change|increase|growth rate)(?: rate)?\s*[(（]?\s*[%％]\s*[)）]?$/i.test(
      text,
    )
      ? [at]
      : [],
  );
  const [first, last] = years;
  if (years.length !== 2 || growth.length !== 1 || first === undefined || last === undefined) return null;
  const [from, to] = first.year < last.year ? [first, last] : [last, first];
  return { from: from.at, to: to.at, growth: growth[0] ?? 0, width: cells.length };
}

function number(cell: Cell | undefined): { value: Rational; slack: Rational } | null {
  const match = /^([-−–+]?)(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,6}))?\s*[%％]?$/.exec(cell?.text ?? '');
  if (match === null) return null;
  const [, sign = '', whole = '', part = ''] = match;
  const value = decimal(
    `${/[-−–]/.test(sign) ? '-' : ''}${whole.replaceAll(',', '')}${part === '' ? '' : `.${part}`}`,
  );
  return { value, slack: rational(1n, 2n * 10n ** BigInt(part.length)) };
}

const hundred = rational(100n);

function row(
  block: Block,
  cells: readonly Cell[],
  head: { readonly from: number; readonly to: number; readonly growth: number },
  report: Report,
): void {
  const [from, to, growth] = [cells[head.from], cells[head.to], cells[head.growth]];
  const [a, b, g] = [number(from), number(to), number(growth)];
  if (a === null || b === null || g === null || growth === undefined || a.value.n <= 0n) return;
  // Shares grow in points as often as in percent.
  if (/[%％]|率|比重|占比|share|rate|ratio/i.test(`${cells[0]?.text ?? ''}${from?.text ?? ''}`)) return;
  const rate = (later: Rational, earlier: Rational) =>
    multiply(divide(subtract(later, earlier), earlier), hundred);
  const exact = rate(b.value, a.value);
  const [low, high] = [
    rate(subtract(b.value, b.slack), add(a.value, a.slack)),
    rate(add(b.value, b.slack), subtract(a.value, a.slack)),
  ];
  const places = [placeIn(block, growth.start, growth.start + growth.text.length)];
  const values = {
    from: from?.text ?? '',
    to: to?.text ?? '',
    stated: `${growth.text.replace(/\s*[%％]$/, '')}%`,
    computed: `${shown(exact, 1)}%`,
    reason: '@reason.unknown',
  };
  const holds = compare(subtract(low, g.slack), g.value) <= 0 && compare(g.value, add(high, g.slack)) <= 0;
  const near = compare(magnitude(subtract(exact, g.value)), decimal('0.5')) <= 0;
  if (holds || near) report.checked.push({ rule: 'change.endpoints', places, values });
  else report.findings.push({ rule: 'change.endpoints', places, values });
}
