import { colon, inBrackets, labelled, unitHead } from '../../language/index.ts';
import type { ExaminationDeclaration, ExaminationSubject } from '../../model/index.ts';
import {
  type ExaminedItem,
  type ExaminedSubject,
  type Hearing,
  type HearingEvent,
  type HearingKind,
  hearingRoles,
  mayHear,
} from '../../plan/index.ts';
import { address } from '../address.ts';
import { OfficeFrame } from '../office/frame.tsx';
import type { FormFields } from '../sign-in/form.ts';
import { signInWords } from '../sign-in/words.ts';
import { areaName, named, type PlaceView } from '../view.ts';
import type { Person } from '../who.ts';
import { fill } from '../words.ts';
import { type ActOutcome, mayAct } from './hearings.ts';
import { deskPath } from './office-list.tsx';
import { pointsText, ScoreTable } from './score-table.tsx';
import { examinationWords } from './words.ts';

/** Who is examined, and how far each has come. */
export function HearingsPage({
  view,
  person,
  declared,
  subjects,
  hearings,
}: {
  readonly view: PlaceView;
  readonly person: Person;
  readonly declared: ExaminationDeclaration;
  readonly subjects: readonly ExaminationSubject[];
  readonly hearings: ReadonlyMap<string, Hearing>;
}) {
  const w = examinationWords[view.language];
  return (
    <OfficeFrame view={view} person={person} title={named(declared.name, view)}>
      <p>
        <a href={address.examination(view.language, view.here.city, declared.id)}>{w.results}</a>
      </p>
      <table class="stack">
        <thead>
          <tr>
            <th scope="col">{w.who}</th>
            <th scope="col">{w.state}</th>
          </tr>
        </thead>
        <tbody>
          {subjects.map((subject) => (
            <tr>
              <th scope="row">
                <a href={deskPath(view, declared.id, subject.id)}>{named(subject.name, view)}</a>
              </th>
              <td data-label={w.state}>{w[`st_${hearings.get(subject.id)?.state ?? ''}`]}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </OfficeFrame>
  );
}

interface DeskProps {
  readonly view: PlaceView;
  readonly person: Person;
  readonly declared: ExaminationDeclaration;
  readonly subject: ExaminationSubject;
  readonly hearing: Hearing;
  readonly examined: ExaminedSubject;
  readonly told: ActOutcome | null;
  /** What was typed into a form that was refused: nothing typed is lost. */
  readonly typed: FormFields | null;
}

/** The course of one subject's examination: the score table, what was said, and the step that is next. */
export function DeskPage(props: DeskProps) {
  const { view, person, declared, subject, hearing, examined, told } = props;
  const w = examinationWords[view.language];
  const last = [...hearing.events].reverse().find(({ sheet }) => sheet !== undefined)?.sheet;
  const { score, earned, possible } = examined.examination;
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={`${named(subject.name, view)}${colon(view.language)}${w.course}`}
      told={told === null ? null : told === 'done' ? w.done : w[`x_${told}`]}
      alarm={told !== null && told !== 'done'}
    >
      <p>
        <a href={deskPath(view, declared.id)}>{named(declared.name, view)}</a> ·{' '}
        {labelled(w.state, view.language)}
        <strong>{w[`st_${hearing.state}`]}</strong>
        {score === null
          ? ''
          : ` · ${labelled(w.score, view.language)}${pointsText(score)} / 100${inBrackets(fill(w.ofJudged, { earned: pointsText(earned), possible: pointsText(possible) }), view.language)}`}
      </p>
      {last === undefined || last.score === null || score === null || last.score === score ? null : (
        <p>{fill(w.changed, { now: pointsText(score), fixed: pointsText(last.score) })}</p>
      )}
      <ScoreTable declared={declared} examined={examined} view={view} />
      <Next {...props} />
      {hearing.events.length === 0 ? null : (
        <section id="happened">
          <h2>{w.happened}</h2>
          <ol class="plain">
            {hearing.events.map((event) => (
              <Happened event={event} declared={declared} view={view} />
            ))}
          </ol>
        </section>
      )}
    </OfficeFrame>
  );
}

function Happened({
  event,
  declared,
  view,
}: {
  readonly event: HearingEvent;
  readonly declared: ExaminationDeclaration;
  readonly view: PlaceView;
}) {
  const w = examinationWords[view.language];
  const { kind, name, at, said, items, sheet } = event;
  const nameOf = (id: string): string => {
    const item = declared.items.find((each) => each.id === id);
    return item === undefined ? id : named(item.name, view);
  };
  return (
    <li>
      <strong>{w[`st_${kind}`]}</strong> · {name} ·{' '}
      <time datetime={at}>{at.slice(0, 16).replace('T', ' ')}</time>
      {sheet === undefined ? null : (
        <span class="quiet">
          {' '}
          · {fill(w.fixed, { score: sheet.score === null ? '–' : pointsText(sheet.score), n: sheet.asOf })}
        </span>
      )}
      {said === '' ? null : <p class="typed">{said}</p>}
      {items.length === 0 ? null : (
        <ul>
          {items.map((each) => (
            <li>
              {nameOf(each.item)}
              {kind === 'answered' ? ` · ${each.upheld ? w.upheld : w.rejected}` : ''}
              {each.value === ''
                ? ''
                : ` · ${fill(kind === 'answered' ? w.gaveBack : w.ownSays, { value: kind === 'answered' ? pointsText(each.value) : each.value })}`}
              {each.said === '' ? '' : `${colon(view.language)}${each.said}`}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** The forms of the steps that may come now and that this person may take; else whose step it is. */
function Next(props: DeskProps) {
  const { view, person, declared, subject, hearing } = props;
  const w = examinationWords[view.language];
  const next = (
    ['reported', 'returned', 'checked', 'objected', 'answered', 'final', 'reopened'] as const
  ).filter((kind) => mayHear(hearing.state, kind));
  const own = next.filter((kind) => mayAct(person, subject, kind));
  const action = deskPath(view, declared.id, subject.id);
  if (own.length === 0) {
    const [first] = next;
    if (first === undefined) return null;
    const roleWords = signInWords[view.language];
    return (
      <p class="quiet">
        {fill(w.yours, {
          role: roleWords[`r_${hearingRoles[first]}`],
          area: areaName(view, subject.area),
          department: subject.department === undefined ? w.whole_area : named(subject.name, view),
        })}
      </p>
    );
  }
  return (
    <>
      {own.includes('reported') ? <ReportForm {...props} action={action} /> : null}
      {own.includes('returned') || own.includes('checked') ? (
        <PlainForm
          {...props}
          action={action}
          title={w.check}
          hint={fill(w.checkHint, { n: view.here.place.asOf })}
          acts={[
            ['checked', w.doCheck],
            ['returned', w.doReturn],
          ]}
        />
      ) : null}
      {own.includes('objected') ? <ObjectForm {...props} action={action} /> : null}
      {own.includes('answered') ? <AnswerForm {...props} action={action} /> : null}
      {own.includes('final') ? (
        <PlainForm
          {...props}
          action={action}
          title={w.doFinal}
          hint={w.finalHint}
          acts={[['final', w.doFinal]]}
        />
      ) : null}
      {own.includes('reopened') ? (
        <PlainForm
          {...props}
          action={action}
          title={w.doReopen}
          hint={w.finalHint}
          acts={[['reopened', w.doReopen]]}
        />
      ) : null}
    </>
  );
}

type FormProps = DeskProps & { readonly action: string };

const Expected = ({ hearing }: DeskProps) => (
  <input type="hidden" name="expected" value={String(hearing.seq)} />
);

function PlainForm({
  title,
  hint,
  acts,
  ...props
}: FormProps & {
  readonly title: string;
  readonly hint: string;
  readonly acts: readonly (readonly [HearingKind, string])[];
}) {
  const w = examinationWords[props.view.language];
  const [first] = acts;
  const id = `said-${first?.[0] ?? ''}`;
  return (
    <section>
      <h2>{title}</h2>
      <p class="quiet">{hint}</p>
      <form method="post" action={props.action}>
        <Expected {...props} />
        <p class="field">
          <label for={id}>{w.said}</label>
          <textarea id={id} name="said" rows={3} maxlength={4000}>
            {props.typed?.text('said') ?? ''}
          </textarea>
        </p>
        <p class="acts">
          {acts.map(([kind, label], at) => (
            <button type="submit" name="do" value={kind} class={at === 0 ? 'main' : undefined}>
              {label}
            </button>
          ))}
        </p>
      </form>
    </section>
  );
}

function ItemField({
  name,
  label,
  value,
  long = false,
}: {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly long?: boolean;
}) {
  return (
    <p class="field">
      <label for={name}>{label}</label>
      {long ? (
        <textarea id={name} name={name} rows={2} maxlength={4000}>
          {value}
        </textarea>
      ) : (
        <input id={name} name={name} value={value} inputmode="decimal" maxlength={60} />
      )}
    </p>
  );
}

function ReportForm(props: FormProps) {
  const { view, examined, typed, hearing } = props;
  const w = examinationWords[view.language];
  const before = [...hearing.events].reverse().find(({ kind }) => kind === 'reported');
  return (
    <section>
      <h2>{w.report}</h2>
      <p class="quiet">{w.reportHint}</p>
      <form method="post" action={props.action}>
        <Expected {...props} />
        <p class="field">
          <label for="said">{w.said}</label>
          <textarea id="said" name="said" rows={5} maxlength={4000} required>
            {typed?.text('said') ?? before?.said ?? ''}
          </textarea>
        </p>
        {examined.items.map(({ item }) => {
          const known = before?.items.find((each) => each.item === item.id);
          return (
            <details open={typed !== null && typed.text(`said:${item.id}`) !== ''}>
              <summary>{named(item.name, view)}</summary>
              <div class="inside">
                <ItemField
                  name={`value:${item.id}`}
                  label={fill(w.ownValue, { unit: unitHead(item.unit, view.language) || '1' })}
                  value={typed?.text(`value:${item.id}`) ?? known?.value ?? ''}
                />
                <ItemField
                  name={`said:${item.id}`}
                  label={w.remark}
                  value={typed?.text(`said:${item.id}`) ?? known?.said ?? ''}
                  long
                />
              </div>
            </details>
          );
        })}
        <p class="acts">
          <button type="submit" name="do" value="reported" class="main">
            {w.send}
          </button>
        </p>
      </form>
    </section>
  );
}

const isDeducted = ({ off }: ExaminedItem): boolean => off !== null && off !== '0';

function ObjectForm(props: FormProps) {
  const { view, examined, typed } = props;
  const w = examinationWords[view.language];
  const deducted = examined.items.filter(isDeducted);
  if (deducted.length === 0) return null;
  return (
    <section>
      <h2>{w.object}</h2>
      <p class="quiet">{w.objectHint}</p>
      <form method="post" action={props.action}>
        <Expected {...props} />
        {deducted.map(({ item, off }) => (
          <ItemField
            name={`said:${item.id}`}
            label={`${named(item.name, view)}${inBrackets(`−${pointsText(off ?? '0')}`, view.language)}`}
            value={typed?.text(`said:${item.id}`) ?? ''}
            long
          />
        ))}
        <p class="acts">
          <button type="submit" name="do" value="objected" class="main">
            {w.doObject}
          </button>
        </p>
      </form>
    </section>
  );
}

function AnswerForm(props: FormProps) {
  const { view, examined, typed, hearing, declared } = props;
  const w = examinationWords[view.language];
  const asked = hearing.events.at(-1)?.items ?? [];
  return (
    <section>
      <h2>{w.answer}</h2>
      <p class="quiet">{w.answerHint}</p>
      <form method="post" action={props.action}>
        <Expected {...props} />
        {asked.map(({ item: id, said }) => {
          const item = declared.items.find((each) => each.id === id);
          const off = examined.items.find((each) => each.item.id === id)?.off ?? '0';
          const upheld = typed?.text(`upheld:${id}`) === 'yes';
          return (
            <fieldset>
              <legend>{item === undefined ? id : named(item.name, view)}</legend>
              <p class="typed">{said}</p>
              <p>
                {(['no', 'yes'] as const).map((value) => (
                  <label class="tick">
                    <input
                      type="radio"
                      name={`upheld:${id}`}
                      value={value}
                      checked={upheld === (value === 'yes')}
                    />
                    {value === 'yes' ? w.upheld : w.rejected}
                  </label>
                ))}
              </p>
              <ItemField
                name={`value:${id}`}
                label={`${w.back}${inBrackets(`≤ ${pointsText(off)}`, view.language)}`}
                value={typed?.text(`value:${id}`) ?? off}
              />
              <ItemField name={`said:${id}`} label={w.said} value={typed?.text(`said:${id}`) ?? ''} long />
            </fieldset>
          );
        })}
        <p class="acts">
          <button type="submit" name="do" value="answered" class="main">
            {w.doAnswer}
          </button>
        </p>
      </form>
    </section>
  );
}
