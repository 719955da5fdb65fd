import { parseDecimal, type Rational, toDecimal, toNumber } from '../model/index.ts';
import { holds, marginOf } from './compare-exact.ts';
import type { Comparator, Indicator } from './indicator.ts';
import type { Method, MethodInput } from './method.ts';
import { isProvisional, type Observation } from './observation.ts';
import { checkMatch, panelOf } from './panel.ts';
import { type Outcome, type Result, result } from './result.ts';
import { competitionRanks } from './statistics.ts';
import { type Node, treeOf } from './tree.ts';
import { type VerdictKind, worstOf } from './verdict.ts';

/** Each value against its target, for each period: met, met on provisional data, not met, not shown, not applicable. */
export const threshold: Method = {
  id: 'threshold',
  version: '1.0.0',
  name: { en: 'Thresholds', zh: '阈值达标' },
  source: 'the rule engine of this product; the thresholds are those of the codebook',
  checked: 'replayed',
  needs: ['target', 'direction|comparator'],
  options: [],
  run,
};

/** What an indicator's values are held against, read once. */
interface Rule {
  readonly comparator: Comparator | null;
  readonly target: Rational | null;
}

interface Tested {
  readonly verdict: VerdictKind;
  readonly row: Result;
}

function run({ indicators, observations, reasoned }: MethodInput): Outcome {
  const findings = checkMatch(indicators, observations);
  const tree = treeOf(indicators);
  findings.push(...tree.findings);
  const groups = new Set(
    indicators.flatMap(({ parent, code }) => (parent === null || parent === code ? [] : [parent])),
  );
  for (const { code, targetText, where } of indicators)
    if (!groups.has(code) && parseDecimal(targetText) === null)
      findings.push({
        rule: 'codebook.no-target',
        severity: 'error',
        where,
        what: `indicator '${code}' has no target`,
        why: 'there is nothing to hold its values against',
        mend: 'fill the column target, or take the indicator out',
      });
  const rules = new Map<string, Rule>();
  const ruleOf = (indicator: Indicator): Rule => {
    const known = rules.get(indicator.code);
    if (known !== undefined) return known;
    const rule = { comparator: comparatorOf(indicator), target: parseDecimal(indicator.targetText) };
    rules.set(indicator.code, rule);
    return rule;
  };
  const panel = panelOf(observations);
  const results: Result[] = [];
  const periods = [...new Set(observations.map(({ period }) => period))].sort();
  for (const period of periods) {
    const indices: Result[] = [];
    for (const unit of panel.units) {
      const visit = (node: Node): Tested[] => {
        if (node.indicator !== null) {
          const observation = panel.series(unit, node.code).find((one) => one.period === period);
          const tested = judge(unit, period, node.indicator, ruleOf(node.indicator), observation, reasoned);
          results.push(tested.row);
          return [tested];
        }
        const parts = node.parts.flatMap(visit);
        if (node.level === 'goal') results.push(whole('goal', unit, node.code, period, parts));
        return parts;
      };
      const parts = tree.tops.flatMap(visit);
      const [only] = tree.tops;
      const code = only?.level === 'index' ? only.code : 'index';
      if (parts.length > 0) indices.push(whole('index', unit, code, period, parts));
    }
    const ranks = competitionRanks(indices.map(({ score }) => score));
    results.push(...indices.map((index, at) => ({ ...index, rank: ranks[at] ?? null })));
  }
  return { results, findings };
}

/** The comparator of an indicator: as written; otherwise at least, at most or equal, by its direction. */
function comparatorOf({ comparator, direction }: Indicator): Comparator | null {
  if (comparator !== null || direction === null) return comparator;
  return direction === 1 ? '>=' : direction === -1 ? '<=' : '=';
}

function judge(
  unit: string,
  period: string,
  indicator: Indicator,
  rule: Rule,
  observation: Observation | undefined,
  reasoned: boolean,
): Tested {
  const bare = { level: 'indicator', unit, code: indicator.code, period } as const;
  const { comparator, target } = rule;
  const value = observation === undefined ? null : parseDecimal(observation.text);
  if (observation?.standing === 'not_applicable')
    return { verdict: 'not_applicable', row: result({ ...bare, status: 'not_applicable' }) };
  if (observation === undefined || value === null || target === null || comparator === null)
    return {
      verdict: 'not_shown',
      row: result({ ...bare, value: observation?.value ?? null, status: 'not_shown', coverage: 0 }),
    };
  const met = holds(value, comparator, target);
  const verdict = !met ? 'not_met' : isProvisional(observation.standing) ? 'met_provisional' : 'met';
  const row = { ...bare, value: toNumber(value), score: met ? 1 : 0, status: verdict, coverage: 1 };
  if (!reasoned) return { verdict, row: result(row) };
  const margin = toDecimal(marginOf(value, comparator, target));
  const [own, limit] = [toDecimal(value), toDecimal(target)];
  const reasoning = {
    inputs: { value: own, threshold: limit, margin, standing: observation.standing },
    formula: `value ${comparator} ${limit}`,
    reason: {
      en: `${own} is ${met ? '' : 'not '}${comparator} ${limit} (margin ${margin})`,
      zh: `${own} ${met ? '满足' : '不满足'} ${comparator} ${limit}（余量${margin}）`,
    },
    change: met
      ? {
          en: `a value not ${comparator} ${limit} would lose it`,
          zh: `数值不再${comparator} ${limit}即不达标`,
        }
      : { en: `a value ${comparator} ${limit} would meet it`, zh: `数值${comparator} ${limit}即达标` },
  };
  return { verdict, row: result({ ...row, reasoning }) };
}

/** A whole is met when every applicable part is; its score is the share of parts met, of those that were shown or not. */
function whole(
  level: 'goal' | 'index',
  unit: string,
  code: string,
  period: string,
  parts: readonly Tested[],
): Result {
  const applicable = parts.filter(({ verdict }) => verdict !== 'not_applicable');
  const met = applicable.filter(({ verdict }) => verdict === 'met' || verdict === 'met_provisional').length;
  const shown = applicable.filter(({ verdict }) => verdict !== 'not_shown').length;
  return result({
    level,
    unit,
    code,
    period,
    value: applicable.length === 0 ? null : met,
    score: applicable.length === 0 ? null : met / applicable.length,
    status: worstOf(parts.map(({ verdict }) => verdict)),
    coverage: applicable.length === 0 ? null : shown / applicable.length,
  });
}
