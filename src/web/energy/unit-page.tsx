import { figureRoot } from '../../figures/index.ts';
import { inBrackets, labelled } from '../../language/index.ts';
import type { Contribution } from '../../model/index.ts';
import { decimal } from '../../model/index.ts';
import type { Store } from '../../store/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { seriesOf } from '../sensorthings/beat.ts';
import { named, type PlaceView } from '../view.ts';
import { Choices, energyAddress, numberText, shareText } from './energy-page.tsx';
import type { MeteredUnit, Metering } from './metering.ts';
import { energyWords } from './words.ts';

/** The records that a unit's figure is made of, and their root: anyone can add them up again. */
export async function evidenceOf(store: Store, city: string, { use }: MeteredUnit, { span }: Metering) {
  const series = use.meters.map(({ meter }) => seriesOf(meter));
  const days =
    series.length === 0 ? [] : await store.readings(city, { series, from: span.from, to: span.to });
  const contributions = days.map(
    (day): Contribution => ({
      record: `reading/${day.area}/${day.series}/${day.day}`,
      role: 'num',
      quantity: day.total,
      unit: day.unit,
      status: day.total === null ? 'M' : 'A',
      source: `submission/${day.position}`,
      locator: `${day.present}/${day.readings.length}`,
    }),
  );
  return { contributions, root: figureRoot(contributions) };
}

interface UnitPageProps {
  readonly unit: MeteredUnit;
  readonly metering: Metering;
  readonly evidence: Awaited<ReturnType<typeof evidenceOf>>;
  readonly asOf: number;
  readonly view: PlaceView;
}

export function EnergyUnitPage({ unit, metering, evidence, asOf, view }: UnitPageProps) {
  const words = energyWords[view.language];
  const { use, name, thing } = unit;
  const trail = trailTo(view, { name: words.title, href: energyAddress(view, null, metering) }, { name });
  return (
    <Page view={view} title={name} room="energy" trail={trail}>
      <h1>{name}</h1>
      <Choices metering={metering} thing={thing} view={view} />
      <dl class="facts">
        <div>
          <dt>{words.total}</dt>
          <dd>
            {numberText(use.tce, view, 3)} {words.tce}
            {inBrackets(words[metering.basis], view.language)}
          </dd>
        </div>
        <div>
          <dt>{words.completeness}</dt>
          <dd>
            {shareText(use.completeness, view)}
            {' ('}
            {words.readingsOf(
              numberText(decimal(String(use.received)), view, 0),
              numberText(decimal(String(use.expected)), view, 0),
            )}
            )
          </dd>
        </div>
        <div>
          <dt>{words.intensity}</dt>
          <dd>
            {numberText(use.intensity, view, 2)}
            {inBrackets(`${labelled(words.limit, view.language)}${use.limit ?? '–'}`, view.language)}
          </dd>
        </div>
        <div>
          <dt>{words.alarms}</dt>
          <dd>
            {use.alarms.length === 0
              ? words.noAlarm
              : use.alarms.map((alarm) => words.alarm[alarm]).join(' · ')}
          </dd>
        </div>
      </dl>
      <section>
        <h2>{words.meters}</h2>
        <Scroll label={words.meters}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.fuel}</th>
                {[
                  words.quantity,
                  words.factor,
                  `${words.total}${inBrackets(words.tce, view.language)}`,
                  words.completeness,
                  words.deviation,
                ].map((head) => (
                  <th scope="col" class="num">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {use.meters.map((each) => (
                <tr>
                  <th scope="row">
                    <a href={`/sensorthings/${view.here.city}/v1.1/Datastreams(${each.meter})`}>
                      {each.factor === null ? each.fuel : named(each.factor.name, view)}
                    </a>
                  </th>
                  <td class="num">
                    {each.total === null ? '–' : numberText(decimal(each.total), view, 1)} {each.unit}
                  </td>
                  <td class="num">
                    {each.factor === null ? '–' : `${each.factor.kgce} kgce/${each.factor.unit}`}
                  </td>
                  <td class="num">
                    {each.tce === null ? words.reason[each.reason] : numberText(each.tce, view, 3)}
                  </td>
                  <td class="num">
                    {each.received} / {each.expected}
                  </td>
                  <td class="num">
                    {each.billed === null ? '–' : `${each.billed.days} / ${each.billed.month}`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </section>
      <section>
        <h2>{words.trace}</h2>
        <p>{words.traceText(evidence.contributions.length)}</p>
        <ul>
          {use.meters.flatMap(({ factor }) =>
            factor === null
              ? []
              : [
                  <li>
                    {named(factor.name, view)} {factor.kgce} {labelled(`kgce/${factor.unit}`, view.language)}
                    {named(factor.source, view)}
                  </li>,
                ],
          )}
        </ul>
        <dl class="facts">
          <div>
            <dt>{words.root}</dt>
            <dd>
              <code>{evidence.root}</code>
            </dd>
          </div>
          <div>
            <dt>{words.asOf}</dt>
            <dd>{asOf}</dd>
          </div>
        </dl>
        <p>
          <a
            href={`${address.api('places', view.here.city, 'energy', String(thing))}?period=${metering.span.period}&basis=${metering.basis}`}
          >
            {words.json}
          </a>
        </p>
      </section>
    </Page>
  );
}
