import type { Finding } from '../../model/index.ts';
import { fill } from '../words.ts';
import type { PlanWords } from './words.ts';

const sentences: Readonly<Record<string, keyof PlanWords>> = {
  'yaml.value': 'e_value',
  'yaml.missing-key': 'e_missing',
  'unit.not-convertible': 'e_unit',
  'commitment.unknown-parent': 'e_parent',
  'commitment.period': 'e_period',
  'commitment.duplicate': 'e_twice',
  'plan-table.twice': 'e_twice',
  'text.character': 'e_character',
  'table.unknown-column': 'e_column',
  'table.duplicate-column': 'e_column',
  'table.missing-column': 'e_column',
  'table.ragged': 'e_column',
  'table.quote': 'e_quote',
  'plan-table.head': 'e_file',
  'xlsx.unreadable': 'e_file',
  'file.wrong-name': 'e_file',
  'file.too-large': 'e_file',
  'yaml.syntax': 'e_file',
  'yaml.empty': 'e_file',
};
const nouns: ReadonlySet<string> = new Set(['indicator', 'area', 'source', 'framework']);

/** A fault of a plan in the language of the page: where it is, and what is wrong. */
export function faultText({ rule, where, what }: Finding, w: PlanWords, isForm = false): string {
  const [noun = '', kind] = rule.split('.');
  const said =
    kind === 'unknown' && nouns.has(noun)
      ? fill(w.e_unknown, { noun: nounOf(noun, w) })
      : /loop|cycle|below/.test(rule)
        ? w.e_loop
        : (w[sentences[rule] ?? 'e_other'] ?? w.e_other);
  const place = [
    ...(isForm || where.row === undefined ? [] : [fill(w.row, { row: where.row })]),
    ...(where.column === undefined ? [] : [fill(w.column, { column: where.column })]),
  ].join(' · ');
  // What exactly is wrong names ids and values as they were typed; it is quoted as the check says it.
  return `${place === '' ? '' : `${place}: `}${said} (${what})`;
}

function nounOf(noun: string, w: PlanWords): string {
  if (noun === 'area') return w.n_area;
  if (noun === 'source') return w.n_source;
  return noun === 'framework' ? w.n_framework : w.n_indicator;
}
