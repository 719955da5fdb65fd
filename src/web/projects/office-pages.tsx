import { type Portfolio, type Project, projectStages } from '../../model/index.ts';
import { address } from '../address.ts';
import { OfficeFrame } from '../office/frame.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { selectingPath } from '../selecting/paths.ts';
import { areaName, named, type PlaceView } from '../view.ts';
import { holds, type Person } from '../who.ts';
import { fill } from '../words.ts';
import { type HeadField, type ProjectFields, type ProjectPart, projectParts } from './form.ts';
import { ChangesPart } from './history-part.tsx';
import { projectOfficeWords } from './office-words.ts';
import { projectPath } from './paths.ts';
import { PhotosForm } from './photos-part.tsx';
import { projectWords } from './words.ts';

/** All projects as the log has them, to be changed; and the way to a new one. */
export function ProjectsOfficePage({
  view,
  person,
  portfolios,
}: {
  readonly view: PlaceView;
  readonly person: Person;
  readonly portfolios: readonly Portfolio[];
}) {
  const { language, here } = view;
  const w = projectOfficeWords[language];
  const mayEdit = holds(person, ['editor'], here.place.workspace.city.area);
  const rows = portfolios.flatMap((portfolio) =>
    portfolio.projects.map((project) => ({ portfolio, project })),
  );
  return (
    <OfficeFrame view={view} person={person} title={w.title}>
      <p class="lead">{w.lead}</p>
      <p class="p-links">
        {mayEdit ? (
          <a class="button" href={projectPath.add(language, here.city)}>
            {w.add}
          </a>
        ) : null}
        <a href={selectingPath.list(language, here.city)}>{w.selections}</a>
        {rows.length === 0 ? null : <a href={address.room(language, here.city, 'projects')}>{w.readPage}</a>}
      </p>
      {mayEdit ? null : <p>{w.mayNot}</p>}
      {rows.length === 0 ? (
        <p class="quiet">{w.none}</p>
      ) : (
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{w.project}</th>
              <th scope="col">{w.area}</th>
              <th scope="col">{w.changed}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ portfolio, project }) => {
              const last = project.revisions?.at(-1);
              const name = named(project.name, view);
              return (
                <tr>
                  <th scope="row">
                    <a href={projectPath.edit(language, here.city, portfolio.id, project.id)}>
                      {project.withdrawn === undefined ? name : <s>{name}</s>}
                    </a>
                  </th>
                  <td data-label={w.area}>
                    {project.area === undefined ? '–' : areaName(view, project.area)}
                  </td>
                  <td data-label={w.changed}>
                    {last === undefined ? '–' : `${last.at.slice(0, 10)} ${last.by}`}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </OfficeFrame>
  );
}

export interface EditProject {
  readonly view: PlaceView;
  readonly person: Person;
  readonly portfolio: Portfolio | null;
  /** Null: a new one. */
  readonly project: Project | null;
  readonly id: string;
  readonly fields: ProjectFields;
  readonly asOf: string;
  readonly expected: number;
  readonly reason: string;
  readonly faults: readonly string[];
  readonly told: string | null;
  readonly alarm: boolean;
}

/** A project as a form: all that it says, the day, the reason; its photographs and its history below. Works without scripts. */
export function EditProjectPage(state: EditProject) {
  const { view, person, portfolio, project, asOf, expected, reason, faults, told, alarm } = state;
  const { language, here } = view;
  const w = projectOfficeWords[language];
  const { workspace } = here.place;
  const mayEdit = holds(person, ['editor'], workspace.city.area);
  const title = project === null ? w.addTitle : fill(w.editTitle, { name: named(project.name, view) });
  return (
    <OfficeFrame view={view} person={person} title={title} told={told} alarm={alarm}>
      <p class="p-links">
        <a href={projectPath.office(language, here.city)}>{w.title}</a>
        {project === null ? null : (
          <a href={address.project(language, here.city, project.id)}>{w.readPage}</a>
        )}
      </p>
      {faults.length === 0 ? null : (
        <div class="told alarm" role="alert">
          {w.refused}
          <ul>
            {faults.map((fault) => (
              <li>{fault}</li>
            ))}
          </ul>
        </div>
      )}
      {mayEdit ? (
        <form method="post" class="p-form">
          <input type="hidden" name="expected" value={String(expected)} />
          <Heads state={state} />
          {partNames.map((part) => (
            <PartRows part={part} state={state} />
          ))}
          <Choices view={view} />
          <p class="field">
            <label for="asOf">{w.asOf}</label>
            <input id="asOf" name="asOf" value={asOf} required maxlength={10} aria-describedby="asOf-hint" />
            <small id="asOf-hint" class="quiet">
              {w.asOfHint}
            </small>
          </p>
          <p class="field">
            <label for="reason">{w.reason}</label>
            <textarea
              id="reason"
              name="reason"
              rows={2}
              maxlength={4000}
              required
              aria-describedby="reason-hint"
            >
              {reason}
            </textarea>
            <small id="reason-hint" class="quiet">
              {w.reasonHint}
            </small>
          </p>
          <p class="acts">
            <button class="main" type="submit" name="do" value="save">
              {w.save}
            </button>{' '}
            {project === null ? null : project.withdrawn === undefined ? (
              <button type="submit" name="do" value="withdraw">
                {w.withdraw}
              </button>
            ) : (
              <button type="submit" name="do" value="restore">
                {w.restore}
              </button>
            )}
          </p>
        </form>
      ) : (
        <p>{w.mayNot}</p>
      )}
      {project === null || portfolio === null ? null : (
        <>
          <PhotosForm
            project={project}
            portfolio={portfolio.id}
            expected={expected}
            asOf={asOf}
            mayEdit={mayEdit}
            view={view}
          />
          <ChangesPart project={project} view={view} />
        </>
      )}
    </OfficeFrame>
  );
}

const partNames = ['stages', 'milestones', 'partners', 'money', 'results'] as const;

function Heads({ state }: { readonly state: EditProject }) {
  const { view, project, id, fields } = state;
  const { workspace } = view.here.place;
  const w = projectOfficeWords[view.language];
  const { head } = fields;
  const text = (field: HeadField, label: string, hint?: string, more: object = {}) => (
    <p class="field">
      <label for={field}>{label}</label>
      <input
        id={field}
        name={field}
        value={head[field] ?? ''}
        maxlength={4000}
        aria-describedby={hint === undefined ? undefined : `${field}-hint`}
        {...more}
      />
      {hint === undefined ? null : (
        <small id={`${field}-hint`} class="quiet">
          {hint}
        </small>
      )}
    </p>
  );
  const note = (field: HeadField, label: string) => (
    <p class="field">
      <label for={field}>{label}</label>
      <textarea id={field} name={field} rows={2} maxlength={4000}>
        {head[field] ?? ''}
      </textarea>
    </p>
  );
  const choice = (
    field: HeadField,
    label: string,
    none: string,
    options: readonly (readonly [string, string])[],
  ) => (
    <p class="field">
      <label for={field}>{label}</label>
      <select id={field} name={field}>
        <option value="">{none}</option>
        {options.map(([value, name]) => (
          <option value={value} selected={value === head[field]}>
            {name}
          </option>
        ))}
      </select>
    </p>
  );
  return (
    <div class="two">
      {project === null ? (
        <p class="field">
          <label for="id">{w.id}</label>
          <input
            id="id"
            name="id"
            value={id}
            required
            maxlength={60}
            pattern="[a-z0-9]+([._\-][a-z0-9]+)*"
            aria-describedby="id-hint"
          />
          <small id="id-hint" class="quiet">
            {w.idHint}
          </small>
        </p>
      ) : null}
      {choice(
        'area',
        w.area,
        w.whole,
        workspace.city.areas.map((each) => [each.id, named(each.name, view)]),
      )}
      {text('name_en', w.nameEn)}
      {text('name_zh', w.nameZh)}
      {note('note_en', w.noteEn)}
      {note('note_zh', w.noteZh)}
      {text('longitude', w.longitude, w.pointHint, { inputmode: 'decimal' })}
      {text('latitude', w.latitude, undefined, { inputmode: 'decimal' })}
      {choice(
        'commitment',
        w.commitment,
        w.noneChosen,
        workspace.plans.flatMap((plan) =>
          plan.commitments.map((each) => [`${plan.id} ${each.id}`, named(each.name, view)] as const),
        ),
      )}
      {choice(
        'candidate',
        w.candidate,
        w.noneChosen,
        (workspace.selections ?? []).flatMap((selection) =>
          selection.candidates.map((each) => [`${selection.id} ${each.id}`, named(each.name, view)] as const),
        ),
      )}
      {text('source', w.source, w.sourceHint, { list: 'p-sources' })}
      {text('locator', w.locator)}
    </div>
  );
}

function Choices({ view }: { readonly view: PlaceView }) {
  const { city, indicators } = view.here.place.workspace;
  return (
    <>
      <datalist id="p-sources">
        {city.sources.map((each) => (
          <option value={each.id}>{named(each.title, view)}</option>
        ))}
      </datalist>
      <datalist id="p-indicators">
        {indicators.map((each) => (
          <option value={each.id}>{named(each.name, view)}</option>
        ))}
      </datalist>
    </>
  );
}

/** Rows of one part: those that are there, and two blank ones. */
function PartRows({ part, state }: { readonly part: ProjectPart; readonly state: EditProject }) {
  const { view, fields } = state;
  const w = projectOfficeWords[view.language];
  return (
    <fieldset>
      <legend>{w[part]}</legend>
      <Scroll label={w[part]}>
        <table class="dense grid">
          <thead>
            <tr>
              {projectParts[part].map((column) => (
                <th scope="col">{w[`c_${column}`]}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...fields.parts[part], {}, {}].map((row: Readonly<Record<string, string>>, at) => (
              <tr>
                {projectParts[part].map((column) => (
                  <td data-label={w[`c_${column}`]}>
                    <Cell
                      name={`${part}.${column}`}
                      column={column}
                      value={row[column] ?? ''}
                      label={`${w[part]} ${at + 1}, ${w[`c_${column}`]}`}
                      view={view}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <small class="quiet">
        {part === 'money' ? w.moneyHint : null} {w.moreRows}
      </small>
    </fieldset>
  );
}

function Cell({
  name,
  column,
  value,
  label,
  view,
}: {
  readonly name: string;
  readonly column: string;
  readonly value: string;
  readonly label: string;
  readonly view: PlaceView;
}) {
  if (column === 'stage')
    return (
      <select name={name} aria-label={label}>
        <option value="" />
        {projectStages.map((stage) => (
          <option value={stage} selected={stage === value}>
            {projectWords[view.language][stage]}
          </option>
        ))}
      </select>
    );
  if (column === 'area')
    return (
      <select name={name} aria-label={label}>
        <option value="" />
        {view.here.place.workspace.city.areas.map((each) => (
          <option value={each.id} selected={each.id === value}>
            {named(each.name, view)}
          </option>
        ))}
      </select>
    );
  const list = column === 'indicator' ? 'p-indicators' : column === 'source' ? 'p-sources' : undefined;
  return <input name={name} value={value} aria-label={label} list={list} maxlength={4000} />;
}
