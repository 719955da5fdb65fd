import { coalFactors } from '../../figures/index.ts';
import { formatNumber, inBrackets, labelled } from '../../language/index.ts';
import {
  add,
  compare,
  decimal,
  divide,
  isConvertible,
  multiply,
  parseUnit,
  type Rational,
  toDecimal,
  zero,
} from '../../model/index.ts';
import { address } from '../address.ts';
import { periodOf } from '../catalogue.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { FigureLink } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import { meteredIndicators } from './figures.ts';
import type { MeteredUnit, Metering } from './metering.ts';
import { energyWords } from './words.ts';

/** Units in the ranking at the most. */
const mostShown = 100;
const hundred = decimal('100');

export function numberText(value: Rational | null, view: PlaceView, decimals: number): string {
  return value === null ? '–' : formatNumber(toDecimal(value), { language: view.language, decimals });
}

export function shareText(value: Rational | null, view: PlaceView): string {
  return value === null ? '–' : `${numberText(multiply(value, hundred), view, 1)} %`;
}

export function energyAddress(
  view: PlaceView,
  thing: number | null,
  { span, basis }: Pick<Metering, 'span' | 'basis'>,
): string {
  const room = address.room(view.language, view.here.city, 'energy');
  return `${room}${thing === null ? '' : `${thing}/`}?period=${span.period}&basis=${basis}`;
}

/** Links to the year, its months, and the other basis of the same page. */
export function Choices({
  metering,
  thing,
  view,
}: {
  readonly metering: Metering;
  readonly thing: number | null;
  readonly view: PlaceView;
}) {
  const words = energyWords[view.language];
  const { span, basis } = metering;
  const months = Array.from({ length: 12 }, (_, at) => `${span.year}-${String(at + 1).padStart(2, '0')}`);
  const link = (period: string, text: string) => (
    <>
      {period === span.period ? (
        <strong aria-current="page">{text}</strong>
      ) : (
        <a href={energyAddress(view, thing, { span: { ...span, period }, basis })}>{text}</a>
      )}{' '}
    </>
  );
  return (
    <div class="onscreen">
      <p>
        {labelled(words.period, view.language)}
        {link(String(span.year - 1), String(span.year - 1))} {link(String(span.year), `${span.year}`)}
        {months.map((month) => link(month, month.slice(5)))}
      </p>
      <p>
        {labelled(words.basis, view.language)}
        {(['calorific', 'equivalent'] as const).map((each) => (
          <>
            {each === basis ? (
              <strong aria-current="true">{words[each]}</strong>
            ) : (
              <a href={energyAddress(view, thing, { span, basis: each })}>{words[each]}</a>
            )}{' '}
          </>
        ))}
      </p>
    </div>
  );
}

export function EnergyPage({
  metering,
  view,
}: {
  readonly metering: Metering | null;
  readonly view: PlaceView;
}) {
  const words = energyWords[view.language];
  const frame = { view, title: words.title, room: 'energy', trail: trailTo(view, { name: words.title }) };
  if (metering === null || metering.units.length === 0)
    return (
      <Page {...frame}>
        <h1>{words.title}</h1>
        <p>{words.none}</p>
        {metering === null ? null : <Choices metering={metering} thing={null} view={view} />}
      </Page>
    );
  const { units, through } = metering;
  const sum = together(units);
  return (
    <Page {...frame}>
      <h1>{words.title}</h1>
      <p>{words.lead}</p>
      <Choices metering={metering} thing={null} view={view} />
      <dl class="facts">
        <div>
          <dt>{words.total}</dt>
          <dd>
            {numberText(sum.tce, view, 1)} {words.tce}
            {inBrackets(words[metering.basis], view.language)}
          </dd>
        </div>
        <div>
          <dt>{words.units}</dt>
          <dd>{words.unitsOf(sum.valued, units.length)}</dd>
        </div>
        <div>
          <dt>{words.completeness}</dt>
          <dd>
            {shareText(sum.completeness, view)}
            {' ('}
            {words.readingsOf(
              numberText(decimal(String(sum.received)), view, 0),
              numberText(decimal(String(sum.expected)), view, 0),
            )}
            )
          </dd>
        </div>
        <div>
          <dt>{words.alarms}</dt>
          <dd>{units.filter(({ use }) => use.alarms.length > 0).length}</dd>
        </div>
        <div>
          <dt>{words.through}</dt>
          <dd>{through ?? '–'}</dd>
        </div>
      </dl>
      <Sectors units={units} view={view} />
      <Ranking metering={metering} view={view} />
      <AsFigures metering={metering} view={view} />
      <Beside metering={metering} view={view} />
      <Factors view={view} />
    </Page>
  );
}

function together(units: readonly MeteredUnit[]) {
  const valued = units.flatMap(({ use }) => use.tce ?? []);
  const received = units.reduce((sum, { use }) => sum + use.received, 0);
  const expected = units.reduce((sum, { use }) => sum + use.expected, 0);
  return {
    tce: valued.length === 0 ? null : valued.reduce(add, zero),
    valued: valued.length,
    received,
    expected,
    completeness: expected === 0 ? null : divide(decimal(String(received)), decimal(String(expected))),
  };
}

