import {
  add,
  compare,
  decimal,
  magnitude,
  multiply,
  parseDecimal,
  type Rational,
  subtract,
  toDecimal,
  toFixed,
  toNumber,
} from '../model/index.ts';
import { type Derived, derivedFrom, landBeyondArea, landInputs } from './ei-land.ts';
import type { Method, MethodInput } from './method.ts';
import type { Observation } from './observation.ts';
import { checkMatch, once, panelOf } from './panel.ts';
import { type Outcome, type Result, result } from './result.ts';
import { competitionRanks } from './statistics.ts';

/** Sub-indices with their weights; the last two count against the index: 100 less their value enters. */
const parts = [
  {
    code: 'bio_abundance',
    weight: '0.35',
    against: false,
    names: ['生物丰度指数', 'bio', 'biological_abundance'],
  },
  { code: 'vegetation', weight: '0.25', against: false, names: ['植被覆盖指数', 'veg', 'vegetation_cover'] },
  {
    code: 'water_network',
    weight: '0.15',
    against: false,
    names: ['水网密度指数', 'water', 'water_network_density'],
  },
  { code: 'land_stress', weight: '0.15', against: true, names: ['土地胁迫指数', 'land'] },
  { code: 'pollution_load', weight: '0.10', against: true, names: ['污染负荷指数', 'pollution', 'poll'] },
] as const;

/** Level of the environmental restriction index: 2 lowers the grade by one, 3 also bars the two best grades. */
const restriction = { code: 'restriction', names: ['环境限制指数', 'environment_restriction'] } as const;

const grades = [
  { from: '75', cap: '74.9', en: 'excellent', zh: '优' },
  { from: '55', cap: '54.9', en: 'good', zh: '良' },
  { from: '35', cap: '34.9', en: 'fair', zh: '一般' },
  { from: '20', cap: '19.9', en: 'poor', zh: '较差' },
  { from: null, cap: null, en: 'bad', zh: '差' },
] as const;

const changes = [
  { below: '1', en: 'no clear change', zh: '无明显变化' },
  { below: '3', en: 'slight change', zh: '略微变化' },
  { below: '8', en: 'clear change', zh: '明显变化' },
] as const;

/**
 * The ecological environment status index of the Chinese standard HJ 192-2015, from its sub-indices, or from the land cover,
 * water and stress that four of them are made of; exact decimals.
 */
export const eiHj1922015: Method = {
  id: 'ei-hj192-2015',
  version: '1.1.0',
  name: { en: 'Ecological environment status index (HJ 192-2015)', zh: '生态环境状况指数（HJ 192-2015）' },
  source: 'HJ 192-2015, Technical criterion for ecosystem status evaluation; replayed on Nantong 2017',
  checked: 'replayed',
  needs: [],
  options: [],
  run,
};

function run({ indicators, observations }: MethodInput): Outcome {
  const findings = checkMatch(indicators, observations);
  const codeOf = ({ code, names }: { readonly code: string; readonly names: readonly string[] }) =>
    indicators.find((one) => one.code.toLowerCase() === code || names.includes(one.code.toLowerCase()))
      ?.code ?? null;
  const own = parts.map((part) => {
    const code = codeOf(part);
    return { part, code, derived: code === null ? derivedFrom(part.code, indicators) : null };
  });
  const lacking = own.filter(({ code, derived }) => code === null && derived === null);
  for (const { part } of lacking)
    findings.push({
      rule: 'ei.no-indicator',
      severity: 'error',
      where: { file: indicators[0]?.where.file ?? 'codebook' },
      what: `the codebook has no sub-index '${part.code}'`,
      why: 'the index is a sum over five sub-indices',
      mend: `name it ${[part.code, ...part.names].join(' or ')}${part.code === 'pollution_load' ? '' : `, or give what it is made of: ${landInputs.join(', ')}`}`,
    });
  if (lacking.length > 0) return { results: [], findings };
  const limit = codeOf(restriction);
  const panel = panelOf(observations);
  const periods = [...new Set(observations.map(({ period }) => period))].sort();
  const results: Result[] = [];
  const last = new Map<string, Rational>();
  for (const period of periods) {
    const indices: Result[] = [];
    for (const unit of panel.units) {
      const read = (code: string | null) =>
        code === null ? undefined : panel.series(unit, code).find((one) => one.period === period);
      findings.push(...landBeyondArea(indicators, read));
      const inputs = new Set(own.flatMap(({ derived }) => derived?.codes ?? []));
      for (const code of inputs) results.push(inputResult(unit, period, code, read(code)));
      const values = own.map(({ part, code, derived }) => {
        const made = subIndexOf(unit, period, part, { code, derived }, read);
        results.push(made.result);
        return { part, value: made.value };
      });
      const level = read(limit)?.value ?? 0;
      const row = indexOf(unit, period, values, level, last.get(unit) ?? null);
      if (row.index !== null) last.set(unit, row.index);
      indices.push(row.result);
    }
    const ranks = competitionRanks(indices.map(({ score }) => score));
    results.push(...indices.map((index, at) => ({ ...index, rank: ranks[at] ?? null })));
  }
  return { results, findings: once(findings) };
}

