import {
  decimal,
  type Localized,
  multiply,
  type Rational,
  rational,
  toDecimal,
  toFixed,
} from '../model/index.ts';
import type { EvidenceBase, Opinion } from './evidence-base.ts';
import type { Comparator } from './indicator.ts';
import { compared, type Ground, isSaid, notShown, readValue, type Said, silent } from './judge-value.ts';
import { isProvisional } from './observation.ts';
import type { Test } from './standard.ts';
import type { Remark, TestVerdict } from './verdict.ts';

/** Judges one test in one period. Nothing that is absent is ever taken as met, or as zero. */
export function judgeTest(test: Test, period: string, base: EvidenceBase): TestVerdict {
  const ground = { test, period, base };
  const said = applies(ground) ?? judgeRule(ground);
  const remarks: Remark[] = [...said.remarks];
  if (test.standing === 'to-check')
    remarks.push({
      kind: 'to-check',
      text: {
        en: 'the requirement is stated from memory and must be checked against the standard',
        zh: '该要求凭记忆录入，须与标准原文核对',
      },
    });
  return { test: test.id, name: test.name, period, unit: test.unit ?? null, ...said, remarks };
}

function applies({ test, base }: Ground): Said | null {
  for (const [attribute, allowed] of Object.entries(test.when ?? {})) {
    const own = base.attributes.get(attribute);
    if (own === undefined)
      return {
        ...silent,
        verdict: 'not_shown',
        reason: {
          en: `it applies only for ${attribute} ${allowed.join(' or ')}, and the area declares no ${attribute}`,
          zh: `该项仅适用于${attribute}为${allowed.join(' 或 ')}的地区，而本地区未声明${attribute}`,
        },
        change: { en: `declare the attribute ${attribute}`, zh: `声明属性${attribute}` },
      };
    if (!allowed.includes(own))
      return {
        ...silent,
        verdict: 'not_applicable',
        reason: {
          en: `it applies only for ${attribute} ${allowed.join(' or ')}; the area has ${own}`,
          zh: `该项仅适用于${attribute}为${allowed.join(' 或 ')}的地区；本地区为${own}`,
        },
      };
  }
  return null;
}

function judgeRule(ground: Ground): Said {
  const { test, period, base } = ground;
  const { rule } = test;
  switch (rule.kind) {
    case 'evidence':
      return judgeOpinion(base.opinion(test.id, period));
    case 'threshold':
      return judgeValue(ground, rule.comparator, decimal(rule.value), {});
    case 'by-attribute':
      return judgeByAttribute(ground, rule.attribute, rule.comparator, rule.values);
    case 'relative':
      return judgeAgainst(ground, rule.comparator, rule.to, rule.factor);
    case 'task':
      return judgeAgainst(ground, rule.comparator, rule.task, '1');
    case 'improve':
      return judgeImprovement(ground, rule.direction, rule.years, rule.hold);
    case 'share':
      return judgeShare(ground, rule.comparator, decimal(rule.value));
  }
}

function judgeValue(
  ground: Ground,
  comparator: Comparator,
  threshold: Rational,
  inputs: Said['inputs'],
  alsoProvisional = false,
): Said {
  const { test, period } = ground;
  const found = readValue(ground, test.indicator ?? test.id, period);
  if (isSaid(found)) return found;
  return compared(ground, found.value, found.standing, comparator, threshold, inputs, alsoProvisional);
}

function judgeByAttribute(
  ground: Ground,
  attribute: string,
  comparator: Comparator,
  values: Readonly<Record<string, string>>,
): Said {
  const own = ground.base.attributes.get(attribute);
  const limit = own !== undefined && Object.hasOwn(values, own) ? values[own] : undefined;
  if (limit !== undefined)
    return judgeValue(ground, comparator, decimal(limit), { [attribute]: own ?? null });
  if (own !== undefined)
    return {
      ...silent,
      verdict: 'not_applicable',
      reason: { en: `no threshold for ${attribute} ${own}`, zh: `${attribute}为${own}时没有阈值` },
    };
  // The attribute is not known: a value that passes, or fails, under every threshold needs none.
  const branches = Object.values(values).map((one) => judgeValue(ground, comparator, decimal(one), {}));
  const [first] = branches;
  if (first === undefined) return notShown({ en: 'the rule has no threshold', zh: '该规则没有阈值' });
  if (branches.every(({ verdict }) => verdict === first.verdict)) return first;
  return {
    ...first,
    verdict: 'not_shown',
    threshold: null,
    margin: null,
    reason: {
      en: `the threshold depends on ${attribute} (${Object.entries(values)
        .map(([name, one]) => `${name} ${one}`)
        .join(', ')}), which the area does not declare`,
      zh: `阈值取决于${attribute}（${Object.entries(values)
        .map(([name, one]) => `${name} ${one}`)
        .join('，')}），本地区未声明`,
    },
    change: { en: `declare the attribute ${attribute}`, zh: `声明属性${attribute}` },
  };
}

