import { type FigureKey, isShare, type Measure, parseUnit, yearOf } from '../model/index.ts';
import type { Binder } from './binder.ts';
import { countUnits } from './countable.ts';
import { evaluate, NoValue } from './evaluate.ts';
import type { Expression } from './expression.ts';

/** The unit in which a measure of an indicator is stated. */
export function measureUnit(measure: Measure, indicatorUnit: string): string {
  switch (measure.kind) {
    case 'relative':
    case 'share':
      return '%';
    case 'points':
      return 'pp';
    case 'growth':
      return '%/a';
    case 'ratio':
      return '1';
    case 'rank':
      return '{rank}';
    case 'count':
      return countUnits[measure.of];
    default:
      return indicatorUnit;
  }
}

type Change = Extract<Measure, { from: string }>;

/** A change between two periods as an expression over the two values. Throws {@link NoValue} where it has no meaning. */
export function changeExpression(
  measure: Change,
  key: FigureKey,
  binder: Binder,
  indicatorUnit: string,
): Expression {
  const at = (period: string, role: 'from' | 'to' | 'term') =>
    binder.bind(key.indicator, { area: key.area, breakdown: key.breakdown, period }, role);
  if (measure.kind === 'mean') {
    const years = yearSpan(measure);
    const args = Array.from({ length: years + 1 }, (_, step) =>
      at(String(Number(measure.from) + step), 'term'),
    );
    return { op: 'call', name: 'mean', args };
  }
  const from = at(measure.from, 'from');
  const to = at(measure.to, 'to');
  const one: Expression = { op: 'number', value: '1', unit: null };
  switch (measure.kind) {
    case 'points':
      return { op: 'call', name: 'points', args: [to, from] };
    case 'absolute': {
      const unit = parseUnit(indicatorUnit);
      if (unit !== null && isShare(unit))
        throw new NoValue({
          en: 'the change of a share is stated in percentage points',
          zh: '比例的变化以百分点表示',
        });
      return { op: 'subtract', left: to, right: from };
    }
    case 'relative':
      demandPositive(from, binder, indicatorUnit);
      return { op: 'divide', left: { op: 'subtract', left: to, right: from }, right: from };
    case 'ratio':
      demandPositive(from, binder, indicatorUnit);
      return { op: 'divide', left: to, right: from };
    default: {
      const years = yearSpan(measure);
      demandPositive(from, binder, indicatorUnit);
      const factor: Expression = {
        op: 'call',
        name: 'root',
        args: [
          { op: 'divide', left: to, right: from },
          { op: 'number', value: String(years), unit: null },
        ],
      };
      return {
        op: 'divide',
        left: { op: 'subtract', left: factor, right: one },
        right: { op: 'number', value: '1', unit: 'a' },
      };
    }
  }
}

/** Years from … to; the number of periods of a compound growth. */
function yearSpan({ from, to }: { readonly from: string; readonly to: string }): number {
  const [first, last] = [yearOf(from), yearOf(to)];
  if (first === null || last === null || last <= first || last - first > 300)
    throw new NoValue({
      en: 'an average over years needs two years, the later one second',
      zh: '年均值需要先后两个年份',
    });
  return last - first;
}

/** A base of zero or below has no relative change: 0 → 1 is not a growth of any per cent. */
function demandPositive(base: Expression, binder: Binder, unitCode: string): void {
  const unit = parseUnit(unitCode);
  if (unit === null || evaluate(base, binder.operands, unit).n <= 0n)
    throw new NoValue({ en: 'the value compared with is zero or negative', zh: '基期值为零或负数' });
}
