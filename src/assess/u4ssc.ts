import type { Indicator } from './indicator.ts';
import type { Method, MethodInput } from './method.ts';
import type { Observation } from './observation.ts';
import { checkMatch, once, panelOf } from './panel.ts';
import { type Outcome, type Result, result } from './result.ts';
import { competitionRanks } from './statistics.ts';
import { type Node, treeOf } from './tree.ts';

/** Lower ends of the bands of points, in percent of the target reached. */
const bands = [
  { from: 95, points: 4, name: '95+' },
  { from: 66, points: 3, name: '66-95' },
  { from: 33, points: 2, name: '33-66' },
  { from: Number.NEGATIVE_INFINITY, points: 1, name: '0-33' },
] as const;

const mostPoints = 4;

/** Scoring of the U4SSC key performance indicators: 1 to 4 points by the share of the target that is reached. */
export const u4ssc: Method = {
  id: 'u4ssc',
  version: '1.0.0',
  name: { en: 'U4SSC scoring', zh: 'U4SSC评分' },
  source: 'U4SSC verification report Kristiansund (ITU, September 2020), p. 12; ITU-T Y.4903',
  checked: 'replayed',
  needs: ['target'],
  options: [],
  run,
};

function run({ indicators, observations }: MethodInput): Outcome {
  const findings = checkMatch(indicators, observations);
  const tree = treeOf(indicators);
  findings.push(...tree.findings);
  const panel = panelOf(observations);
  const results: Result[] = [];
  const periods = [...new Set(observations.map(({ period }) => period))].sort();
  for (const period of periods) {
    const indices: Result[] = [];
    for (const unit of panel.units) {
      const visit = (node: Node): (number | null)[] => {
        if (node.indicator !== null) {
          const observation = panel.series(unit, node.code).find((one) => one.period === period);
          const row = judge(unit, period, node.indicator, observation);
          results.push(row);
          return [row.score];
        }
        const points = node.parts.flatMap(visit);
        if (node.level === 'goal') results.push(category('goal', unit, node.code, period, points));
        return points;
      };
      const points = tree.tops.flatMap(visit);
      const [only] = tree.tops;
      indices.push(category('index', unit, only?.level === 'index' ? only.code : 'index', period, points));
    }
    const ranks = competitionRanks(indices.map(({ score }) => score));
    results.push(...indices.map((index, at) => ({ ...index, rank: ranks[at] ?? null })));
  }
  return { results, findings: once(findings) };
}

/**
 * Percent of the target that is reached: value / target, or target / value where less is better. A value that reaches
 * the target has 100 % even where no quotient can be formed. Null without a benchmark, and where the quotient is beyond
 * the range of doubles.
 */
function reached(value: number, { target, direction }: Indicator): number | null {
  if (target === null) return null;
  if (direction === -1) {
    if (value <= target) return 100;
    return target < 0 ? null : (target / value) * 100;
  }
  if (value >= target) return 100;
  const percent = target <= 0 ? null : (value / target) * 100;
  return percent === null || Number.isFinite(percent) ? percent : null;
}

function judge(
  unit: string,
  period: string,
  indicator: Indicator,
  observation: Observation | undefined,
): Result {
  const bare = { level: 'indicator', unit, code: indicator.code, period } as const;
  const value = observation?.value ?? null;
  if (observation?.standing === 'not_applicable') return result({ ...bare, status: 'not_applicable' });
  if (value === null || indicator.unknownDirection !== null)
    return result({ ...bare, value, status: 'not_reported', coverage: 0 });
  const percent = reached(value, indicator);
  const band = percent === null ? undefined : bands.find(({ from }) => percent >= from);
  if (percent === null || band === undefined)
    return result({ ...bare, value, status: 'no_benchmark', coverage: 0 });
  return result({
    ...bare,
    value,
    score: band.points,
    status: band.name,
    coverage: 1,
    reasoning: {
      inputs: { value, target: indicator.target, percent },
      formula: indicator.direction === -1 ? 'target / value × 100' : 'value / target × 100',
      reason: {
        en: `${percent} % of the target: ${band.points} points`,
        zh: `达到目标的${percent}%：${band.points}分`,
      },
      change: {
        en: 'points change at 33, 66 and 95 % of the target',
        zh: '达到目标的33%、66%、95%时分值变化',
      },
    },
  });
}

/** Percent of the possible points over the indicators that are reported and have a benchmark. */
function category(
  level: 'goal' | 'index',
  unit: string,
  code: string,
  period: string,
  points: readonly (number | null)[],
): Result {
  const known = points.filter((one) => one !== null);
  const sum = known.reduce((total, one) => total + one, 0);
  const score = known.length === 0 ? null : (sum / (mostPoints * known.length)) * 100;
  return result({
    level,
    unit,
    code,
    period,
    value: known.length === 0 ? null : sum,
    score,
    status: score === null ? 'not_reported' : (bands.find(({ from }) => score >= from)?.name ?? null),
    coverage: points.length === 0 ? null : known.length / points.length,
  });
}