type Part = (typeof parts)[number];

/** One input of a sub-index that is made from land cover. */
function inputResult(unit: string, period: string, code: string, own: Observation | undefined): Result {
  const value = own?.value ?? null;
  return result({
    level: 'indicator',
    unit,
    code,
    period,
    value,
    status: value === null ? 'missing' : (own?.standing ?? 'missing'),
    coverage: value === null ? 0 : 1,
  });
}

/** A sub-index as it is given, or made from what it is made of. */
function subIndexOf(
  unit: string,
  period: string,
  part: Part,
  { code, derived }: { readonly code: string | null; readonly derived: Derived | null },
  read: (code: string | null) => Observation | undefined,
): { value: Rational | null; result: Result } {
  const given = read(code);
  const value =
    derived !== null ? derived.value(read) : given === undefined ? null : parseDecimal(given.text);
  const there = derived === null ? (given?.standing ?? 'missing') : 'derived';
  return {
    value,
    result: result({
      level: derived === null ? 'indicator' : 'goal',
      unit,
      code: code ?? part.code,
      period,
      value: value === null ? null : toNumber(value),
      score: value === null ? null : toNumber(part.against ? subtract(decimal('100'), value) : value),
      status: value === null ? 'missing' : there,
      coverage: value === null ? 0 : 1,
    }),
  };
}

function indexOf(
  unit: string,
  period: string,
  values: readonly { part: Part; value: Rational | null }[],
  level: number,
  before: Rational | null,
): { result: Result; index: Rational | null } {
  const known = values.filter(({ value }) => value !== null).length;
  const bare = { level: 'index', unit, code: 'EI', period, coverage: known / parts.length } as const;
  if (known < parts.length) return { index: null, result: result({ ...bare, status: 'insufficient_data' }) };
  const sum = values.reduce((total, { part, value }) => {
    const own = value ?? decimal('0');
    const entry = part.against ? subtract(decimal('100'), own) : own;
    return add(total, multiply(decimal(part.weight), entry));
  }, decimal('0'));
  const index = restricted(sum, level);
  const grade = gradeOf(index);
  const change = before === null ? null : subtract(index, before);
  return {
    index,
    result: result({
      ...bare,
      value: Number(toFixed(index, 2)),
      score: toNumber(index),
      status: grade.zh,
      reasoning: {
        inputs: {
          ...Object.fromEntries(
            values.map(({ part, value }) => [part.code, value === null ? null : toDecimal(value)]),
          ),
          restriction: level,
          change: change === null ? null : toDecimal(change),
        },
        formula:
          '0.35 × biological abundance + 0.25 × vegetation + 0.15 × water network + 0.15 × (100 − land stress) + 0.10 × (100 − pollution load), lowered by the restriction',
        reason: {
          en: `${toDecimal(index)}: ${grade.en}${change === null ? '' : `; ${changeOf(change).en} since the period before`}`,
          zh: `${toDecimal(index)}：${grade.zh}${change === null ? '' : `；较上期${changeOf(change).zh}`}`,
        },
        change: { en: 'grades change at 75, 55, 35 and 20', zh: '等级界限为75、55、35、20' },
      },
    }),
  };
}

function gradeOf(index: Rational): (typeof grades)[number] {
  return grades.find(({ from }) => from === null || compare(index, decimal(from)) >= 0) ?? grades[4];
}

/** Level 2 drops the grade by one; level 3 drops it too and leaves at most "fair". */
function restricted(index: Rational, level: number): Rational {
  if (level < 2) return index;
  const { cap } = gradeOf(index);
  const dropped = cap === null ? index : decimal(cap);
  const fair = decimal('54.9');
  return level >= 3 && compare(dropped, fair) > 0 ? fair : dropped;
}

function changeOf(change: Rational) {
  const size = magnitude(change);
  return (
    changes.find(({ below }) => compare(size, decimal(below)) < 0) ?? { en: 'marked change', zh: '显著变化' }
  );
}
