import {
  type Breakdown,
  isConvertible,
  isPeriod,
  type ObservationStatus,
  observationStatuses,
  parseUnit,
  type Qualifier,
} from '../model/index.ts';
import { normalDecimal, valueFault } from './decimal-cell.ts';
import type { FindingList } from './finding-list.ts';
import { indicatorUnit, type Known } from './known.ts';
import { meant } from './nearest.ts';
import { quote } from './quote.ts';
import type { TableRow } from './table.ts';
import { textFault } from './text-fault.ts';

const qualifiers: ReadonlySet<string> = new Set<Qualifier>([
  'over',
  'nearly',
  'about',
  'under',
  'at-least',
  'at-most',
]);

/**
 * Reads the cells of one row after the other. Every method returns the cell's meaning, or something harmless with a
 * finding told and {@link good} false; a row counts only when it is still good at its end.
 */
export class RowReader {
  readonly file: string;
  readonly known: Known;
  readonly findings: FindingList;
  good = true;
  #row: TableRow;
  readonly #units = new Map<string, string | null>();
  readonly #periods = new Map<string, boolean>();
  readonly #texts = new Map<string, string>();
  readonly #breakdowns = new Map<string, Breakdown>();

  constructor(file: string, known: Known, findings: FindingList, row: TableRow) {
    this.file = file;
    this.known = known;
    this.findings = findings;
    this.#row = row;
  }

  start(row: TableRow): void {
    this.#row = row;
    this.good = true;
  }

  get row(): TableRow {
    return this.#row;
  }

