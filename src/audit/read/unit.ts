import { decimal, divide, type Rational } from '../../model/index.ts';
import type { Token } from './token.ts';
import { unitForms } from './units.ts';

export interface ReadUnit {
  readonly code: string;
  readonly dimension: string;
  readonly factor: Rational;
  /** Index of the token after the unit. */
  readonly to: number;
  /** Characters of token `to - 1` that belong to the unit, when it is a run of Chinese. */
  readonly end: number;
}

interface Form {
  readonly words: readonly string[];
  readonly code: string;
  readonly dimension: string;
  readonly factor: Rational;
}

const latin = new Map<string, Form[]>();
const chinese: { text: string; form: Form }[] = [];

export function fractionOf(text: string): Rational {
  const [n = '1', d] = text.split('/');
  return d === undefined ? decimal(n) : divide(decimal(n), decimal(d));
}

for (const { code, dimension, factor, forms } of unitForms)
  for (const text of forms) {
    const form = { words: text.split(' '), code, dimension, factor: fractionOf(factor) };
    if (/\p{Script=Han}/u.test(text)) chinese.push({ text, form });
    else {
      const first = form.words[0] ?? '';
      latin.set(first, [...(latin.get(first) ?? []), form]);
    }
  }
for (const forms of latin.values()) forms.sort((a, b) => b.words.length - a.words.length);
chinese.sort((a, b) => b.text.length - a.text.length);

/** Abbreviations whose capitals matter: `m` is a meter, `M` a million; `t` a ton, `T` a name. */
const lowerOnly = new Set(['m', 't', 'h', 'g', 'ha', 'mm', 'cm']);

function simple(tokens: readonly Token[], at: number): ReadUnit | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.kind === 'han') return null;
  if (token.text === '$') return latex(tokens, at);
  if (lowerOnly.has(token.lower) && token.text !== token.lower) return null;
  const power = tokens[at + 1];
  const exponent = tokens[at + 2];
  if (power?.text === '^' && (exponent?.text === '2' || exponent?.text === '3')) {
    const form = (latin.get(`${token.lower}${exponent.text}`) ?? [])[0];
    if (form !== undefined) return found(form, tokens, at + 3);
  }
  for (const form of latin.get(token.lower) ?? []) {
    if (form.words.every((word, index) => tokens[at + index]?.lower === word))
      return found(form, tokens, at + form.words.length);
  }
  return null;
}

const found = ({ code, dimension, factor }: Form, tokens: readonly Token[], to: number): ReadUnit => ({
  code,
  dimension,
  factor,
  to,
  end: tokens[to - 1]?.end ?? 0,
});

/** `$\mu\text{g}/\text{m}^3$` as converters of PDF write it: the letters and exponents are the unit. */
function latex(tokens: readonly Token[], at: number): ReadUnit | null {
  let letters = '';
  for (let index = at + 1; index < Math.min(tokens.length, at + 24); index += 1) {
    const token = tokens[index];
    if (token === undefined) return null;
    if (token.text === '$') {
      const unit = letters.replace('^', '');
      const [top = '', bottom] = unit.split('/');
      const above = (latin.get(top) ?? [])[0];
      const below = bottom === undefined ? undefined : (latin.get(bottom) ?? [])[0];
      if (above === undefined) return null;
      return {
        code: bottom === undefined ? above.code : `${above.code}/${below?.code ?? bottom}`,
        dimension: bottom === undefined ? above.dimension : `${above.dimension}/${below?.code ?? bottom}`,
        factor: above.factor,
        to: index + 1,
        end: token.end,
      };
    }
    if (token.lower === 'mu') letters += 'µ';
    else if (token.lower !== 'text' && token.lower !== 'mathrm' && !/[\\{}]/.test(token.text))
      letters += token.lower;
  }
  return null;
}

/** The unit that begins at token `at`, with its base when it is a rate. Chinese units are cut from their run. */
export function unitAt(tokens: readonly Token[], at: number, offset = 0): ReadUnit | null {
  const token = tokens[at];
  if (token === undefined) return null;
  if (token.kind === 'han') {
    const rest = token.text.slice(offset);
    const hit = chinese.find(({ text }) => rest.startsWith(text));
    if (hit === undefined) return null;
    const { code, dimension, factor } = hit.form;
    const base = { code, dimension, factor, to: at + 1, end: token.start + offset + hit.text.length };
    return withBase(tokens, base, rest.length === hit.text.length);
  }
  const hyphened = token.text === '-' ? at + 1 : at;
  const base = simple(tokens, hyphened);
  return base === null ? null : withBase(tokens, base, true);
}

const bases = new Set([
  'day',
  'year',
  'hour',
  'person',
  'capita',
  'household',
  'session',
  'second',
  'sec',
  'month',
  'h',
  'd',
  'a',
  '人',
  '天',
  '日',
  '年',
  '小时',
  '户',
]);

function withBase(tokens: readonly Token[], unit: ReadUnit, whole: boolean): ReadUnit {
  if (!whole) return unit;
  const slash = tokens[unit.to];
  if (slash === undefined || (slash.text !== '/' && slash.lower !== 'per')) return unit;
  const next = tokens[unit.to + 1];
  if (next === undefined) return unit;
  let at = unit.to + 1;
  let amount = '';
  if (next.kind === 'number') {
    amount = `${next.text.replaceAll(',', '')} `;
    at += 1;
  } else if (next.lower === 'ten' && tokens[at + 1]?.lower === 'thousand') {
    amount = '10000 ';
    at += 2;
  } else if (next.kind === 'han' && next.text.startsWith('万')) amount = '10000 ';
  const below = tokens[at];
  if (below === undefined) return unit;
  const read =
    simple(tokens, at) ??
    (amount !== '' && below.kind === 'han' ? unitAt(tokens, at, 1) : unitAt(tokens, at));
  const hanBase =
    below.kind === 'han'
      ? ['小时', '人', '天', '日', '年', '户'].find((word) => below.text.startsWith(word))
      : undefined;
  const named = read?.code ?? hanBase ?? (bases.has(below.lower) ? below.lower : null);
  if (named === null) return unit;
  const to = read?.to ?? at + 1;
  return {
    code: `${unit.code}/${amount}${named}`,
    dimension: `${unit.dimension}/${amount}${named}`,
    factor: unit.factor,
    to,
    end: read?.end ?? (hanBase === undefined ? below.end : below.start + hanBase.length),
  };
}
