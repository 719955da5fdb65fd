import type { Condition } from '../model/index.ts';
import { partsOf, readFormula } from './formula.ts';

/** What a condition and a formula over a case look at beside the case itself. */
export interface LooksAt {
  /** Other records: balances, parts of the case, properties of what a field names. */
  readonly others: boolean;
  /** The time, for deadlines that nothing has met. */
  readonly time: boolean;
}

/** What has to be looked at to judge a case; where that is the case alone, the judgement can be kept with it. */
export function looksAt(when: Condition | undefined, sum: string | undefined): LooksAt {
  const [condition, formula] = [
    when === undefined ? nothing : ofCondition(when),
    sum === undefined ? nothing : ofFormula(sum),
  ];
  return either([condition, formula]);
}

const nothing: LooksAt = { others: false, time: false };
const elsewhere = new Set(['balance', 'children']);

function ofFormula(text: string): LooksAt {
  const { names, calls } = partsOf(readFormula(text));
  return {
    others: names.some(({ length }) => length > 1) || calls.some(({ name }) => elsewhere.has(name)),
    time: false,
  };
}

function ofCondition(condition: Condition): LooksAt {
  if ('holds' in condition) return ofFormula(condition.holds);
  if ('due' in condition) return { others: false, time: true };
  if ('all' in condition) return either(condition.all.map(ofCondition));
  if ('any' in condition) return either(condition.any.map(ofCondition));
  return 'not' in condition ? ofCondition(condition.not) : nothing;
}

function either(list: readonly LooksAt[]): LooksAt {
  return { others: list.some(({ others }) => others), time: list.some(({ time }) => time) };
}
