import { raw } from 'hono/html';
import { type ChartState, chartTable, drawChart } from '../../chart/index.ts';
import { colon, labelled } from '../../language/index.ts';
import { address } from '../address.ts';
import type { IndicatorEntry } from '../catalogue.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import { explorerWords } from './words.ts';

/** The map of an indicator with its table: an address of its own, so that a site of files has it without a server or a script. */
export function MapPage({
  entry,
  state,
  view,
}: {
  readonly entry: IndicatorEntry;
  readonly state: ChartState;
  readonly view: PlaceView;
}) {
  const { t, language, here } = view;
  const name = named(entry.indicator.name, view);
  const map = explorerWords[language].kinds.map;
  const self = address.indicator(language, here.city, entry.indicator.id);
  const { head, rows } = chartTable(state);
  return (
    <Page
      view={view}
      title={`${name}${colon(language)}${map}`}
      description={state.title}
      room="indicators"
      trail={trailTo(
        view,
        { name: t.indicators, href: address.room(language, here.city, 'indicators') },
        { name, href: self },
        { name: map },
      )}
    >
      <h1>{name}</h1>
      <p class="lead">{state.title}</p>
      <figure>
        <figcaption>
          <span class="quiet">{state.subtitle}</span>
        </figcaption>
        <div class="chart-wide">{raw(drawChart(state, { width: 820 }).svg)}</div>
        <div class="chart-narrow">{raw(drawChart(state, { width: 328 }).svg)}</div>
        <p class="under">
          <span>
            {labelled(t.source, view.language)}
            {state.source}
          </span>
        </p>
      </figure>
      <section>
        <h2>{t.values_}</h2>
        <Scroll label={t.values_}>
          <table class="narrow">
            <caption>{state.subtitle}</caption>
            <thead>
              <tr>
                {head.map((each, at) => (
                  <th scope="col" class={at === 0 ? undefined : 'num'}>
                    {each}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(([first = '', ...rest]) => (
                <tr>
                  <th scope="row">{first}</th>
                  {rest.map((each) => (
                    <td class="num">{each}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </section>
    </Page>
  );
}
