import { formatDifference, formatNumber, periodText, unitHead } from '../../language/index.ts';
import { type Figure, isShare, parseUnit, toDecimal } from '../../model/index.ts';
import { address } from '../address.ts';
import { Page } from '../layout.tsx';
import { trailTo } from '../pages/indicators.tsx';
import { breakdownName, dimensionsOf, FigureLink } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { areaName, named, type PlaceView } from '../view.ts';
import { type Gap, gapsOf } from './gaps.ts';
import { portalWords } from './words.ts';

/** Gaps between groups: who stands best, who worst, how far apart, each value with its trace. */
export function GroupsPage({ view }: { readonly view: PlaceView }) {
  const { here, language } = view;
  const t = portalWords[language];
  const gaps = gapsOf(view);
  return (
    <Page
      view={view}
      title={t.groups}
      room="groups"
      trail={trailTo(
        view,
        ...(here.goals().length === 0
          ? []
          : [{ name: view.t.goals, href: address.room(language, here.city, 'goals') }]),
        { name: t.groups },
      )}
    >
      <h1>{t.groups}</h1>
      <p class="lead">{t.groupsLead}</p>
      {gaps.length === 0 ? (
        <>
          <p>{t.noGroups}</p>
          <p class="quiet">{t.noGroupsHint}</p>
        </>
      ) : (
        <Scroll label={t.groups}>
          <table class="stack">
            <thead>
              <tr>
                <th scope="col">{view.t.indicator}</th>
                <th scope="col">{t.dimension}</th>
                <th scope="col">{view.t.year}</th>
                <th scope="col">{t.best}</th>
                <th scope="col">{t.worst}</th>
                <th scope="col" class="num">
                  {t.gap}
                </th>
                <th scope="col" class="num">
                  {t.times}
                </th>
              </tr>
            </thead>
            <tbody>
              {gaps.map((gap) => (
                <GapRow gap={gap} view={view} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </Page>
  );
}

function GapRow({ gap, view }: { readonly gap: Gap; readonly view: PlaceView }) {
  const { here, language } = view;
  const t = portalWords[language];
  const { entry, groups, period, area, dimension, difference, times } = gap;
  const known = dimensionsOf(view).find(({ id }) => id === dimension);
  const [highest, lowest] = [groups[0], groups.at(-1)];
  const own = here.place.workspace.city.area;
  const decimals = Math.max(...groups.map((figure) => figure.decimals));
  const unit = parseUnit(entry.indicator.unit);
  return (
    <tr>
      <th scope="row">
        <a href={address.indicator(language, here.city, entry.indicator.id)}>
          {named(entry.indicator.name, view)}
        </a>
        <span class="quiet small">
          {' '}
          {[area === own ? '' : areaName(view, area), unitHead(entry.indicator.unit, language)]
            .filter((part) => part !== '')
            .join(' · ')}
        </span>
      </th>
      <td data-label={t.dimension}>{known === undefined ? dimension : named(known.name, view)}</td>
      <td class="keep" data-label={view.t.year}>
        {periodText(period, language)}
      </td>
      <td data-label={t.best}>{highest === undefined ? '' : <Group figure={highest} view={view} />}</td>
      <td data-label={t.worst}>{lowest === undefined ? '' : <Group figure={lowest} view={view} />}</td>
      <td class="num" data-label={t.gap}>
        {unit !== null && isShare(unit)
          ? formatDifference({ value: toDecimal(difference), unit: entry.indicator.unit, decimals }, language)
          : formatNumber(toDecimal(difference), { language, decimals })}
      </td>
      <td class="num" data-label={t.times}>
        {times === null ? '' : formatNumber(toDecimal(times), { language, decimals: 2 })}
      </td>
    </tr>
  );
}

function Group({ figure, view }: { readonly figure: Figure; readonly view: PlaceView }) {
  return (
    <>
      {breakdownName(figure.key.breakdown, view)} <FigureLink figure={figure} view={view} bare />
    </>
  );
}