/** Against another indicator: a national mean, or the task that was set from above. */
function judgeAgainst(ground: Ground, comparator: Comparator, other: string, factor: string): Said {
  const against = readValue(ground, other, ground.period);
  if (isSaid(against)) return against;
  const limit = multiply(against.value, decimal(factor));
  return judgeValue(
    ground,
    comparator,
    limit,
    { [other]: toDecimal(against.value) },
    isProvisional(against.standing),
  );
}

function judgeImprovement(ground: Ground, direction: 'up' | 'down', years: number, hold: boolean): Said {
  const { test, period } = ground;
  if (!/^\d{4}$/.test(period)) return notShown({ en: `'${period}' is no year`, zh: `“${period}”不是年份` });
  const indicator = test.indicator ?? test.id;
  const comparator: Comparator = direction === 'up' ? (hold ? '>=' : '>') : hold ? '<=' : '<';
  const inputs: Record<string, string> = {};
  let last: Said | null = null;
  for (let back = years - 1; back >= 0; back -= 1) {
    const year = Number(period) - back;
    const [now, before] = [year, year - 1].map((one) => readValue(ground, indicator, String(one)));
    if (now === undefined || before === undefined) break;
    if (isSaid(now)) return now;
    if (isSaid(before)) return before;
    inputs[`${indicator} ${year - 1}`] = toDecimal(before.value);
    inputs[`${indicator} ${year}`] = toDecimal(now.value);
    const provisional = isProvisional(before.standing);
    last = compared(ground, now.value, now.standing, comparator, before.value, inputs, provisional);
    if (last.verdict === 'not_met') break;
  }
  return last ?? notShown({ en: 'no year to compare', zh: '没有可比年份' });
}

function judgeShare(ground: Ground, comparator: Comparator, threshold: Rational): Said {
  const parts = ground.base.parts(ground.test.id, ground.period);
  if (parts === null || parts.total <= 0)
    return notShown({ en: 'the parts that pass are not told', zh: '未说明达标的下级单位' });
  const share = multiply(rational(BigInt(parts.passing), BigInt(parts.total)), rational(100n));
  const said = compared(ground, share, parts.standing, comparator, threshold, {}, false);
  const text = toFixed(share, 1);
  return {
    ...said,
    inputs: { passing: String(parts.passing), total: String(parts.total), threshold: toDecimal(threshold) },
    formula: `passing / total × 100 ${comparator} ${toDecimal(threshold)}`,
    reason: {
      en: `${parts.passing} of ${parts.total} (${text} %) is ${said.verdict === 'not_met' ? 'not ' : ''}${comparator} ${toDecimal(threshold)} %`,
      zh: `${parts.total}个中有${parts.passing}个（${text}%），${said.verdict === 'not_met' ? '不满足' : '满足'} ${comparator} ${toDecimal(threshold)}%`,
    },
  };
}

const opinionTexts: Readonly<Record<Opinion['standing'], Localized>> = {
  shown: { en: 'shown by evidence', zh: '有证据证明' },
  'shown-in-part': { en: 'shown only in part', zh: '仅部分得到证明' },
  claimed: { en: 'claimed, without evidence', zh: '仅有陈述，没有证据' },
  contradicted: { en: 'contradicted by other statements', zh: '与其他陈述相矛盾' },
  'not-shown': { en: 'not shown', zh: '未证明' },
};

function judgeOpinion(opinion: Opinion | null): Said {
  const standing = opinion?.standing ?? 'not-shown';
  return {
    ...silent,
    verdict: standing === 'shown' ? 'met' : 'not_shown',
    inputs: { opinion: standing },
    formula: 'opinion of the assessor on the evidence',
    reason: opinion === null ? { en: 'nothing was handed in', zh: '未提交任何材料' } : opinionTexts[standing],
    change:
      standing === 'shown' ? null : { en: 'evidence that shows the whole of it', zh: '提交能完整证明的证据' },
    remarks:
      opinion === null || opinion.evidence === null ? [] : [{ kind: 'evidence', text: opinion.evidence }],
  };
}
