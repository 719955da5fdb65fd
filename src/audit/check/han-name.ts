import type { Reading } from '../read/reading.ts';
import { type Block, placeIn } from '../text.ts';
import { emptyReport, type Report } from './report.ts';

interface Name {
  readonly block: Block;
  readonly at: number;
  readonly stem: string;
  readonly kind: string;
}

const kinds =
  '产业园|工业园|科技园|科技城|物流园|开发区|示范区|园区|基地|公园|湿地|水库|大桥|污水处理厂|净水厂|水厂|电厂|街道|镇|乡';
const form = new RegExp(`(\\p{Script=Han}{3,8})(${kinds})(?!\\p{Script=Han}{0,1}(?:园|城|区))`, 'gu');

/** Words of grammar and common verbs before a name; what stands before them is no part of it. */
const before =
  /^.*(?:[的在将把和与及至到从由为对被向等]|建设|建成|打造|推进|位于|成为|包括|以及|完成|启动|实施)/u;

const mostNames = 5000;

/** One place under two Chinese names a character apart: 大东联盟产业园, 大东盟产业园. */
export function checkHanNames(reading: Reading): Report {
  const report = emptyReport();
  const names = new Map<string, Name>();
  for (const block of reading.blocks) {
    if (block.kind === 'contents' || names.size > mostNames) continue;
    for (const match of block.text.matchAll(form)) {
      const [, words = '', kind = ''] = match;
      const stem = words.replace(before, '');
      if (stem.length < 3 || names.has(stem + kind)) continue;
      names.set(stem + kind, { block, at: match.index + words.length - stem.length, stem, kind });
    }
  }
  const byKind = new Map<string, Name[]>();
  for (const name of names.values()) byKind.set(name.kind, [...(byKind.get(name.kind) ?? []), name]);
  for (const group of byKind.values())
    for (const [index, one] of group.slice(0, 800).entries())
      for (const other of group.slice(index + 1, 800)) {
        if (!isSlip(one.stem, other.stem)) continue;
        report.findings.push({
          rule: 'name.spelling',
          places: [one, other].map(({ block, at, stem, kind }) =>
            placeIn(block, at, at + stem.length + kind.length),
          ),
          values: { one: one.stem + one.kind, other: other.stem + other.kind },
        });
      }
  return report;
}

/** Characters that tell two places of one name apart, or that a name may do without. */
const telling = /[东南西北中上下前后内外新老旧大小一二三四五六七八九十两甲乙丙市区县省镇乡村街路期号第\d]/u;

/** One character left out within the name; a name with another in its place may well be another name. */
function isSlip(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (long.length !== short.length + 1 || long.charAt(0) !== short.charAt(0)) return false;
  let at = 0;
  while (at < short.length && short.charAt(at) === long.charAt(at)) at += 1;
  return at < short.length && long.slice(at + 1) === short.slice(at) && !telling.test(long.charAt(at));
}
