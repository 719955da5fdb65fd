import { createHash } from 'node:crypto';
import type { Language } from '../model/index.ts';
import { type Naming, namedQuote, namedValues } from './naming.ts';
import { phrases } from './phrases.ts';
import { hanDigits, numberWords } from './read/units.ts';
import { type RuleName, rules } from './rules.ts';
import type { Severity } from './severity.ts';
import type { TextPlace } from './text.ts';

/** A finding in every language; what `--json` prints is made from it by {@link told}. */
export interface AuditFinding {
  /**
   * Twelve hexadecimal digits from the rule and what the text says of the things that disagree: the same finding keeps
   * it when lines move, and when its quote begins elsewhere.
   */
  readonly id: string;
  /** The id of earlier releases, from the rule and the quoted words: answers given under it still hold. */
  readonly formerly?: string;
  readonly rule: RuleName;
  readonly severity: Severity;
  readonly places: readonly TextPlace[];
  /** The figures of the arithmetic, as decimal texts or words, by name. */
  readonly values: Readonly<Record<string, string>>;
}

/** A statement that was recomputed and holds: no finding, but proof that somebody looked. */
export interface CheckedClaim {
  readonly rule: RuleName;
  readonly places: readonly TextPlace[];
  readonly values: Readonly<Record<string, string>>;
}

/** A finding as a command or page shows it in one language. */
export interface ToldFinding {
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly mend: string;
  readonly places: readonly TextPlace[];
  readonly values: Readonly<Record<string, string>>;
}

/**
 * A finding in one language. With `naming`, findings on records name areas, indicators and periods as a reader does; `values` keep
 * the codes, for programs.
 */
export function told(finding: AuditFinding, language: Language, naming?: Naming): ToldFinding {
  const { id, rule, severity, values } = finding;
  const { message, mend } = rules[rule][language];
  const isRecord = naming !== undefined && rule.startsWith('data.');
  const places = isRecord
    ? finding.places.map((place) => ({ ...place, text: namedQuote(place.text, naming, language) }))
    : finding.places;
  const quoted = finding.places.map(({ text }) => text).join('\n');
  const words = Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, string] => [name, phrase(value, language)]),
  );
  const named = isRecord ? namedValues(values, finding.places[0]?.text ?? '', naming, language) : values;
  const shown = Object.fromEntries(
    Object.entries(named).map(([name, value]): [string, string] => [
      name,
      inWords(phrase(value, language), quoted, language, rule.startsWith('count.')),
    ]),
  );
  return {
    id,
    rule,
    severity,
    message: filled(message, shown, language),
    mend: filled(mend, shown, language),
    places,
    values: words,
  };
}

/** `@reason.unknown` as words of the language, `@key:words` with the words put in; any other value as it is. */
function phrase(value: string, language: Language): string {
  if (!value.startsWith('@')) return value;
  const colon = value.indexOf(':');
  const key = value.slice(1, colon < 0 ? undefined : colon);
  const known = Object.hasOwn(phrases, key) ? phrases[key]?.[language] : undefined;
  if (known === undefined) return value;
  return colon < 0 ? known : known.replace('{}', () => value.slice(colon + 1));
}

const monthNames =
  'January February March April May June July August September October November December'.split(' ');

/** A value as a reader wants it: thousands apart where no text is quoted, months by name, lists in the signs of the language. */
function inWords(value: string, quoted: string, language: Language, counts: boolean): string {
  const date = /^((?:19|20)\d\d)-(\d\d)$/.exec(value);
  if (date !== null)
    return language === 'zh'
      ? `${date[1]}年${Number(date[2])}月`
      : `${monthNames[Number(date[2]) - 1] ?? date[2]} ${date[1]}`;
  const number = counts ? (numberWords.get(value.toLowerCase()) ?? hanDigits.get(value)) : undefined;
  if (number !== undefined) return String(number);
  if (quoted.includes(value)) return value;
  const grouped = value.replace(
    /(?<![\d.,\p{L}\p{N}/-])(\d{4,})(\.\d+)?(?![\d,\p{L}-])/gu,
    (all: string, whole: string, rest?: string) =>
      (whole.length === 4 && rest === undefined) || quoted.includes(all)
        ? all
        : `${whole.replace(/\B(?=(?:\d{3})+$)/g, ',')}${rest ?? ''}`,
  );
  if (language === 'en') return grouped;
  return grouped.replace(/”, “/g, '”“').replace(/, /g, '、').replace(/; /g, '；').replace(/: /g, '：');
}

/** Puts values into `{name}` places; a name that has no value stays empty. */
function filled(template: string, values: Readonly<Record<string, string>>, language: Language): string {
  const text = template.replace(/\{([a-z]+)\}/gi, (_, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? '') : '',
  );
  // A value that is empty leaves one space, not two.
  const tight = text.replace(/ {2,}/g, ' ').replace(/(\d) %/g, '$1%');
  // Between Chinese and Latin letters or digits stands a space, as the pages of this city set it.
  return language === 'en'
    ? tight
    : tight
        .replace(/([\p{Script=Latin}\d%²³‰])(?=\p{Script=Han})/gu, '$1 ')
        .replace(/(\p{Script=Han})(?=[\p{Script=Latin}\d])/gu, '$1 ')
        // Between two Chinese characters, or beside a Chinese mark, none.
        .replace(/(?<=[\p{Script=Han}，。；：、（）“”《》]) (?=[\p{Script=Han}，。；：、（）“”《》])/gu, '');
}

export type Draft = Omit<AuditFinding, 'id' | 'formerly' | 'severity'> & { readonly severity?: Severity };

/** What was computed or is said in our words: it may be told otherwise in a later release. */
const ours = new Set(
  'computed implied added percent points relative periods steps reason likely sum counted context'.split(' '),
);

/** The claims that disagree, as the text writes them; the quoted words where these are fewer than two. */
function claimsOf({ rule, values, places }: Draft): string {
  const said = Object.entries(values)
    .filter(([name, value]) => !ours.has(name) && value !== '' && !value.startsWith('@'))
    .map(([name, value]) => `${name} ${plain(value)}`)
    .sort();
  return said.length >= 2 && !rule.startsWith('data.') ? said.join('\n') : quotesOf(places);
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').toLowerCase();
const quotesOf = (places: readonly TextPlace[]): string => places.map(({ text }) => plain(text)).join('\n');

/** Gives drafts their ids; equal findings are told apart by their order. The result is sorted by place. */
export function numbered(drafts: readonly Draft[]): AuditFinding[] {
  const seen = new Map<string, number>();
  const idOf = (key: string): string => {
    const order = seen.get(key) ?? 0;
    seen.set(key, order + 1);
    return createHash('sha256').update(`${key}\n${order}`).digest('hex').slice(0, 12);
  };
  return [...drafts].sort(byPlace).map((draft) => {
    const { rule, places, values } = draft;
    const claims = claimsOf(draft);
    const quotes = quotesOf(places);
    const formerly = idOf(`${rule}\n${quotes}`);
    const severity = draft.severity ?? rules[rule].severity;
    if (claims === quotes) return { id: formerly, rule, severity, places, values };
    return { id: idOf(`${rule}\nsays\n${claims}`), formerly, rule, severity, places, values };
  });
}

function byPlace(a: Draft, b: Draft): number {
  const [p, q] = [a.places[0], b.places[0]];
  if (p === undefined || q === undefined) return Number(p === undefined) - Number(q === undefined);
  if (p.file !== q.file) return p.file < q.file ? -1 : 1;
  return p.line - q.line || p.column - q.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}
