import { raw } from 'hono/html';
import { measureText } from '../../figures/index.ts';
import { labelled } from '../../language/index.ts';
import { breakdownKey, type Figure, type Language } from '../../model/index.ts';
import { address } from '../address.ts';
import type { IndicatorEntry } from '../catalogue.ts';
import { escaped as safe } from '../escaped.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { param, type Site } from '../site.ts';
import { areaName, named, type PlaceView, sourceLink } from '../view.ts';

const words = {
  en: {
    title: 'Evidence',
    lead: 'Every figure of this indicator with what it was computed from. A figure’s code is its address on this page.',
    head: ['Figure', 'Code', 'Value', 'Formula over its records, and where they stand'],
    missing: 'no value',
  },
  zh: {
    title: '证据',
    lead: '本指标的每个数字及其计算依据。数字的代码即本页内的地址。',
    head: ['数字', '代码', '数值', '由记录计算的公式，记录及其出处'],
    missing: '无数值',
  },
} as const satisfies Record<Language, unknown>;

/**
 * One page with the evidence of all figures of an indicator: what the trace of each shows, a row a figure. A portal of files
 * leads every figure here, so that it needs one page an indicator, not one a figure. Written as text: a place with many
 * districts has thousands of rows.
 */
export function mountEvidence(site: Site): void {
  site.room('/indicators/:id/evidence/', (view, c) => {
    const entry = view.here.entries.get(param(c, 'id'));
    if (entry === undefined) return null;
    return <Evidence entry={entry} view={view} />;
  });
}

function Evidence({ entry, view }: { readonly entry: IndicatorEntry; readonly view: PlaceView }) {
  const { language, here, t } = view;
  const { id } = entry.indicator;
  const name = named(entry.indicator.name, view);
  const said = words[language];
  // Every value; of the changes those of totals, which are the ones that pages show.
  const links = new Map<string, string>();
  const linkTo = (source: string): string => {
    const known = links.get(source);
    if (known !== undefined) return known;
    const { name, href } = sourceLink(view, source);
    const link = `<a href="${safe(href)}">${safe(name)}</a>`;
    links.set(source, link);
    return link;
  };
  const parts = entry.series.map((series) => {
    const group = breakdownKey(series.breakdown);
    const changes = group === '' ? series.changes.map((key) => here.figure(key)) : [];
    const figures = [...here.figuresOf(series), ...changes];
    const sources = new Set(
      figures.flatMap(({ contributions }) => contributions.map(({ source }) => source)),
    );
    const [only] = sources;
    // A document that all values of a series stand in is named once.
    const said = sources.size === 1 && only !== undefined ? linkTo(only) : null;
    const head = [safe(areaName(view, series.area)), safe(group), said ?? '']
      .filter((part) => part !== '')
      .join(' · ');
    const rows = figures.map((figure) => rowOf(figure, said === null ? linkTo : null, view));
    return `<tbody><tr><th scope="rowgroup" colspan="4">${head}</th></tr>\n${rows.join('\n')}</tbody>`;
  });
  const table = `<table><thead><tr>${said.head.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr></thead>${parts.join('\n')}</table>`;
  return (
    <Page
      view={view}
      title={`${labelled(said.title, view.language)}${name}`}
      description={said.lead}
      room="indicators"
      trail={trailTo(
        view,
        { name: t.indicators, href: address.room(language, here.city, 'indicators') },
        { name, href: address.indicator(language, here.city, id) },
        { name: said.title },
      )}
    >
      <h1>{name}</h1>
      <p>{said.lead}</p>
      <Scroll label={said.title}>{raw(table)}</Scroll>
    </Page>
  );
}

function rowOf(
  { code, key, value, missing, unit, formula, contributions, root }: Figure,
  /** Null where the head of the series names the document. */
  linkTo: ((source: string) => string) | null,
  view: PlaceView,
): string {
  const shown =
    value === null
      ? safe(missing === null ? words[view.language].missing : named(missing, view))
      : `${value} ${safe(unit)}`;
  // A value as it was reported is its record: no formula, and a root over one leaf that says no more than the record.
  const asReported = formula.expression === '#0';
  const records = contributions.map(({ record, quantity, unit: own, source, locator }) => {
    const amount =
      asReported && quantity === value && own === unit ? '' : ` = ${quantity ?? '–'} ${safe(own)}`;
    return `${safe(record)}${amount}: ${linkTo === null ? '' : `${linkTo(source)}, `}${safe(locator)}`;
  });
  const formed = asReported ? '' : `<span class="code">${safe(formula.expression)}</span><br>`;
  const proof = asReported ? '' : `<br><span class="code">${root}</span>`;
  return `<tr id="f-${code}"><th scope="row">${safe(measureText(key.measure))}</th><td class="code">${code}</td><td class="number">${shown}</td><td>${formed}${records.join('<br>')}${proof}</td></tr>`;
}