  /** One string for all rows that say the same: a table of 600,000 rows holds a few thousand different codes. */
  #shared(text: string): string {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    if (this.#texts.size < 100_000) this.#texts.set(text, text);
    return text;
  }

  fault(rule: string, column: string, what: () => string, why: string, mend: () => string): '' {
    this.good = false;
    const where = { file: this.file, row: this.#row.line, column };
    const room = this.findings.hasRoom(this.file);
    this.findings.error(
      rule,
      where,
      room ? { what: what(), why, mend: mend() } : { what: '', why: '', mend: '' },
    );
    return '';
  }

  warn(rule: string, column: string, what: string, why: string, mend: string): void {
    this.findings.warning(rule, { file: this.file, row: this.#row.line, column }, { what, why, mend });
  }

  required(column: string, why: string): string {
    const text = this.#shared(this.#row.get(column));
    if (text === '')
      this.fault(
        `${column}.missing`,
        column,
        () => `the cell ${column} is blank`,
        why,
        () => `fill in the ${column}`,
      );
    return text;
  }

  reference(column: string, among: { has(id: string): boolean; keys(): Iterable<string> } | null): string {
    const id = this.required(column, `every row names its ${column}`);
    if (id === '' || among === null || among.has(id)) return id;
    const home = column === 'indicator' ? 'indicators/*.yaml' : 'city.yaml';
    return this.fault(
      `${column}.unknown`,
      column,
      () => `there is no ${column} ${quote(id)}`,
      `a row can only be about what ${home} declares`,
      () => `declare it in ${home}, or correct the code${meant(id, among.keys())}`,
    );
  }

  indicator(): string {
    return this.reference('indicator', this.known.indicatorIds);
  }

  area(): string {
    return this.reference('area', this.known.areas);
  }

  source(): string {
    return this.reference('source', this.known.sources);
  }

  period(column = 'period'): string {
    const code = this.required(
      column,
      'every value holds for a period; undated when the document gives none',
    );
    if (code === '') return code;
    let isCode = this.#periods.get(code);
    if (isCode === undefined) {
      isCode = isPeriod(code);
      if (this.#periods.size < 100_000) this.#periods.set(code, isCode);
    }
    if (isCode) return code;
    return this.fault(
      'period.invalid',
      column,
      () => `${quote(code)} is not a period`,
      /^\d+$/.test(code)
        ? 'years are between 1000 and 2200'
        : 'a period is a year 2021, half 2021-S1, quarter 2021-Q3, month 2021-09, day 2021-09-30, span 2015/2021 (the earlier first), or undated',
      () => periodMend(code),
    );
  }

  /** The value in normal form; null when the cell is blank. */
  value(): string | null {
    const text = this.#row.get('value');
    if (text === '') return null;
    const normal = normalDecimal(text);
    if (normal === null) {
      const fault = valueFault(text);
      this.fault(
        fault.rule,
        'value',
        () => `${quote(text)} is not a value`,
        fault.why,
        () => fault.mend,
      );
      return null;
    }
    if (/e/i.test(text))
      this.warn(
        'value.exponent',
        'value',
        `${quote(text)} was read as ${normal}`,
        'spreadsheets shorten long numbers to this form and drop digits',
        'check it against the source and write the number out',
      );
    return normal;
  }

  /** A unit; `indicator` null when the unit need not convert into the indicator's. */
  unit(indicator: string | null): string {
    const code = this.required(
      'unit',
      'a number without unit says nothing; a plain count or index has the unit 1',
    );
    if (code === '') return code;
    const cell = `${indicator ?? ''} ${code}`;
    let wrong = this.#units.get(cell);
    if (wrong === undefined) {
      wrong = this.#unitFault(indicator, code);
      if (this.#units.size < 100_000) this.#units.set(cell, wrong);
    }
    if (wrong === null) return code;
    if (wrong === 'unknown')
      return this.fault(
        'unit.unknown',
        'unit',
        () => `${quote(code)} is not a unit code`,
        'units are codes such as %, km2, ug/m3, tce/10*4/CNY, 10*4.CNY (万元), {household}',
        () => `write the unit as a code${unitMeant(code)}; what is counted stands in braces: {bus}`,
      );
    return this.fault(
      'unit.not-convertible',
      'unit',
      () => `${quote(code)} cannot be converted into ${quote(wrong ?? '')}, the unit of ${indicator ?? ''}`,
      'all values of an indicator measure the same thing; per cent and percentage point differ',
      () => 'correct the unit, or give the value an indicator of its own',
    );
  }

  #unitFault(indicator: string | null, code: string): string | null {
    const unit = parseUnit(code);
    if (unit === null) return 'unknown';
    const wanted = indicator === null ? null : indicatorUnit(this.known, indicator);
    return wanted === null || isConvertible(unit, wanted) ? null : wanted.code;
  }

  /** One of a list of words; `fallback` when blank. */
  choice<T extends string>(column: string, among: readonly T[], fallback: T | null): T | null {
    const word = this.#row.get(column);
    if (word === '') {
      if (fallback === null) this.required(column, `it is one of ${among.join(', ')}`);
      return fallback;
    }
    const found = among.find((each) => each === word);
    if (found !== undefined) return found;
    this.fault(
      `${column}.unknown`,
      column,
      () => `${quote(word)} is no ${column}`,
      `it is one of ${among.join(', ')}`,
      () => `write one of them${meant(word, among)}`,
    );
    return fallback;
  }

  status(): ObservationStatus {
    const code = this.#row.get('status');
    if (code === '') return 'A';
    if (isStatus(code)) return code;
    const all = Object.entries(observationStatuses).map(([each, { en }]) => `${each} ${en}`);
    this.fault(
      'status.unknown',
      'status',
      () => `${quote(code)} is no observation status`,
      `the statuses are those of SDMX: ${all.join('; ')}`,
      () => 'write one of these letters, or leave the cell blank for A',
    );
    return 'A';
  }

  qualifier(): Qualifier | null {
    const word = this.#row.get('qualifier');
    if (word === '') return null;
    if (isQualifier(word)) return word;
    this.fault(
      'qualifier.unknown',
      'qualifier',
      () => `${quote(word)} is no qualifier`,
      `the qualifiers are ${[...qualifiers].join(', ')}`,
      () => `write one of them${meant(word, qualifiers)}; other words belong in the note`,
    );
    return null;
  }

  breakdown(): Breakdown {
    const { dimensions } = this.known;
    if (dimensions === null || dimensions.size === 0) return noBreakdown;
    let breakdown = noBreakdown;
    let key = '';
    for (const [dimension, values] of dimensions) {
      const id = this.#row.get(dimension);
      if (id === '') continue;
      if (!values.has(id)) {
        this.fault(
          'dimension.unknown',
          dimension,
          () => `${quote(id)} is no value of the dimension ${dimension}`,
          'the values of a dimension are declared under dimensions in city.yaml',
          () => `declare it there, or correct the code${meant(id, values)}; leave blank for the total`,
        );
        continue;
      }
      key += `${dimension}=${id},`;
      breakdown = this.#breakdowns.get(key) ?? this.#extended(breakdown, key, dimension, id);
    }
    return breakdown;
  }

  #extended(breakdown: Breakdown, key: string, dimension: string, id: string): Breakdown {
    const made: Breakdown = Object.freeze({ ...breakdown, [dimension]: id });
    if (this.#breakdowns.size < 10_000) this.#breakdowns.set(key, made);
    return made;
  }

  locator(): string {
    const text = this.#row.text('locator');
    if (text === '')
      return this.fault(
        'locator.missing',
        'locator',
        () => 'the cell locator is blank',
        'a reader must be able to find the value in its source',
        () => 'name the page, table, cell or line, such as: table 3-4',
      );
    return this.bounded('locator', text, 200);
  }

  /** A text of at most `most` characters; null when blank. */
  optionalText(column: string, most: number): string | null {
    const text = this.#row.text(column);
    return text === '' ? null : this.bounded(column, text, most);
  }

  bounded(column: string, text: string, most: number): string {
    if (text.length > most)
      return this.fault(
        `${column}.too-long`,
        column,
        () => `the ${column} has ${text.length} characters; at most ${most} are read`,
        'a cell is no place for a document',
        () => 'shorten it',
      );
    const fault = textFault(text);
    if (fault === null) return text;
    return this.fault(
      'text.character',
      column,
      () => `the ${column} holds ${fault}`,
      'such a character is invisible, or changes what a reader sees',
      () => 'delete it: type the text again',
    );
  }
}

const noBreakdown: Breakdown = Object.freeze({});

function isStatus(code: string): code is ObservationStatus {
  return Object.hasOwn(observationStatuses, code);
}

function isQualifier(word: string): word is Qualifier {
  return qualifiers.has(word);
}

function periodMend(code: string): string {
  const span = /^(\d{4})\s*[-–—~～至到]\s*(\d{4})$/u.exec(code);
  if (span !== null) return `write ${span[1]}/${span[2]}`;
  const month = /^(\d{4})[./](\d{1,2})$/.exec(code);
  if (month !== null) return `write ${month[1]}-${(month[2] ?? '').padStart(2, '0')}`;
  const year = /^(\d{4})\s*年$/u.exec(code);
  if (year !== null) return `write ${year[1]}`;
  if (/^\d{5,}$/.test(code)) return `a digit too many? write ${code.slice(0, 4)} or what the source says`;
  return 'write the period as a code, or undated when the document gives none';
}

const unitWords = new Map([
  ['万元', '10*4.CNY'],
  ['亿元', '10*8.CNY'],
  ['元', 'CNY'],
  ['yuan', 'CNY'],
  ['RMB', 'CNY'],
  ['亩', 'mu'],
  ['公顷', 'ha'],
  ['平方公里', 'km2'],
  ['平方千米', 'km2'],
  ['平方米', 'm2'],
  ['吨', 't'],
  ['人', '{person}'],
  ['persons', '{person}'],
  ['people', '{person}'],
  ['户', '{household}'],
  ['个', '1'],
  ['count', '1'],
  ['ratio', '1'],
  ['％', '%'],
  ['percent', '%'],
  ['years', 'a'],
  ['year', 'a'],
  ['岁', 'a'],
  ['km²', 'km2'],
  ['m²', 'm2'],
  ['m³', 'm3'],
  ['ug/m³', 'ug/m3'],
  ['μg/m3', 'ug/m3'],
  ['μg/m³', 'ug/m3'],
  ['吨标准煤', 'tce'],
]);

function unitMeant(code: string): string {
  const word = unitWords.get(code);
  if (word !== undefined) return `: ${word}`;
  return /^[A-Za-z _-]{2,60}$/.test(code) ? `, or {${code}} for what is counted` : '';
}
