import { periodText } from '../../language/index.ts';
import type { Plan } from '../../model/index.ts';
import { type Branch, planTree } from '../../plan/index.ts';
import { address } from '../address.ts';
import { OfficeFrame } from '../office/frame.tsx';
import { projectOfficeWords } from '../projects/office-words.ts';
import { projectPath } from '../projects/paths.ts';
import { named, type PlaceView } from '../view.ts';
import { holds, type Person } from '../who.ts';
import { fill } from '../words.ts';
import { letterWords } from './letter-words.ts';
import { kindName } from './lines.ts';
import { oversightWords } from './oversight-words.ts';
import { planPath } from './paths.ts';
import { planWords } from './words.ts';

/** The plan in the office: every commitment to be changed, a new one, a table to be brought in. */
export function PlanOfficePage({
  view,
  person,
  plan,
  told,
  alarm,
  faults,
}: {
  readonly view: PlaceView;
  readonly person: Person;
  readonly plan: Plan;
  readonly told: string | null;
  readonly alarm: boolean;
  readonly faults: readonly string[];
}) {
  const { language, here } = view;
  const w = planWords[language];
  const mayEdit = holds(person, ['editor'], here.place.workspace.city.area);
  const base = address.plan(language, here.city, plan.id);
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={fill(w.officeTitle, { name: named(plan.name, view) })}
      told={told}
      alarm={alarm}
    >
      {faults.length === 0 ? null : (
        <ul class="told alarm" role="alert">
          {faults.map((fault) => (
            <li>{fault}</li>
          ))}
        </ul>
      )}
      <p class="lead">{w.officeText}</p>
      <p class="p-links">
        <span>
          {w.download} <a href={`${base}plan.csv`}>CSV</a> <a href={`${base}plan.xlsx`}>XLSX</a>{' '}
          <a href={`${base}plan.yaml`}>YAML</a>
        </span>
        <a href={planPath.changes(language, here.city, plan.id)}>{w.changes}</a>
        <a href={projectPath.office(language, here.city)}>{projectOfficeWords[language].title}</a>
        <a href={planPath.oversights(language, here.city, plan.id)}>{oversightWords[language].title}</a>
        <a href={planPath.letters(language, here.city, plan.id)}>{letterWords[language].letters}</a>
      </p>
      {mayEdit ? (
        <>
          <p>
            <a class="button" href={planPath.add(language, here.city, plan.id)}>
              {w.add}
            </a>
          </p>
          <details>
            <summary>{w.upload}</summary>
            <form method="post" enctype="multipart/form-data" class="door">
              <p>{w.uploadText}</p>
              <p class="field">
                <label for="file">{w.chooseFile}</label>
                <input id="file" name="file" type="file" accept=".csv,.xlsx,.yaml,.yml" required />
              </p>
              <p class="field">
                <label for="reason">{w.reasonLabel}</label>
                <textarea id="reason" name="reason" rows={2} maxlength={4000} />
              </p>
              <label class="tick">
                <input type="checkbox" name="withdraw" value="on" /> {w.leaveOut}
              </label>
              <p class="acts">
                <button type="submit" name="do" value="check">
                  {w.check}
                </button>{' '}
                <button type="submit" name="do" value="bring" class="main">
                  {w.bring}
                </button>
              </p>
            </form>
          </details>
        </>
      ) : (
        <p>{w.mayNot}</p>
      )}
      <Twigs branches={planTree(plan).roots} plan={plan} view={view} />
    </OfficeFrame>
  );
}

/** Commitments with those below them: what each is, who answers for it, how it stands, by when it is due. */
function Twigs({
  branches,
  plan,
  view,
}: {
  readonly branches: readonly Branch[];
  readonly plan: Plan;
  readonly view: PlaceView;
}) {
  const { language, here, t } = view;
  return (
    <ul class="tree">
      {branches.map(({ commitment, below }) => {
        const { id, kind, name, owner, department, state, due, withdrawn } = commitment;
        const beside = [
          ...(department === undefined ? (owner === undefined ? [] : [named(owner, view)]) : [department]),
          ...(state === 'unknown' ? [] : [t[`state_${state}`]]),
          ...(due === undefined ? [] : [fill(t.due, { when: periodText(due, language) })]),
        ];
        return (
          <li>
            <div>
              <span class="kind">{kindName(kind, view)}</span>
              <a href={planPath.edit(language, here.city, plan.id, id)}>
                {withdrawn === undefined ? named(name, view) : <s>{named(name, view)}</s>}
              </a>
              {beside.length === 0 ? null : <span class="when">{beside.join(' · ')}</span>}
            </div>
            {below.length === 0 ? null : <Twigs branches={below} plan={plan} view={view} />}
          </li>
        );
      })}
    </ul>
  );
}
