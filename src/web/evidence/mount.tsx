import { raw } from 'hono/html';
import { measureText } from '../../figures/index.ts';
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
    head: ['Code', 'Figure', 'Value', 'Formula over its records', 'Records and where they stand'],
    missing: 'no value',
  },
  zh: {
    title: '证据',
    lead: '本指标的每个数字及其计算依据。数字的代码即本页内的地址。',
    head: ['代码', '数字', '数值', '由记录计算的公式', '记录及其出处'],
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
  const rows: string[] = [];
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
  for (const series of entry.series) {
    const group = breakdownKey(series.breakdown);
    for (const key of group === '' ? [...series.values, ...series.changes] : series.values)
      rows.push(rowOf(here.figure(key), group, linkTo, view));
  }
  const table = `<table><thead><tr>${said.head.map((cell) => `<th scope="col">${cell}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
  return (
    <Page
      view={view}
      title={`${said.title}: ${name}`}
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
  group: string,
  linkTo: (source: string) => string,
  view: PlaceView,
): string {
  const what = [areaName(view, key.area), group, measureText(key.measure)]
    .filter((part) => part !== '')
    .join(' · ');
  const shown =
    value === null
      ? safe(missing === null ? words[view.language].missing : named(missing, view))
      : `${value} ${safe(unit)}`;
  const records = contributions.map(({ record, quantity, unit: own, source, locator }) => {
    return `${safe(record)} = ${quantity ?? '–'} ${safe(own)}: ${linkTo(source)}, ${safe(locator)}`;
  });
  // A value as it was reported is its record: no formula, and a root over one leaf that says no more than the record.
  const asReported = formula.expression === '#0';
  const proof = asReported ? '' : `<br><span class="code">${root}</span>`;
  return `<tr id="f-${code}"><td class="code">${code}</td><td>${safe(what)}</td><td class="number">${shown}</td><td class="code">${asReported ? '' : safe(formula.expression)}</td><td>${records.join('<br>')}${proof}</td></tr>`;
}
