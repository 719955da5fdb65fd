import { type PlanColumn, type PlanRow, partColumns } from '../../intake/index.ts';
import type { Commitment, Plan } from '../../model/index.ts';
import { OfficeFrame } from '../office/frame.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import { holds, type Person } from '../who.ts';
import { fill } from '../words.ts';
import { formParts } from './form.ts';
import type { Moment } from './history.ts';
import { HistoryPart } from './history-part.tsx';
import { kindName } from './lines.ts';
import { oversightWords } from './oversight-words.ts';
import { planPath } from './paths.ts';
import { type PlanWords, planWords } from './words.ts';

const kinds = ['goal', 'objective', 'task', 'project', 'mechanism'] as const;
const states = ['unknown', 'proposed', 'introduced', 'started', 'in-trial', 'in-production', 'done'] as const;
const comparators = ['>=', '<=', '=', '>', '<'] as const;

export interface EditState {
  readonly view: PlaceView;
  readonly person: Person;
  readonly plan: Plan;
  /** Null: a new one. */
  readonly commitment: Commitment | null;
  /** What the form shows. */
  readonly rows: readonly PlanRow[];
  readonly id: string;
  readonly expected: number;
  readonly reason: string;
  readonly moments: readonly Moment[];
  readonly faults: readonly string[];
  readonly told: string | null;
  readonly alarm: boolean;
}

