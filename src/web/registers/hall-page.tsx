import { labelled } from '../../language/index.ts';
import type { Registers } from '../../registers/index.ts';
import { Page } from '../layout.tsx';
import { FigureLink } from '../parts/figure.tsx';
import { named, type PlaceView } from '../view.ts';
import { families } from './families.ts';
import { paths } from './paths.ts';
import { registerWords } from './words.ts';

/** All registers of a place: by family, those with records first, with the newest figure each gives. */
export function HallPage({ all, view }: { readonly all: Registers; readonly view: PlaceView }) {
  const { language, here } = view;
  const words = registerWords[language];
  const own = new Set((here.place.workspace.registers ?? []).map(({ id }) => id));
  const groups = new Map<string, typeof declarations>();
  const declarations = all.declarations();
  for (const each of declarations) groups.set(each.family, [...(groups.get(each.family) ?? []), each]);
  const count = (id: string): number => all.projection.count(id);
  const weight = (list: typeof declarations): number => list.reduce((sum, { id }) => sum + count(id), 0);
  const open = all
    .declarations()
    .find(({ services, place }) => services !== undefined && place !== undefined);
  return (
    <Page
      view={view}
      title={words.registers}
      room="registers"
      trail={trailOf(view, [{ name: words.registers }])}
    >
      <h1>{words.registers}</h1>
      <p class="lead">{words.registersLead}</p>
      <p class="actions">
        <a class="button strong" href={paths.report(language, here.city)}>
          {words.report}
        </a>
        <a class="button" href={paths.follow(language, here.city)}>
          {words.follow}
        </a>
        {open === undefined ? null : (
          <a class="button" href={`${paths.register(language, here.city, open.id)}?state=open`}>
            {words.openNow}
          </a>
        )}
      </p>
      {[...groups]
        .sort(([a, x], [b, y]) => weight(y) - weight(x) || (a < b ? -1 : 1))
        .map(([family, list]) => (
          <section>
            <h2>{families[family] === undefined ? family : named(families[family], view)}</h2>
            <ul class="register-list">
              {list.map(({ id, name, description, indicators }) => {
                const entry = indicators
                  .map((each) => here.entries.get(each.id))
                  .find((each) => each !== undefined);
                const series = entry === undefined ? null : here.main(entry);
                const figure = series === null ? null : here.latest(series);
                return (
                  <li>
                    <a href={paths.register(language, here.city, id)}>
                      <strong>{named(name, view)}</strong>
                    </a>{' '}
                    {count(id) === 0 ? null : (
                      <span class="chip">
                        {count(id)} {words.records}
                      </span>
                    )}{' '}
                    {own.has(id) ? <span class="chip">{words.own}</span> : null}
                    <p class="quiet small">{named(description, view)}</p>
                    {figure === null || entry === undefined ? null : (
                      <p class="small">
                        {labelled(named(entry.indicator.name, view), view.language)}
                        <FigureLink figure={figure} view={view} />
                      </p>
                    )}
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
    </Page>
  );
}

/** From the place down to a page of its registers. */
export function trailOf(view: PlaceView, rest: readonly { readonly name: string; readonly href?: string }[]) {
  return [
    { name: named(view.here.place.workspace.city.name, view), href: `/${view.language}/${view.here.city}/` },
    ...rest,
  ];
}
