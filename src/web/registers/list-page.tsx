import { inBrackets } from '../../language/index.ts';
import type { Case, Register, Registers } from '../../registers/index.ts';
import { entityOfKind, fieldNamed, isOverdue, localDay, maySee } from '../../registers/index.ts';
import { Page } from '../layout.tsx';
import { completenessText } from '../parts/completeness.tsx';
import { FigureLink } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { areaName, named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { CaseMap } from './case-map.tsx';
import { caseTitle } from './case-title.ts';
import { isOffice, type Standing } from './hall.ts';
import { trailOf } from './hall-page.tsx';
import { filterFields, type ListChoice, type ListPart } from './list.ts';
import { paths } from './paths.ts';
import { shownText } from './shown-text.ts';
import { registerWords } from './words.ts';

interface ListProps {
  readonly all: Registers;
  readonly register: Register;
  readonly choice: ListChoice;
  readonly part: ListPart;
  readonly standing: Standing;
  readonly now: string;
  readonly view: PlaceView;
}

/** A register's cases or entities: filters in the address, a page at a time, the newest first. */
export function ListPage({ all, register, choice, part, standing, now, view }: ListProps) {
  const { declaration, id } = register;
  const { language, here } = view;
  const words = registerWords[language];
  const columns = columnsOf(register, choice);
  const starts = declaration.steps.filter(
    ({ after, by }) => after.length === 0 && by.some((role) => standing.roles.includes(role)),
  );
  const place = declaration.place === undefined ? undefined : fieldNamed(declaration, declaration.place);
  return (
    <Page
      view={view}
      title={named(declaration.name, view)}
      room="registers"
      trail={trailOf(view, [
        { name: words.registers, href: paths.hall(language, here.city) },
        { name: named(declaration.name, view) },
      ])}
    >
      <h1>{named(declaration.name, view)}</h1>
      <p class="lead">{named(declaration.description, view)}</p>
      <RegisterTabs register={register} standing={standing} view={view} />
      {starts.length === 0 ? null : (
        <p class="actions">
          {starts.map(({ kind, name }) => (
            <>
              <a
                class="button"
                href={
                  declaration.services !== undefined &&
                  kind === declaration.steps[0]?.kind &&
                  !isOffice(standing)
                    ? paths.report(language, here.city)
                    : paths.enter(language, here.city, id, kind)
                }
              >
                {declaration.services !== undefined && !isOffice(standing)
                  ? words.report
                  : stepLabel(register, kind, named(name, view), view)}
              </a>{' '}
            </>
          ))}
        </p>
      )}
      <Figures register={register} view={view} />
      <section>
        <h2>{words.list}</h2>
        <Filters register={register} choice={choice} view={view} />
        {part.cases.length === 0 ? (
          <p class="quiet">{emptyText(all.projection.count(id), choice, standing, view)}</p>
        ) : (
          <Scroll label={named(declaration.name, view)}>
            <table>
              <caption>{fill(words.shown, { n: part.cases.length, m: part.total })}</caption>
              <thead>
                <tr>
                  <th scope="col">{words.number}</th>
                  <th scope="col">{words.step}</th>
                  {columns.map((field) => (
                    <th scope="col" class={numeric(field)}>
                      {named(field.name, view)}
                    </th>
                  ))}
                  <th scope="col">{words.area}</th>
                  <th scope="col">{words.since}</th>
                  {declaration.deadlines.length === 0 ? null : <th scope="col">{words.due}</th>}
                </tr>
              </thead>
              <tbody>
                {part.cases.map((each) => (
                  <Row
                    each={each}
                    columns={columns}
                    all={all}
                    register={register}
                    standing={standing}
                    now={now}
                    view={view}
                  />
                ))}
              </tbody>
            </table>
          </Scroll>
        )}
        {part.next === null && choice.after === '' ? null : (
          <p>
            {choice.after === '' ? null : <a href={`?${queryOf(choice, '')}`}>{words.first}</a>}{' '}
            {part.next === null ? null : <a href={`?${queryOf(choice, part.next)}`}>{words.later}</a>}
          </p>
        )}
      </section>
      {place === undefined ? null : (
        <CaseMap
          cases={part.newest}
          total={part.total}
          field={place.id}
          register={register}
          now={now}
          view={view}
        />
      )}
    </Page>
  );
}

/** Why a list is empty: nothing matches, nothing is public, or nothing has been recorded. */
function emptyText(records: number, choice: ListChoice, standing: Standing, view: PlaceView): string {
  const words = registerWords[view.language];
  const { type, state, at, area, query, fields, after } = choice;
  const isNarrow =
    type !== null || [state, at, area, query, after].some((each) => each !== '') || fields.size > 0;
  if (records === 0) return words.nothing;
  if (isNarrow) return words.nothingFound;
  return isOffice(standing) ? words.nothing : fill(words.nothingPublic, { n: records });
}

function Row({
  each,
  columns,
  all,
  register,
  standing,
  now,
  view,
}: {
  readonly each: Case;
  readonly columns: ReturnType<typeof columnsOf>;
  readonly all: Registers;
  readonly register: Register;
  readonly standing: Standing;
  readonly now: string;
  readonly view: PlaceView;
}) {
  const { language, here } = view;
  const open = each.deadlines.find(({ done }) => done === null);
  return (
    <tr>
      <th scope="row" class="keep">
        <a href={paths.case(language, here.city, register.id, each.number)}>{each.number}</a>
      </th>
      <td>
        <StateChip each={each} register={register} now={now} view={view} />
      </td>
      {columns.map((field, at) => {
        const text = each.values[field.id];
        // A case of another type than most has a title of its own, which stands where titles stand.
        if (text === undefined && at === 0) return <td>{caseTitle(all, register.id, each, view) ?? ''}</td>;
        return (
          <td class={numeric(field)}>
            {text === undefined || !maySee(register, field, each.values, standing.roles)
              ? ''
              : shownText(field, text, all, register.id, view)}
          </td>
        );
      })}
      <td>{areaName(view, each.area)}</td>
      <td class="keep">{localDay(each.steps[0]?.occurred ?? now, all.at.calendar)}</td>
      {register.declaration.deadlines.length === 0 ? null : (
        <td class="keep">{open === undefined ? '' : localDay(open.due, all.at.calendar)}</td>
      )}
    </tr>
  );
}

/** The newest step of a case by name, with its standing told by word and frame. */
export function StateChip({
  each,
  register,
  now,
  view,
}: {
  readonly each: Case;
  readonly register: Register;
  readonly now: string;
  readonly view: PlaceView;
}) {
  const words = registerWords[view.language];
  const late = isOverdue(each, now);
  const step = register.declaration.steps.find(({ kind }) => kind === each.at);
  return (
    <span class={`chip ${late ? 'overdue' : each.state}`}>
      {step === undefined ? each.at : named(step.name, view)}
      {late ? ` · ${words.overdue}` : ''}
    </span>
  );
}

/** Up to four short fields of the first form, or those of the entity. */
function columnsOf({ declaration }: Register, { type }: ListChoice) {
  const entity = declaration.entities.find(({ id }) => id === type);
  const first = declaration.steps.find(
    ({ after, of }) =>
      after.length === 0 && (type === null || of === type || declaration.cases[0]?.id === type),
  );
  const fields = entity?.fields ?? declaration.forms.find(({ id }) => id === first?.form)?.fields ?? [];
  const shown = declaration.cases.find(({ id }) => id === (type ?? declaration.cases[0]?.id));
  const title = entity?.title ?? shown?.title;
  const key = entity === undefined ? shown?.key : undefined;
  return [...fields]
    .filter(
      ({ id, type: kind, personal, erasable }) =>
        !personal &&
        !erasable &&
        // The number says it already.
        id !== key &&
        !['long-text', 'rows', 'shape', 'point', 'photo', 'file', 'serials'].includes(kind),
    )
    .sort((a, b) => Number(b.id === title) - Number(a.id === title))
    .slice(0, 4);
}

function Filters({
  register: { declaration },
  choice,
  view,
}: {
  readonly register: Register;
  readonly choice: ListChoice;
  readonly view: PlaceView;
}) {
  const words = registerWords[view.language];
  const types = [...declaration.cases, ...declaration.entities];
  const options = (list: readonly (readonly [string, string])[], chosen: string) => (
    <>
      <option value="">{words.all}</option>
      {list.map(([value, name]) => (
        <option value={value} selected={value === chosen}>
          {name}
        </option>
      ))}
    </>
  );
  const { areas } = view.here.place.workspace.city;
  return (
    <form class="filters many" method="get">
      {types.length < 2 && declaration.entities.length === 0 ? null : (
        <p>
          <label for="type">{words.type}</label>
          <select id="type" name="type">
            {options(
              types.map(({ id, name }) => [id, named(name, view)] as const),
              choice.type ?? '',
            )}
          </select>
        </p>
      )}
      <p>
        <label for="state">{words.state}</label>
        <select id="state" name="state">
          {options(
            [
              ['open', words.openState],
              ['overdue', words.overdueState],
              ['closed', words.closedState],
            ],
            choice.state,
          )}
        </select>
      </p>
      {filterFields(declaration).map((field) => (
        <p>
          <label for={`f.${field.id}`}>{named(field.name, view)}</label>
          <select id={`f.${field.id}`} name={`f.${field.id}`}>
            {options(
              (field.choices ?? []).map(({ id, name }) => [id, named(name, view)] as const),
              choice.fields.get(field.id) ?? '',
            )}
          </select>
        </p>
      ))}
      {areas.length < 2 ? null : (
        <p>
          <label for="area">{words.area}</label>
          <select id="area" name="area">
            {options(
              areas.map(({ id, name }) => [id, named(name, view)] as const),
              choice.area,
            )}
          </select>
        </p>
      )}
      <p>
        <label for="query">{words.number}</label>
        <input id="query" name="q" type="search" value={choice.query} maxlength={100} />
      </p>
      <button type="submit">{words.filter}</button>
    </form>
  );
}

/** A choice as the query of an address. */
export function queryOf(choice: ListChoice, after: string): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string): void => {
    if (value !== '') query.set(name, value);
  };
  put('type', choice.type ?? '');
  put('state', choice.state);
  put('at', choice.at);
  put('area', choice.area);
  put('q', choice.query);
  for (const [id, value] of choice.fields) put(`f.${id}`, value);
  put('after', after);
  return query.toString();
}

