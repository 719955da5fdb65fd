import type { Finding } from '../model/index.ts';
import type { FieldFault } from './form.ts';

/** What a reader of Chinese is told of a finding: what is wrong and how to mend it. */
export interface ToldInChinese {
  readonly what: string;
  readonly mend: string;
}

/** A finding of a table of records, in both languages. */
export interface TableFault extends Finding {
  readonly zh: ToldInChinese;
}

/** The rules of the store and of records, as a reader of Chinese is told them. */
const rules: Readonly<Record<string, ToldInChinese>> = {
  'flow.uncovered': { what: '转出量超过持有量', mend: '请先登记其收到的数量，或更正数量' },
  'flow.quantity': { what: '数量无法计算，或小于零', mend: '请补全或更正计算所依据的数量' },
  'flow.item': { what: '不是本登记的品类', mend: '请选择已声明的品类' },
  'flow.holder': { what: '持有方未登记', mend: '请登记该持有方，或更正其名称、区域' },
  'flow.moves': { what: '转出方与转入方相同', mend: '请更正其中一方' },
  'serial.held': { what: '序列号不在该账户中', mend: '请填写该账户持有的号段' },
  'case.step': { what: '现在不能办理这一步', mend: '请重新打开本件查看' },
  'case.taken': { what: '他人已先办理', mend: '请重新打开本件后再办理' },
  'log.moved': { what: '他人同时提交了记录', mend: '请重新提交' },
  'record.exists': { what: '该记录已经存在', mend: '请改用其他编号' },
  'register.exists': { what: '该编号已经登记', mend: '请在已有记录中办理，或改用其他编号' },
  'register.step': { what: '现在不能办理这一步', mend: '请重新打开本件查看' },
  'register.reference': { what: '没有所引用的记录', mend: '请先登记，或改用已有编号' },
  'register.future': { what: '时间晚于现在', mend: '请更正时间' },
  'register.needs': { what: '不满足办理条件', mend: '请更正填写内容，或先完成前置环节' },
  'register.replayed': { what: '该消息已经收到过', mend: '新内容请使用新的标识' },
  'form.field': { what: '填写有误', mend: '请更正' },
  'form.unit': { what: '单位不符', mend: '请按字段单位填写' },
};
const otherwise: ToldInChinese = { what: '提交的内容被拒绝', mend: '请更正后重新提交' };

/** A finding in Chinese, by its rule; `what`: what the rule itself said of the fault. */
export function inChinese({ rule, what: english }: Finding, what?: string): ToldInChinese {
  const told = rules[rule] ?? { ...otherwise, what: `${otherwise.what}（${english}）` };
  return { ...told, what: what ?? told.what };
}

/** Findings of the store as what is said beside a form. */
export function faultsOf(findings: readonly Finding[]): readonly FieldFault[] {
  return findings.map((finding) => {
    const { what, mend } = inChinese(finding);
    return { field: '', says: { en: `${finding.what} (${finding.mend})`, zh: `${what}（${mend}）` } };
  });
}