function Sectors({ units, view }: { readonly units: readonly MeteredUnit[]; readonly view: PlaceView }) {
  const words = energyWords[view.language];
  const all = together(units).tce;
  const sectors = [...new Set(units.map(({ sector }) => sector))].map((sector) => ({
    sector,
    units: units.filter((each) => each.sector === sector),
  }));
  const rows = sectors.map(({ sector, units: of }) => ({ sector, count: of.length, ...together(of) }));
  rows.sort((a, b) => compare(b.tce ?? zero, a.tce ?? zero));
  return (
    <section>
      <h2>{words.sectors}</h2>
      <Scroll label={words.sectors}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.sector}</th>
              {[
                `${words.total}${inBrackets(words.tce, view.language)}`,
                words.share,
                words.units,
                words.completeness,
              ].map((name) => (
                <th scope="col" class="num">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ sector, tce, count, valued, completeness }) => (
              <tr>
                <th scope="row">{sector === '' ? words.noSector : sector}</th>
                <td class="num">{numberText(tce, view, 1)}</td>
                <td class="num">
                  {shareText(
                    tce === null || all === null || compare(all, zero) === 0 ? null : divide(tce, all),
                    view,
                  )}
                </td>
                <td class="num">
                  {valued} / {count}
                </td>
                <td class="num">{shareText(completeness, view)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

function Ranking({ metering, view }: { readonly metering: Metering; readonly view: PlaceView }) {
  const words = energyWords[view.language];
  const ranked = [...metering.units].sort(
    (a, b) => compare(b.use.tce ?? zero, a.use.tce ?? zero) || a.thing - b.thing,
  );
  const heads = [
    `${words.total}${inBrackets(words.tce, view.language)}`,
    words.intensity,
    words.limit,
    words.completeness,
    words.deviation,
  ];
  return (
    <section>
      <h2>{words.ranking}</h2>
      {ranked.length > mostShown ? <p>{words.shown(mostShown, ranked.length)}</p> : null}
      <Scroll label={words.ranking}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="num">
                {words.rank}
              </th>
              <th scope="col">{words.unit}</th>
              {heads.map((name) => (
                <th scope="col" class="num">
                  {name}
                </th>
              ))}
              <th scope="col">{words.alarms}</th>
            </tr>
          </thead>
          <tbody>
            {ranked.slice(0, mostShown).map(({ thing, name, use }, at) => (
              <tr>
                <td class="num">{use.tce === null ? '–' : at + 1}</td>
                <th scope="row">
                  <a href={energyAddress(view, thing, metering)}>{name}</a>
                </th>
                <td class="num">{numberText(use.tce, view, 1)}</td>
                <td class="num">{numberText(use.intensity, view, 2)}</td>
                <td class="num">{use.limit ?? '–'}</td>
                <td class="num">{shareText(use.completeness, view)}</td>
                <td class="num">{shareText(use.deviation, view)}</td>
                <td>
                  {use.alarms.map((alarm) => words.alarm[alarm]).join(view.language === 'zh' ? '；' : '; ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

/** What the meters give to the figures of the place, for the year: each with its code and trace. */
function AsFigures({ metering, view }: { readonly metering: Metering; readonly view: PlaceView }) {
  const words = energyWords[view.language];
  const { here } = view;
  const found = meteredIndicators.flatMap((id) => {
    const entry = here.entries.get(id);
    const key =
      entry === undefined
        ? undefined
        : here.main(entry)?.values.find((each) => periodOf(each) === String(metering.span.year));
    return entry === undefined || key === undefined ? [] : [{ entry, figure: here.figure(key) }];
  });
  if (found.length === 0) return null;
  return (
    <section>
      <h2>{words.figures(metering.span.year)}</h2>
      <dl class="facts">
        {found.map(({ entry, figure }) => (
          <div>
            <dt>{named(entry.indicator.name, view)}</dt>
            <dd>
              <FigureLink figure={figure} view={view} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Indicators of the place that are reported in coal equivalents, for the same year. */
function Beside({ metering, view }: { readonly metering: Metering; readonly view: PlaceView }) {
  const words = energyWords[view.language];
  const { here } = view;
  const tce = parseUnit('tce');
  const own = new Set(here.place.workspace.derived?.indicators ?? []);
  const found = [...here.entries.values()].flatMap((entry) => {
    const unit = parseUnit(entry.indicator.unit);
    if (unit === null || tce === null || !isConvertible(unit, tce) || own.has(entry.indicator.id)) return [];
    const key = here.main(entry)?.values.find((each) => periodOf(each) === String(metering.span.year));
    return key === undefined ? [] : [{ entry, figure: here.figure(key) }];
  });
  if (found.length === 0) return null;
  return (
    <section>
      <h2>{words.official}</h2>
      <p>{words.officialNote}</p>
      <dl class="facts">
        {found.map(({ entry, figure }) => (
          <div>
            <dt>{named(entry.indicator.name, view)}</dt>
            <dd>
              <FigureLink figure={figure} view={view} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Factors({ view }: { readonly view: PlaceView }) {
  const words = energyWords[view.language];
  return (
    <details>
      <summary>{words.factors}</summary>
      <Scroll label={words.factors}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.fuel}</th>
              <th scope="col">{words.basis}</th>
              <th scope="col" class="num">
                {words.factor}
              </th>
              <th scope="col">{words.source}</th>
            </tr>
          </thead>
          <tbody>
            {coalFactors.map(({ name, basis, kgce, unit, from, source }) => (
              <tr>
                <th scope="row">
                  {named(name, view)} {from === undefined ? '' : `(${from}–)`}
                </th>
                <td>{basis === 'both' ? '' : words[basis]}</td>
                <td class="num">
                  {kgce} kgce/{unit}
                </td>
                <td>{named(source, view)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
