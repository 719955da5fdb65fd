import {
  divide,
  type Localized,
  multiply,
  type Rational,
  rational,
  subtract,
  toDecimal,
  toFixed,
} from '../model/index.ts';
import { holds, inUnit, marginOf } from './compare-exact.ts';
import type { EvidenceBase } from './evidence-base.ts';
import type { Comparator } from './indicator.ts';
import { isProvisional, type Standing } from './observation.ts';
import type { Test } from './standard.ts';
import type { Remark, TestVerdict, VerdictKind } from './verdict.ts';

/** What every kind of rule is judged with. */
export interface Ground {
  readonly test: Test;
  readonly period: string;
  readonly base: EvidenceBase;
}

export type Said = Omit<TestVerdict, 'test' | 'name' | 'period' | 'unit'>;

export const silent = {
  value: null,
  threshold: null,
  margin: null,
  inputs: {},
  formula: '',
  change: null,
  remarks: [],
} as const;

export const notShown = (reason: Localized, inputs: Said['inputs'] = {}): Said => ({
  ...silent,
  inputs,
  verdict: 'not_shown',
  reason,
  change: { en: 'hand in the value with its source', zh: '提交数值及其来源' },
});

/** The value of an indicator in a period, in the unit of the test. */
export function readValue(
  ground: Ground,
  indicator: string,
  period: string,
): { value: Rational; standing: Standing } | Said {
  const { test, base } = ground;
  const fact = base.fact(indicator, period);
  if (fact?.standing === 'not_applicable')
    return {
      ...silent,
      verdict: 'not_applicable',
      reason: { en: `${indicator} does not apply in ${period}`, zh: `${period}年${indicator}不适用` },
    };
  if (fact === null || fact.value === null)
    return notShown(
      indicator === test.indicator
        ? { en: `no value for ${period}`, zh: `缺少${period}年的数值` }
        : { en: `no value of ${indicator} for ${period}`, zh: `缺少${indicator} ${period}年的数值` },
    );
  const value = inUnit(fact.value, fact.unit, test.unit ?? null);
  if (value === null)
    return notShown(
      {
        en: `${fact.value} ${fact.unit ?? ''} cannot be stated in ${test.unit ?? 'the unit of the test'}`,
        zh: `${fact.value} ${fact.unit ?? ''}不能换算为${test.unit ?? '本项单位'}`,
      },
      { [indicator]: fact.value },
    );
  return { value, standing: fact.standing };
}

export const isSaid = (one: { value: Rational } | Said): one is Said => 'verdict' in one;

export function compared(
  ground: Ground,
  value: Rational,
  standing: Standing,
  comparator: Comparator,
  threshold: Rational,
  inputs: Said['inputs'],
  alsoProvisional: boolean,
): Said {
  const met = holds(value, comparator, threshold);
  const provisional = alsoProvisional || isProvisional(standing);
  const margin = marginOf(value, comparator, threshold);
  const [own, limit] = [toDecimal(value), toDecimal(threshold)];
  const verdict: VerdictKind = !met ? 'not_met' : provisional ? 'met_provisional' : 'met';
  const remarks: Remark[] = [];
  if (met && margin.n === 0n && comparator !== '=')
    remarks.push({
      kind: 'at-the-limit',
      text: { en: 'exactly at the threshold: no margin', zh: '恰好等于阈值，无余量' },
    });
  if (provisional)
    remarks.push({ kind: 'provisional', text: { en: 'the value is not final', zh: '该数值不是最终数' } });
  const worse = worseThanBefore(ground, value, comparator);
  if (worse !== null) remarks.push(worse);
  return {
    verdict,
    value: own,
    threshold: limit,
    margin: toDecimal(margin),
    inputs: { [ground.test.indicator ?? ground.test.id]: own, threshold: limit, standing, ...inputs },
    formula: `value ${comparator} ${limit}`,
    reason: {
      en: `${shortly(value)} is ${met ? '' : 'not '}${signOf[comparator]} ${shortly(threshold)}`,
      zh: `${shortly(value)}${met ? '满足' : '不满足'} ${signOf[comparator]} ${shortly(threshold)}`,
    },
    change: changeOf(verdict, comparator, shortly(threshold)),
    remarks,
  };
}

/** Comparators as a reader knows them. */
const signOf: Readonly<Record<Comparator, string>> = {
  '>=': '≥',
  '<=': '≤',
  '>': '>',
  '<': '<',
  '=': '=',
};

/** An exact value as it is said in a sentence: whole when it is short, otherwise to four places. */
function shortly(value: Rational): string {
  const whole = toDecimal(value);
  return whole.length <= 12 ? whole : toFixed(value, 4);
}

function changeOf(verdict: VerdictKind, comparator: Comparator, limit: string): Localized {
  if (verdict === 'not_met')
    return {
      en: `a value ${signOf[comparator]} ${limit} would meet it`,
      zh: `数值${signOf[comparator]} ${limit}即达标`,
    };
  if (verdict === 'met_provisional') return { en: 'a final value that confirms it', zh: '以最终数确认' };
  return {
    en: `a value not ${signOf[comparator]} ${limit} would lose it`,
    zh: `数值不再${signOf[comparator]} ${limit}即不达标`,
  };
}

/** Tells when a value is worse than that of the year before, in percent of it. */
function worseThanBefore(ground: Ground, value: Rational, comparator: Comparator): Remark | null {
  if (comparator === '=' || !/^\d{4}$/.test(ground.period)) return null;
  const before = readValue(
    ground,
    ground.test.indicator ?? ground.test.id,
    String(Number(ground.period) - 1),
  );
  if (isSaid(before) || before.value.n === 0n) return null;
  const rise = comparator === '>=' || comparator === '>' ? 1n : -1n;
  const change = divide(subtract(value, before.value), before.value);
  if (change.n * rise * (before.value.n < 0n ? -1n : 1n) >= 0n) return null;
  const percent = toFixed(multiply(change, rational(change.n < 0n ? -100n : 100n)), 1);
  return {
    kind: 'worse-than-before',
    text: {
      en: `${percent} % worse than the year before (${shortly(before.value)})`,
      zh: `比上年（${shortly(before.value)}）差${percent}%`,
    },
  };
}
