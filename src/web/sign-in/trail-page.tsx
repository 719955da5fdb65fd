import type { TrailEntry } from '../../store/index.ts';
import { OfficeFrame } from '../office/frame.tsx';
import { Scroll } from '../parts/scroll.tsx';
import type { PlaceView } from '../view.ts';
import type { Person } from '../who.ts';
import { Field } from './parts.tsx';
import { actionName, outcomeName } from './trail-words.ts';
import { signInWords } from './words.ts';

/** Who saw or did what. */
export function TrailPage({
  view,
  person,
  city,
  entries,
  asked,
}: {
  readonly view: PlaceView;
  readonly person: Person;
  readonly city: string;
  readonly entries: readonly (TrailEntry & { readonly id: number })[];
  readonly asked: Readonly<Record<'q' | 'from' | 'to', string>>;
}) {
  const w = signInWords[view.language];
  const here = `/${view.language}/${city}/office/trail/`;
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''));
  const last = entries.at(-1);
  return (
    <OfficeFrame view={view} person={person} title={w.trail}>
      <p class="lead">{w.trailText}</p>
      <form class="filter" method="get" action={here}>
        <Field name="q" label={w.search} value={asked.q} required={false} />
        <Field name="from" label={w.from} type="date" value={asked.from} required={false} />
        <Field name="to" label={w.to} type="date" value={asked.to} required={false} />
        <button type="submit">{w.search}</button>
        <a class="button" href={`/api/office/${city}/trail.csv?${query}`}>
          {w.export}
        </a>
      </form>
      {entries.length === 0 ? <p>{w.none}</p> : null}
      <Scroll label={w.trail}>
        <table class="dense stack">
          <thead>
            <tr>
              <th scope="col">{w.when}</th>
              <th scope="col">{w.person}</th>
              <th scope="col">{w.action}</th>
              <th scope="col">{w.object}</th>
              <th scope="col">{w.outcome}</th>
              <th scope="col">{w.address}</th>
            </tr>
          </thead>
          <tbody>
            {entries.map((each) => (
              <tr>
                <th scope="row">
                  <time datetime={each.at}>{each.at.slice(0, 19).replace('T', ' ')}</time>
                </th>
                <td data-label={w.person}>{each.name}</td>
                <td data-label={w.action}>
                  {actionName(each.action, view.language)} <code class="quiet">{each.action}</code>
                </td>
                <td class="long" data-label={w.object}>
                  {each.object}
                </td>
                <td data-label={w.outcome}>{outcomeName(each.outcome, view.language)}</td>
                <td data-label={w.address}>
                  {each.address === null || each.address === 'unknown' ? '–' : each.address}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {entries.length < 200 || last === undefined ? null : (
        <p>
          <a href={`${here}?${query}&before=${last.id}`}>{w.older}</a>
        </p>
      )}
    </OfficeFrame>
  );
}
