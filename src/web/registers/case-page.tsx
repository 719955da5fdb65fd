import { labelled } from '../../language/index.ts';
import type { Case, Register, Registers, VisibleValue } from '../../registers/index.ts';
import { correctedKey, fieldNamed, localDay, reasonKey } from '../../registers/index.ts';
import type { StoredEvent } from '../../store/index.ts';
import { Page } from '../layout.tsx';
import { areaName, named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { caseTitle } from './case-title.ts';
import { isOffice, type Standing } from './hall.ts';
import { trailOf } from './hall-page.tsx';
import { StateChip } from './list-page.tsx';
import { paths } from './paths.ts';
import { Values } from './show-value.tsx';
import { registerWords } from './words.ts';

/** One event with what this reader may see of it. */
export interface SeenEvent {
  readonly event: StoredEvent;
  readonly values: readonly VisibleValue[];
}

/** A case: where it stands, its history, deadlines, what belongs to it, and what can be done next. */
export function CasePage({
  all,
  register,
  each,
  events,
  standing,
  now,
  view,
}: {
  readonly all: Registers;
  readonly register: Register;
  readonly each: Case;
  readonly events: readonly SeenEvent[];
  readonly standing: Standing;
  readonly now: string;
  readonly view: PlaceView;
}) {
  const { declaration, id } = register;
  const { language, here } = view;
  const words = registerWords[language];
  const office = isOffice(standing);
  const title = caseTitle(all, id, each, view);
  const steps = register.possible(each, standing.roles, standing.department);
  const moment = (instant: string): string => {
    const shifted = new Date(Date.parse(instant) + all.at.calendar.offsetHours * 3_600_000).toISOString();
    return `${shifted.slice(0, 10)} ${shifted.slice(11, 16)}`;
  };
  return (
    <Page
      view={view}
      title={`${each.number} · ${named(declaration.name, view)}`}
      room="registers"
      trail={trailOf(view, [
        { name: words.registers, href: paths.hall(language, here.city) },
        { name: named(declaration.name, view), href: paths.register(language, here.city, id) },
        { name: each.number },
      ])}
    >
      <p class="kicker">
        {named(declaration.name, view)} · {areaName(view, each.area)}
      </p>
      <h1>
        {each.number} <StateChip each={each} register={register} now={now} view={view} />
      </h1>
      {title === null ? null : <p class="lead">{title}</p>}
      {each.flags.length === 0 ? null : (
        <div class="faults">
          <strong>{words.flags}</strong>
          <ul>
            {each.flags.map((flag) => {
              const check = declaration.checks.find((one) => one.id === flag);
              const differs = flag.startsWith('differs.')
                ? fieldNamed(declaration, flag.slice(8))
                : undefined;
              return (
                <li>
                  {check !== undefined
                    ? named(check.name, view)
                    : differs !== undefined
                      ? `${named(differs.name, view)} ≠ ${words.evidence}`
                      : flag}
                </li>
              );
            })}
          </ul>
        </div>
      )}
      {each.deadlines.length === 0 ? null : (
        <section>
          <h2>{words.deadlines}</h2>
          <dl class="facts">
            {each.deadlines.map(({ deadline, due, done }) => (
              <div>
                <dt>{named(deadline.name, view)}</dt>
                <dd>
                  {localDay(due, all.at.calendar)}{' '}
                  {done === null ? (
                    due < now ? (
                      <span class="chip overdue">{words.overdue}</span>
                    ) : null
                  ) : (
                    <span class="chip">
                      {Date.parse(done) <= Date.parse(due) ? words.done : words.late}{' '}
                      {localDay(done, all.at.calendar)}
                    </span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      <Related all={all} register={register} each={each} view={view} />
      <section>
        <h2>{words.history}</h2>
        <ol class="history">
          {events.map(({ event, values }) => {
            const step = declaration.steps.find(({ kind }) => kind === event.kind);
            const evidence = event.body._evidence;
            const corrected = event.body[correctedKey];
            const mayCorrect =
              step !== undefined &&
              register.isWith(each, standing.department) &&
              step.by.some((role) => role !== 'public' && standing.roles.includes(role));
            return (
              <li>
                <h3>{step === undefined ? event.kind : named(step.name, view)}</h3>
                <p class="quiet small">
                  <time datetime={event.occurred}>{moment(event.occurred)}</time>
                  {office && event.actor !== null ? ` · ${fill(words.oneOf, { who: event.actor })}` : ''}
                </p>
                <Values values={values} all={all} register={id} number={each.number} view={view} />
                {typeof corrected === 'string' ? (
                  <p class="quiet small">
                    {fill(words.corrected, {
                      when: moment(corrected),
                      reason: office ? String(event.body[reasonKey] ?? '') : '',
                    })}
                  </p>
                ) : null}
                {mayCorrect && values.length > 0 ? (
                  <p class="small">
                    <a href={paths.correction(language, here.city, id, each.number, event.seq)}>
                      {words.correct}
                      <span class="vh"> {step === undefined ? '' : named(step.name, view)}</span>
                    </a>
                  </p>
                ) : null}
                {office && typeof evidence === 'string' ? (
                  <p class="quiet small long">
                    {labelled(words.evidence, view.language)}
                    {evidence}
                  </p>
                ) : null}
              </li>
            );
          })}
        </ol>
      </section>
      {!office && steps.length === 0 ? null : (
        <section>
          <h2>{words.nextSteps}</h2>
          {steps.length === 0 ? (
            <p class="quiet">{words.noStep}</p>
          ) : (
            <p>
              {steps.map(({ kind, name }) => (
                <>
                  <a class="button" href={paths.step(language, here.city, id, each.number, kind)}>
                    {named(name, view)}
                  </a>{' '}
                </>
              ))}
            </p>
          )}
        </section>
      )}
      {!standing.roles.includes('administrator') ? null : (
        <section>
          <h2>{words.forget}</h2>
          <p>{words.forgetLead}</p>
          <form method="post" action={`${paths.case(language, here.city, id, each.number)}forget/`}>
            <button type="submit">{words.forgetGo}</button>
          </form>
        </section>
      )}
    </Page>
  );
}

/** What a case belongs to, what belongs to it, and what it was made from or into. */
function Related({
  all,
  register,
  each,
  view,
}: {
  readonly all: Registers;
  readonly register: Register;
  readonly each: Case;
  readonly view: PlaceView;
}) {
  const words = registerWords[view.language];
  const { before, after } = register.lineage(each);
  const children = register.children(each);
  const parent = register.parent(each);
  const groups = [
    [words.partOf, parent === null ? [] : [parent]],
    [words.parts, children],
    [words.madeFrom, before],
    [words.madeInto, after],
  ] as const;
  if (groups.every(([, list]) => list.length === 0)) return null;
  return (
    <section>
      {groups.map(([name, list]) =>
        list.length === 0 ? null : (
          <>
            <h3>{name}</h3>
            <ul class="plain">
              {list.map((one) => {
                const of = all.declaration(one.register);
                const step = of?.steps.find(({ kind }) => kind === one.steps.at(-1)?.kind);
                return (
                  <li>
                    <a href={paths.case(view.language, view.here.city, one.register, one.number)}>
                      {one.number}
                    </a>{' '}
                    <span class="quiet">{step === undefined ? '' : named(step.name, view)}</span>
                  </li>
                );
              })}
            </ul>
          </>
        ),
      )}
    </section>
  );
}
