import type { Standard } from '../../assess/index.ts';
import { formatValue } from '../../language/index.ts';
import type { Language } from '../../model/index.ts';

type Test = Standard['criteria'][number]['tests'][number];

const sign = { '>=': '≥', '<=': '≤', '>': '>', '<': '<', '=': '=' } as const;

/** What a test of a standard asks, in words: `≥ 40 %`, `mountain ≥ 70 %, hill ≥ 40 %`, `better than the year before`. */
export function ruleText({ rule, unit }: Test, standard: Standard, language: Language): string {
  const zh = language === 'zh';
  const bound = (comparator: keyof typeof sign, value: string): string => {
    const decimals = value.includes('.') ? value.length - value.indexOf('.') - 1 : 0;
    return `${sign[comparator]} ${unit === undefined ? value : formatValue({ value, unit, decimals }, language)}`;
  };
  switch (rule.kind) {
    case 'threshold':
      return bound(rule.comparator, rule.value);
    case 'by-attribute': {
      const attribute = standard.attributes.find(({ id }) => id === rule.attribute);
      return Object.entries(rule.values)
        .map(([value, limit]) => {
          const name = attribute?.values.find(({ id }) => id === value)?.name[language] ?? value;
          return `${name} ${bound(rule.comparator, limit)}`;
        })
        .join(zh ? '；' : '; ');
    }
    case 'relative':
      return zh
        ? `${sign[rule.comparator]} ${rule.factor === '1' ? '' : `${rule.factor} × `}对照值（${rule.to}）`
        : `${sign[rule.comparator]} ${rule.factor === '1' ? '' : `${rule.factor} × `}the value of ${rule.to}`;
    case 'task':
      return zh ? '完成上级下达的任务' : 'the task set by the level above is completed';
    case 'improve':
      return zh
        ? `连续${rule.years}年${rule.hold ? '保持或' : ''}${rule.direction === 'up' ? '提高' : '下降'}`
        : `${rule.hold ? 'no worse' : 'better'} than the year before, for ${rule.years} ${rule.years === 1 ? 'year' : 'years'} (${rule.direction})`;
    case 'share':
      return zh
        ? `达标的下级单位比例 ${sign[rule.comparator]} ${rule.value}%`
        : `share of sub-areas that pass ${sign[rule.comparator]} ${rule.value} %`;
    case 'evidence':
      return zh ? '以证据证明' : 'shown by evidence';
  }
}
