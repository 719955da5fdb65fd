import type { UnitDefinition } from '../xmile/document.ts';

/** A unit as powers of base units: person/year is {person: 1, year: -1}. Factors (percent, thousand) are not kept. */
export type Unit = ReadonlyMap<string, number>;

export const dimensionless: Unit = new Map();

const none = new Set([
  '',
  '1',
  'dmnl',
  'dimensionless',
  'unitless',
  'fraction',
  'nil',
  'percent',
  '%',
  'ratio',
  'share',
]);

/**
 * Reads unit expressions (XMILE 1.0 §3.6) with a model's own names and aliases. Names compare without case, a plural
 * with its singular; `per` and `/` divide.
 */
export class UnitReader {
  readonly #aliases = new Map<string, string>();
  readonly #definitions = new Map<string, string>();

  constructor(definitions: readonly UnitDefinition[], timeUnits: string | undefined) {
    for (const { name, equation, aliases } of definitions) {
      const own = plain(name);
      for (const alias of aliases) this.#aliases.set(plain(alias), own);
      if (equation === undefined) continue;
      // `$` for Dollar is a sign, not a definition in other units.
      if (/^[^\w\s]+$/.test(equation)) this.#aliases.set(plain(equation), own);
      else if (plain(equation) !== own && plain(equation) !== '1') this.#definitions.set(own, equation);
    }
    if (timeUnits !== undefined) this.#aliases.set('time', this.#resolve(plain(timeUnits)));
  }

  /** The unit, or undefined where the text is not understood. */
  read(text: string, depth = 0): Unit | undefined {
    if (depth > 20 || text.length > 2000) return undefined;
    const pieces =
      text.replace(/\bper\b/gi, '/').match(/[*/^()·.-]|[^*/^()·\s]+(?:\s+[^*/^()·\s]+)*/gu) ?? [];
    let at = 0;
    const product = (level: number): Unit | undefined => {
      if (level > 20) return undefined;
      let unit = power(level);
      while (unit !== undefined && (pieces[at] === '*' || pieces[at] === '/' || pieces[at] === '·')) {
        const sign = pieces[at++] === '/' ? -1 : 1;
        const next = power(level);
        unit = next === undefined ? undefined : times(unit, next, sign);
      }
      return unit;
    };
    const power = (level: number): Unit | undefined => {
      let base: Unit | undefined;
      if (pieces[at] === '(') {
        at++;
        base = product(level + 1);
        if (pieces[at++] !== ')') return undefined;
      } else base = this.#named(pieces[at++] ?? '', depth);
      if (base === undefined || pieces[at] !== '^') return base;
      at++;
      const negative = pieces[at] === '-';
      if (negative) at++;
      const exponent = Number(pieces[at++]) * (negative ? -1 : 1);
      return Number.isFinite(exponent) ? raise(base, exponent) : undefined;
    };
    if (none.has(plain(text))) return dimensionless;
    const unit = product(0);
    return at === pieces.length ? unit : undefined;
  }

  #named(text: string, depth: number): Unit | undefined {
    const name = this.#resolve(plain(text));
    if (none.has(name) || /^[0-9.eE+]+$/.test(name)) return dimensionless;
    const definition = this.#definitions.get(name);
    if (definition !== undefined) return this.read(definition, depth + 1);
    return /[\p{L}$€¥£°%]/u.test(name) ? new Map([[name, 1]]) : undefined;
  }

  #resolve(name: string): string {
    return (
      this.#aliases.get(name) ??
      (name.endsWith('s') ? (this.#aliases.get(name.slice(0, -1)) ?? singular(name)) : name)
    );
  }
}

function singular(name: string): string {
  return name.length > 3 && !name.endsWith('ss') ? name.slice(0, -1) : name;
}

function plain(name: string): string {
  const text = name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '_');
  return text === 'people' || text === 'persons' ? 'person' : text;
}

export function times(left: Unit, right: Unit, sign = 1): Unit {
  const product = new Map(left);
  for (const [name, exponent] of right) {
    const sum = (product.get(name) ?? 0) + sign * exponent;
    if (Math.abs(sum) < 1e-9) product.delete(name);
    else product.set(name, sum);
  }
  return product;
}

export function raise(unit: Unit, exponent: number): Unit {
  return new Map([...unit].map(([name, own]) => [name, own * exponent]));
}

export function sameUnit(left: Unit, right: Unit): boolean {
  return times(left, right, -1).size === 0;
}

/** As a reader writes it: `person/year`, `1` for none. */
export function unitText(unit: Unit): string {
  const part = (sign: number) =>
    [...unit]
      .filter(([, exponent]) => exponent * sign > 0)
      .map(([name, exponent]) => (Math.abs(exponent) === 1 ? name : `${name}^${Math.abs(exponent)}`))
      .join('*');
  const below = part(-1);
  const above = part(1) || '1';
  return below === '' ? above : `${above}/${/\*/.test(below) ? `(${below})` : below}`;
}
