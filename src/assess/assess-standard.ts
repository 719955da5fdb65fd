import type { Localized } from '../model/index.ts';
import type { EvidenceBase } from './evidence-base.ts';
import { judgeTest } from './judge-test.ts';
import type { Standard, StandardCriterion } from './standard.ts';
import { type TestVerdict, type VerdictKind, worstOf } from './verdict.ts';

/** The verdict on one criterion in one period, with those of its tests. */
export interface CriterionVerdict {
  readonly criterion: string;
  readonly name: Localized;
  readonly kind: StandardCriterion['kind'];
  readonly group: string;
  readonly period: string;
  readonly verdict: VerdictKind;
  readonly tests: readonly TestVerdict[];
}

/** How the tests of a period came out. */
export interface Tally {
  readonly met: number;
  readonly met_provisional: number;
  readonly not_met: number;
  readonly not_shown: number;
  readonly not_applicable: number;
}

/** The verdict on a whole standard in one period. */
export interface PeriodVerdict {
  readonly period: string;
  /** Of the basic conditions and binding indicators: all must be met. */
  readonly verdict: VerdictKind;
  readonly criteria: readonly CriterionVerdict[];
  /** Tests by verdict, over all criteria. */
  readonly tests: Tally;
  readonly criteriaTally: Tally;
  readonly reason: Localized;
}

/** An assessment of one area against one standard, with all that is needed to repeat it. */
export interface StandardAssessment {
  readonly standard: { readonly id: string; readonly version: string; readonly status: Standard['status'] };
  readonly engine: 'rule-engine 1.0.0';
  readonly periods: readonly PeriodVerdict[];
}

/**
 * Assesses an area against a standard for each of the periods. Pure: the same standard and evidence give the same
 * verdicts. Values stand in `base` as exact decimals; nothing is rounded before it is compared.
 */
export function assessStandard(
  standard: Standard,
  base: EvidenceBase,
  periods: readonly string[],
): StandardAssessment {
  return {
    standard: { id: standard.id, version: standard.version, status: standard.status },
    engine: 'rule-engine 1.0.0',
    periods: periods.map((period) => assessPeriod(standard, base, period)),
  };
}

function assessPeriod(standard: Standard, base: EvidenceBase, period: string): PeriodVerdict {
  const criteria = standard.criteria.map((criterion): CriterionVerdict => {
    const tests = criterion.tests.map((test) => judgeTest(test, period, base));
    return {
      criterion: criterion.id,
      name: criterion.name,
      kind: criterion.kind,
      group: criterion.group,
      period,
      verdict: worstOf(tests.map(({ verdict }) => verdict)),
      tests,
    };
  });
  const decisive = criteria.filter(({ kind }) => kind !== 'reference');
  const verdict = worstOf(decisive.map((criterion) => criterion.verdict));
  return {
    period,
    verdict,
    criteria,
    tests: tally(criteria.flatMap(({ tests }) => tests.map((test) => test.verdict))),
    criteriaTally: tally(criteria.map((criterion) => criterion.verdict)),
    reason: reasonOf(decisive),
  };
}

function tally(verdicts: readonly VerdictKind[]): Tally {
  const count = (kind: VerdictKind) => verdicts.filter((verdict) => verdict === kind).length;
  return {
    met: count('met'),
    met_provisional: count('met_provisional'),
    not_met: count('not_met'),
    not_shown: count('not_shown'),
    not_applicable: count('not_applicable'),
  };
}

function reasonOf(decisive: readonly CriterionVerdict[]): Localized {
  const of = (kind: VerdictKind) => decisive.filter(({ verdict }) => verdict === kind).length;
  const applicable = decisive.length - of('not_applicable');
  return {
    en: `of ${applicable} basic conditions and binding criteria ${of('met')} are met, ${of('met_provisional')} on provisional data, ${of('not_met')} not met, ${of('not_shown')} not shown`,
    zh: `${applicable}项基本条件和约束性指标中，${of('met')}项达标，${of('met_provisional')}项按初步数据达标，${of('not_met')}项未达标，${of('not_shown')}项未证明`,
  };
}
