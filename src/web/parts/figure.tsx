import { raw } from 'hono/html';
import { formatNumber, formatValue, listMark, periodText, qualifierText } from '../../language/index.ts';
import type { Breakdown, Dimension, Figure, Measure } from '../../model/index.ts';
import { address } from '../address.ts';
import { escaped } from '../escaped.ts';
import { named, type PlaceView } from '../view.ts';

/** A figure's value in words of the page's language, with its unit; the reason where there is none. */
export function valueText(figure: Figure, view: Pick<PlaceView, 'language'>, form?: 'signed'): string {
  if (figure.value === null) return figure.missing === null ? '' : named(figure.missing, view);
  const { value, unit, decimals, qualifier } = figure;
  return formatValue({ value, unit, decimals, qualifier }, view.language, form === undefined ? {} : { form });
}

interface FigureProps {
  readonly figure: Figure;
  readonly view: PlaceView;
  /** In a column whose head names the unit: the number alone. */
  readonly bare?: boolean;
  /** How the number is written, where the column's unit carries a power of ten: `万吨`. */
  readonly number?: (shown: { readonly value: string; readonly decimals: number }) => string;
  readonly signed?: boolean;
}

/** A figure as a quiet link to its trace; hollow mark and p where it is provisional; the reason where it is missing. */
export function FigureLink(props: FigureProps) {
  return raw(figureLink(props));
}

/** {@link FigureLink} as text: a page may hold thousands. */
export function figureLink({ figure, view, bare = false, number, signed = false }: FigureProps): string {
  const { language, t } = view;
  const href = escaped(figureHref(figure.code, figure.key.indicator, view));
  if (figure.value === null)
    return `<a class="fig missing" href="${href}">${escaped(figure.missing === null ? t.noValue : named(figure.missing, view))}</a>`;
  const { value, decimals, unit, qualifier } = figure;
  const word =
    qualifier === null ? '' : `${qualifierText(qualifier, language)}${language === 'zh' ? '' : '\u00a0'}`;
  const text =
    bare && unit !== '{rank}'
      ? word + (number?.({ value, decimals }) ?? formatNumber(value, { language, decimals, signed }))
      : valueText(figure, view, signed ? 'signed' : undefined);
  return `<a class="fig" href="${href}">${escaped(text)}${statusMark(figure.status, language)}</a>`;
}

function statusMark(status: Figure['status'], language: PlaceView['language']): string {
  const [letter, meaning] = marks[status]?.[language] ?? [];
  return letter === undefined || meaning === undefined
    ? ''
    : `<abbr class="hollow" title="${escaped(meaning)}">${escaped(letter)}</abbr>`;
}

/** A small letter for a value that is not final, with its meaning for those who don't see it. */
export function StatusMark({
  status,
  view,
}: {
  readonly status: Figure['status'];
  readonly view: Pick<PlaceView, 'language'>;
}) {
  return raw(statusMark(status, view.language));
}

/** By status: the letter beside a number, and what it means. */
export const marks: Partial<
  Record<Figure['status'], Record<PlaceView['language'], readonly [string, string]>>
> = {
  P: { en: ['○ p', 'provisional'], zh: ['○ 初', '初步数'] },
  E: { en: ['○ e', 'estimated'], zh: ['○ 估', '估计数'] },
  I: { en: ['○ i', 'imputed'], zh: ['○ 插', '插补'] },
  F: { en: ['◌ f', 'forecast'], zh: ['◌ 预', '预测'] },
  U: { en: ['○ u', 'low reliability'], zh: ['○ 低', '可靠性低'] },
  V: { en: ['○ v', 'unvalidated'], zh: ['○ 未验', '未经验证'] },
  B: { en: ['∥ b', 'break in series'], zh: ['∥ 断', '序列中断'] },
};

/** The code under which a reader of paper finds a figure again: `F·7K2QM4XRB3ZD`. */
export function Mark({
  figure: { code, key },
  view,
}: {
  readonly figure: Pick<Figure, 'code' | 'key'>;
  readonly view: PlaceView;
}) {
  return (
    <a class="mark" href={figureHref(code, key.indicator, view)}>
      F·{code}
    </a>
  );
}

/** Where a figure is traced: on a page of its own, in a portal of files in its row of the evidence of its indicator. */
export function figureHref(
  code: string,
  indicator: string,
  { language, here }: Pick<PlaceView, 'language' | 'here'>,
): string {
  return here.place.unnumbered === true && here.entries.has(indicator)
    ? `${address.indicator(language, here.city, indicator)}evidence/#f-${code}`
    : address.figure(language, here.city, code);
}

/** The period or periods of a measure in words. */
export function measurePeriod(measure: Measure, language: PlaceView['language']): string {
  if ('period' in measure) return periodText(measure.period, language);
  if (!('from' in measure)) return '';
  const [from, to] = [periodText(measure.from, language), periodText(measure.to, language)];
  return language === 'zh' ? `${from}至${to}` : `${from} to ${to}`;
}

/** The breakdowns that values here may have: the place's own, and those of the districts whose values it shows. */
export function dimensionsOf({ here, places }: PlaceView): readonly Dimension[] {
  const own = here.place.workspace.city;
  const below = places
    .map(({ place }) => place.workspace.city)
    .filter(({ partOf }) => partOf !== undefined && partOf === own.id);
  return [own, ...below].flatMap(({ dimensions }) => dimensions);
}

/** Names of the categories of a breakdown; empty for the total. */
export function breakdownName(breakdown: Breakdown, view: PlaceView): string {
  const groups = Object.entries(breakdown);
  if (groups.length === 0) return '';
  const dimensions = dimensionsOf(view);
  return groups
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([dimension, value]) => {
      const known = dimensions.find(({ id }) => id === dimension)?.values.find(({ id }) => id === value);
      return known === undefined ? value : named(known.name, view);
    })
    .join(listMark(view.language));
}
