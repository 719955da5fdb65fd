import type { Finding } from '../model/index.ts';
import type { Indicator } from './indicator.ts';
import { type Method, type MethodInput, setting } from './method.ts';
import { checkMatch, once, type Panel, panelOf } from './panel.ts';
import { type Outcome, type Result, result } from './result.ts';
import { competitionRanks, mean } from './statistics.ts';
import { type Node, treeOf } from './tree.ts';

/** Distance to targets in standard deviations of the units compared, as the OECD measures it. */
export const oecdDistance: Method = {
  id: 'oecd-distance',
  version: '1.1.0',
  name: { en: 'OECD distance to targets', zh: '经合组织目标距离法' },
  source:
    'OECD, Measuring distance to the SDG targets (2017–2022); the standardisation is to be checked against an edition; units of the table stand for the OECD countries',
  checked: 'to-check',
  needs: ['target', 'direction'],
  options: [
    {
      name: 'deviation',
      values: ['sample', 'population'],
      preset: 'sample',
      tells: 'whether the standard deviation divides by n − 1 or by n',
    },
  ],
  run,
};

function run(input: MethodInput): Outcome {
  const { indicators, observations } = input;
  const lost = setting(input, 'deviation') === 'sample' ? 1 : 0;
  const findings = checkMatch(indicators, observations);
  const tree = treeOf(indicators);
  findings.push(...tree.findings);
  const panel = panelOf(observations);
  const spread = new Map(
    indicators.map((indicator) => [indicator.code, spreadOf(indicator, panel, lost, findings)]),
  );
  const results: Result[] = [];
  const indices: Result[] = [];
  for (const unit of panel.units) {
    const visit = (node: Node): number | null => {
      if (node.indicator !== null) {
        const row = judge(unit, node.indicator, panel, spread.get(node.code) ?? null);
        results.push(row);
        return row.score;
      }
      const parts = node.parts.map(visit);
      const known = parts.filter((part) => part !== null);
      const score = mean(known);
      if (node.level === 'goal')
        results.push(
          whole('goal', unit, node.code, score, parts.length === 0 ? null : known.length / parts.length),
        );
      return score;
    };
    const tops = tree.tops.map(visit);
    const known = tops.filter((top) => top !== null);
    const [only] = tree.tops;
    indices.push(
      whole(
        'index',
        unit,
        only?.level === 'index' ? only.code : 'index',
        mean(known),
        known.length / tops.length,
      ),
    );
  }
  const ranks = competitionRanks(
    indices.map(({ score }) => score),
    -1,
  );
  results.push(...indices.map((index, at) => ({ ...index, rank: ranks[at] ?? null })));
  return { results, findings: once(findings) };
}

function whole(
  level: 'goal' | 'index',
  unit: string,
  code: string,
  score: number | null,
  coverage: number | null,
) {
  const status = score === null ? 'not_available' : score === 0 ? 'reached' : 'distance';
  return result({ level, unit, code, period: '', value: score, score, status, coverage });
}

/** Standard deviation of the latest values, over their number less `lost`; null, with a finding, where units do not differ. */
function spreadOf(
  { code, where, target }: Indicator,
  panel: Panel,
  lost: number,
  findings: Finding[],
): number | null {
  const values = panel.units.flatMap(
    (unit) => panel.series(unit, code).findLast(({ value }) => value !== null)?.value ?? [],
  );
  const centre = mean(values);
  const deviation =
    centre === null || values.length < 2
      ? 0
      : Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - lost));
  if (deviation > 0) return deviation;
  if (values.length > 0 && target !== null)
    findings.push({
      rule: 'oecd.zero-range',
      severity: 'error',
      where,
      what:
        values.length === 1
          ? `'${code}' has a value for one unit only: there is no spread to measure by`
          : `the values of '${code}' do not differ: there is no spread to measure by`,
      why: 'the distance is counted in standard deviations of the units compared',
      mend: 'compare at least two units that differ, or use a method that needs no comparison',
    });
  return null;
}

function judge(unit: string, indicator: Indicator, panel: Panel, spread: number | null): Result {
  const observation = panel.series(unit, indicator.code).findLast(({ value }) => value !== null);
  const value = observation?.value ?? null;
  const { target, direction } = indicator;
  const bare = {
    level: 'indicator',
    unit,
    code: indicator.code,
    period: observation?.period ?? '',
    value,
  } as const;
  if (value === null || target === null || direction === null)
    return result({ ...bare, status: 'not_available', coverage: 0 });
  const gap = direction === 0 ? Math.abs(target - value) : Math.max(0, direction * (target - value));
  if (gap > 0 && spread === null) return result({ ...bare, status: 'not_available', coverage: 0 });
  const score = gap === 0 || spread === null ? 0 : gap / spread;
  return result({
    ...bare,
    score,
    status: score === 0 ? 'reached' : 'distance',
    coverage: 1,
    reasoning: {
      inputs: { value, target, standard_deviation: spread },
      formula: '(target − value) / standard deviation of the units, 0 when the target is met',
      reason: {
        en: score === 0 ? 'the target is met' : `${score.toFixed(2)} standard deviations to go`,
        zh: score === 0 ? '已达到目标' : `距目标${score.toFixed(2)}个标准差`,
      },
      change: score === 0 ? null : { en: `the value ${target}`, zh: `数值达到${target}` },
    },
  });
}
