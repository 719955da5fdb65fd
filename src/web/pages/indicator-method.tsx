import { labelled } from '../../language/index.ts';
import { address } from '../address.ts';
import type { IndicatorEntry } from '../catalogue.ts';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';

/** What the indicator means and how its values come about. */
export function Method({ entry, view }: { readonly entry: IndicatorEntry; readonly view: PlaceView }) {
  const { t } = view;
  const { indicator } = entry;
  const { rollup } = indicator;
  const isCounted = view.here.place.workspace.derived?.indicators.includes(indicator.id) === true;
  return (
    <section id="method">
      <h2>{t.method}</h2>
      <dl class="facts">
        {indicator.definition === undefined ? null : (
          <div>
            <dt>{t.definition}</dt>
            <dd>{named(indicator.definition, view)}</dd>
          </div>
        )}
        <div>
          <dt>{t.formula}</dt>
          <dd>
            {indicator.formula !== undefined ? (
              <code>{indicator.formula}</code>
            ) : isCounted ? (
              t.fromRecords
            ) : (
              t.reported
            )}
          </dd>
        </div>
        <div>
          <dt>{t.rollup}</dt>
          <dd>
            {rollup === 'none'
              ? isCounted
                ? t.fromRecordsBelow
                : t.rollupNone
              : rollup === 'sum'
                ? t.rollupSum
                : 'ratio' in rollup
                  ? `${labelled(t.rollupRatio, view.language)}${rollup.ratio.numerator} / ${rollup.ratio.denominator}`
                  : `${labelled(t.rollupWeighted, view.language)}${rollup.weightedBy}`}
          </dd>
        </div>
        {indicator.interval === undefined ? null : (
          <div>
            <dt>
              {indicator.interval.level === undefined
                ? t.interval
                : fill(t.intervalOf, { level: indicator.interval.level })}
            </dt>
            <dd>
              {[indicator.interval.lower, indicator.interval.upper].map((id, at) => {
                const end = view.here.entries.get(id);
                return (
                  <>
                    {at === 0 ? '' : ' – '}
                    <a href={address.indicator(view.language, view.here.city, id)}>
                      {end === undefined ? id : named(end.indicator.name, view)}
                    </a>
                  </>
                );
              })}
            </dd>
          </div>
        )}
        <div>
          <dt>{t.direction}</dt>
          <dd>{t[indicator.direction]}</dd>
        </div>
        <div>
          <dt>{t.version}</dt>
          <dd>
            {indicator.version} · <code>{indicator.id}</code>
          </dd>
        </div>
        {indicator.note === undefined ? null : (
          <div>
            <dt>{t.reader}</dt>
            <dd>{named(indicator.note, view)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}