/** A commitment as a form: everything it says, the reason of the change, and its history below. Works without JavaScript. */
export function EditPage(state: EditState) {
  const { view, person, plan, commitment, rows, id, expected, reason, moments, faults, told, alarm } = state;
  const { t, language, here } = view;
  const w = planWords[language];
  const { workspace } = here.place;
  const mayEdit = holds(person, ['editor'], workspace.city.area);
  const head = rows[0] ?? {};
  const text = (column: PlanColumn, label: string, hint?: string, more: object = {}) => (
    <p class="field">
      <label for={column}>{label}</label>
      <input
        id={column}
        name={column}
        value={head[column] ?? ''}
        maxlength={4000}
        aria-describedby={hint === undefined ? undefined : `${column}-hint`}
        {...more}
      />
      {hint === undefined ? null : (
        <small id={`${column}-hint`} class="quiet">
          {hint}
        </small>
      )}
    </p>
  );
  const area = (column: PlanColumn, label: string) => (
    <p class="field">
      <label for={column}>{label}</label>
      <textarea id={column} name={column} rows={3} maxlength={4000}>
        {head[column] ?? ''}
      </textarea>
    </p>
  );
  const title = commitment === null ? w.addTitle : fill(w.editTitle, { name: named(commitment.name, view) });
  return (
    <OfficeFrame view={view} person={person} title={title} told={told} alarm={alarm}>
      <p>
        <a href={planPath.office(language, here.city, plan.id)}>{named(plan.name, view)}</a>
        {commitment === null ? null : (
          <>
            {' · '}
            <a href={planPath.commitment(language, here.city, plan.id, commitment.id)}>{w.commitment}</a>
            {' · '}
            <a href={planPath.oversight(language, here.city, plan.id, commitment.id)}>
              {oversightWords[language].title}
            </a>
            {mayEdit ? (
              <>
                {' · '}
                <a href={planPath.add(language, here.city, plan.id, commitment.id)}>{w.addTo}</a>
              </>
            ) : null}
          </>
        )}
      </p>
      {faults.length === 0 ? null : (
        <ul class="told alarm" role="alert">
          {faults.map((fault) => (
            <li>{fault}</li>
          ))}
        </ul>
      )}
      {mayEdit ? (
        <form method="post" class="p-form">
          <input type="hidden" name="expected" value={String(expected)} />
          <div class="two">
            {commitment === null ? (
              <p class="field">
                <label for="id">{w.id}</label>
                <input
                  id="id"
                  name="id"
                  value={id}
                  required
                  maxlength={80}
                  pattern="[a-z0-9]+([._\-][a-z0-9]+)*"
                  aria-describedby="id-hint"
                />
                <small id="id-hint" class="quiet">
                  {w.idHint}
                </small>
              </p>
            ) : null}
            <p class="field">
              <label for="kind">{w.f_kind}</label>
              <select id="kind" name="kind">
                {kinds.map((kind) => (
                  <option value={kind} selected={kind === head.kind}>
                    {kindName(kind, view)}
                  </option>
                ))}
              </select>
            </p>
            <p class="field">
              <label for="parent">{w.f_parent}</label>
              <select id="parent" name="parent">
                <option value="">{w.top}</option>
                {plan.commitments
                  .filter((each) => each.id !== commitment?.id)
                  .map((each) => (
                    <option value={each.id} selected={each.id === head.parent}>
                      {named(each.name, view)}
                    </option>
                  ))}
              </select>
            </p>
            {text('name_en', w.nameEn)}
            {text('name_zh', w.nameZh)}
            {area('description_en', w.descriptionEn)}
            {area('description_zh', w.descriptionZh)}
            {text('owner_en', w.ownerEn)}
            {text('owner_zh', w.ownerZh)}
            {text('department', w.department, w.departmentHint)}
            <p class="field">
              <label for="area">{w.area}</label>
              <select id="area" name="area">
                <option value="">{w.whole}</option>
                {workspace.city.areas.map((each) => (
                  <option value={each.id} selected={each.id === head.area}>
                    {named(each.name, view)}
                  </option>
                ))}
              </select>
            </p>
            {text('start', w.f_start)}
            {text('due', w.f_due)}
            {text('weight', w.f_weight)}
            <p class="field">
              <label for="state">{w.f_state}</label>
              <select id="state" name="state">
                {states.map((each) => (
                  <option value={each} selected={each === (head.state ?? 'unknown')}>
                    {each === 'unknown' ? '–' : t[`state_${each}`]}
                  </option>
                ))}
              </select>
            </p>
            {text('sdg_targets', w.sdg, w.sdgHint)}
            {text('criteria', w.criteria, w.criteriaHint)}
          </div>
          {formParts.map((part) => (
            <PartRows part={part} rows={rows} state={state} w={w} />
          ))}
          <div class="two">
            {text('source', w.source, undefined, { list: 'p-sources' })}
            {text('locator', w.locator)}
            {area('note_en', w.noteEn)}
            {area('note_zh', w.noteZh)}
          </div>
          <datalist id="p-indicators">
            {workspace.indicators.map((each) => (
              <option value={each.id}>{named(each.name, view)}</option>
            ))}
          </datalist>
          <datalist id="p-sources">
            {workspace.city.sources.map((each) => (
              <option value={each.id}>{named(each.title, view)}</option>
            ))}
          </datalist>
          <p class="field">
            <label for="reason">{w.reasonLabel}</label>
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
            {commitment === null ? null : commitment.withdrawn === undefined ? (
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
      {commitment === null ? null : <HistoryPart moments={moments} view={view} />}
    </OfficeFrame>
  );
}

/** Rows of one part: those that are there, and some blank ones. */
function PartRows({
  part,
  rows,
  state: { view },
  w,
}: {
  readonly part: (typeof formParts)[number];
  readonly rows: readonly PlanRow[];
  readonly state: EditState;
  readonly w: PlanWords;
}) {
  const columns = partColumns[part];
  const title = { targets: w.targets, budget: w.f_budget, evidence: w.evidence }[part];
  const filled = rows.filter((row) => columns.some((column) => (row[column] ?? '') !== ''));
  const shown = [...filled, {}, {}];
  return (
    <fieldset>
      <legend>{title}</legend>
      <Scroll label={title}>
        <table class="dense grid">
          <thead>
            <tr>
              {columns.map((column) => (
                <th scope="col">{columnName(column, w)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row: PlanRow, at) => (
              <tr>
                {columns.map((column) => (
                  <td data-label={columnName(column, w)}>
                    <Cell
                      column={column}
                      value={row[column] ?? ''}
                      label={`${title} ${at + 1}, ${columnName(column, w)}`}
                      view={view}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <small class="quiet">{w.moreRows}</small>
    </fieldset>
  );
}

function Cell({
  column,
  value,
  label,
  view,
}: {
  readonly column: PlanColumn;
  readonly value: string;
  readonly label: string;
  readonly view: PlaceView;
}) {
  if (column === 'target_comparator')
    return (
      <select name={column} aria-label={label}>
        {comparators.map((each) => (
          <option value={each} selected={each === (value || '>=')}>
            {each}
          </option>
        ))}
      </select>
    );
  if (column === 'target_area')
    return (
      <select name={column} aria-label={label}>
        <option value="">{planWords[view.language].whole}</option>
        {view.here.place.workspace.city.areas.map((each) => (
          <option value={each.id} selected={each.id === value}>
            {named(each.name, view)}
          </option>
        ))}
      </select>
    );
  const list =
    column === 'target_indicator' ? 'p-indicators' : /_source$/.test(column) ? 'p-sources' : undefined;
  return <input name={column} value={value} aria-label={label} list={list} maxlength={4000} />;
}

function columnName(column: PlanColumn, w: PlanWords): string {
  const names: Partial<Record<PlanColumn, string>> = {
    target_indicator: w.indicator,
    target_area: w.area,
    target_period: w.period,
    target_comparator: w.comparator,
    target_value: w.value,
    target_unit: w.unit,
    budget_amount: w.amount,
    budget_unit: w.unit,
    budget_source_en: w.fundsEn,
    budget_source_zh: w.fundsZh,
    evidence_en: w.textEn,
    evidence_zh: w.textZh,
  };
  return names[column] ?? (column.endsWith('_locator') ? w.locator : w.source);
}
