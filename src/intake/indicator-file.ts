import { z } from 'zod';
import { type Indicator, indicatorSchema, isConvertible, parseUnit } from '../model/index.ts';
import type { FindingList } from './finding-list.ts';
import { indicatorUnit, type Known } from './known.ts';
import { quote } from './quote.ts';
import { ReferenceCheck } from './reference-check.ts';
import { type Shaped, shapeYaml } from './yaml-shape.ts';
import type { YamlFile } from './yaml-tree.ts';

/** The indicators of one file: those that fit, and the ids of all that are written there. */
export interface IndicatorFile {
  readonly good: readonly Shaped<Indicator>[];
  readonly ids: readonly string[];
}

/** Reads a file of `indicators/`. Each indicator is judged alone, so that one mistake does not hide the others. */
export function readIndicators(yaml: YamlFile, findings: FindingList): IndicatorFile {
  const { root } = yaml;
  if (root.kind !== 'list') {
    shapeYaml(yaml, root, z.array(indicatorSchema), findings);
    return { good: [], ids: [] };
  }
  const good: Shaped<Indicator>[] = [];
  const ids: string[] = [];
  for (const item of root.items) {
    const id = item.kind === 'map' ? item.entries.get('id')?.tree : undefined;
    if (id?.kind === 'scalar') ids.push(id.source);
    const shaped = shapeYaml(yaml, item, indicatorSchema, findings);
    if (shaped !== null) good.push(shaped);
  }
  return { good, ids };
}

export function checkIndicator(shaped: Shaped<Indicator>, known: Known, findings: FindingList): void {
  const { id, unit, rollup, goals, targets, nature, interval } = shaped.value;
  const check = new ReferenceCheck(shaped, known, findings);
  goals.forEach((goal, at) => {
    check.goal(['goals', at], goal);
  });
  targets.forEach((target, at) => {
    check.goal(['targets', at], target.split('.')[0]);
  });
  for (const end of interval === undefined ? [] : (['lower', 'upper'] as const)) {
    const other = interval?.[end] ?? '';
    check.indicator(['interval', end], other);
    const its = indicatorUnit(known, other);
    if (other === id || (its !== null && its.code !== unit))
      check.error('interval.unit', ['interval', end], {
        what: `${quote(other)} cannot be an end of the interval of ${quote(id)}`,
        why:
          other === id
            ? 'a value is no end of its own interval'
            : `it is in ${quote(its?.code ?? '')}, not in ${quote(unit)}`,
        mend: 'name another indicator in the same unit',
      });
  }
  if (nature === 'rank' && rollup !== 'none')
    check.error('rollup.rank', ['rollup'], {
      what: `the ranks of ${quote(id)} cannot be rolled up`,
      why: 'the place of a city does not follow from the places of its districts',
      mend: 'set rollup to none',
    });
  if (rollup === 'sum' && (unit === '%' || unit === 'pp' || nature === 'ratio' || nature === 'index'))
    check.error('rollup.sum', ['rollup'], {
      what: `${quote(id)} is a ${unit === '%' || unit === 'pp' ? 'per cent' : nature}: its parts do not add up to the whole`,
      why: 'shares and indices of districts are no terms of a sum',
      mend: 'use {ratio: {numerator: …, denominator: …}} or {weightedBy: …}, or none',
    });
  if (typeof rollup === 'string') return;
  if ('weightedBy' in rollup) {
    check.indicator(['rollup', 'weightedBy'], rollup.weightedBy);
    return;
  }
  const { numerator, denominator } = rollup.ratio;
  check.indicator(['rollup', 'ratio', 'numerator'], numerator);
  check.indicator(['rollup', 'ratio', 'denominator'], denominator);
  checkRatioUnit(check, known, unit, numerator, denominator);
}

function checkRatioUnit(
  check: ReferenceCheck,
  known: Known,
  unit: string,
  numerator: string,
  denominator: string,
): void {
  const [top, bottom] = [indicatorUnit(known, numerator), indicatorUnit(known, denominator)];
  const own = parseUnit(unit);
  if (top === null || bottom === null || own === null) return;
  const bottomCode = bottom.code
    .split(/([./])/)
    .map((piece) => (piece === '.' ? '/' : piece === '/' ? '.' : piece));
  const quotient = parseUnit(`${top.code}/${bottomCode.join('')}`);
  if (quotient === null || isConvertible(quotient, own)) return;
  check.error('rollup.unit', ['rollup', 'ratio'], {
    what: `${numerator} (${top.code}) ÷ ${denominator} (${bottom.code}) does not give ${unit}`,
    why: 'the ratio of the sums must have the unit of the indicator',
    mend: 'correct the unit or the two indicators',
  });
}