/** The indicators that a register gives, as figures with their trace. */
export function Figures({ register, view }: { readonly register: Register; readonly view: PlaceView }) {
  const words = registerWords[view.language];
  const shown = register.declaration.indicators.flatMap(({ id }) => {
    const entry = view.here.entries.get(id);
    const series = entry === undefined ? null : view.here.main(entry);
    const figure = series === null ? null : view.here.latest(series);
    return entry === undefined || figure === null ? [] : [{ entry, figure }];
  });
  if (shown.length === 0) return null;
  return (
    <section>
      <h2>{words.indicators}</h2>
      <dl class="facts">
        {shown.map(({ entry, figure }) => (
          <div>
            <dt>
              <a href={`/${view.language}/${view.here.city}/indicators/${entry.indicator.id}/`}>
                {named(entry.indicator.name, view)}
              </a>
            </dt>
            <dd>
              <FigureLink figure={figure} view={view} />{' '}
              <span class="quiet">{'period' in figure.key.measure ? figure.key.measure.period : ''}</span>
              {figure.completeness === null ? null : (
                <>
                  <br />
                  <span class="quiet small">{completenessText(figure.completeness, view)}</span>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** The pages of one register. */
export function RegisterTabs({
  register: { declaration, id },
  standing,
  view,
}: {
  readonly register: Register;
  readonly standing: Standing;
  readonly view: PlaceView;
}) {
  const { language, here } = view;
  const words = registerWords[language];
  const tabs: readonly (readonly [string, string, boolean])[] = [
    [paths.register(language, here.city, id), words.list, true],
    [paths.page(language, here.city, id, 'answers'), words.answers, declaration.department !== undefined],
    [paths.page(language, here.city, id, 'balances'), words.balances, declaration.items.length > 0],
    [paths.page(language, here.city, id, 'matches'), words.matches, declaration.matches.length > 0],
    [paths.page(language, here.city, id, 'intake'), words.intake, isOffice(standing)],
    [paths.page(language, here.city, id, 'rules'), words.rules, true],
    [
      `/api/places/${here.city}/registers/${id}/cases.csv`,
      `${words.openData}${inBrackets('CSV', view.language)}`,
      true,
    ],
  ];
  return (
    <ul class="tabs">
      {tabs
        .filter(([, , there]) => there)
        .map(([href, name]) => (
          <li>
            <a href={href} aria-current={href === view.path ? 'page' : undefined}>
              {name}
            </a>
          </li>
        ))}
    </ul>
  );
}

/** What a step is called where it begins something: an entity's by the entity. */
export function stepLabel(register: Register, kind: string, name: string, view: PlaceView): string {
  const words = registerWords[view.language];
  const entity = entityOfKind(register.declaration, kind);
  const gap = view.language === 'zh' ? '' : ': ';
  return entity === undefined ? name : `${words.enter}${gap}${named(entity.name, view)}`;
}

/** Amounts stand below each other by their last digit, each on one line. */
function numeric({ type }: ReturnType<typeof columnsOf>[number]): 'num' | undefined {
  return type === 'number' || type === 'integer' ? 'num' : undefined;
}
