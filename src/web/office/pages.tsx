import type { Child } from 'hono/jsx';
import { unitHead } from '../../language/index.ts';
import type { Area } from '../../model/index.ts';
import { type Completeness, completeness, isOpenCell, type Round } from '../../plan/index.ts';
import type { Notice } from '../../store/index.ts';
import { ExaminationList } from '../examination/office-list.tsx';
import { Page } from '../layout.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { planPath } from '../plan/paths.ts';
import { Told } from '../sign-in/parts.tsx';
import { areaName, named, type PlaceView } from '../view.ts';
import { roles as allRoles, holds, type Person, type Role } from '../who.ts';
import { fill } from '../words.ts';
import { writingPath } from '../writing/paths.ts';
import { writingWords } from '../writing/words.ts';
import type { OpenRound, RoundCell } from './round-store.ts';
import { type OfficeWords, officeWords } from './words.ts';

interface FrameProps {
  readonly view: PlaceView;
  readonly person: Person;
  readonly title: string;
  readonly told?: string | null;
  readonly alarm?: boolean;
  readonly children?: Child;
}

/** The frame of the office: where one is, who one is, and the pages of one's roles. */
export function OfficeFrame({ view, person, title, told = null, alarm = false, children }: FrameProps) {
  const w = officeWords[view.language];
  const base = `/${view.language}/${view.here.city}/office/`;
  const has = (...roles: readonly Role[]): boolean => person.grants.some(({ role }) => roles.includes(role));
  return (
    <Page view={view} title={title} room="office" trail={[{ name: w.office, href: base }, { name: title }]}>
      <nav class="desk" aria-label={w.office}>
        <ul>
          <li>
            <a href={base}>{w.office}</a>
          </li>
          {has('administrator') ? (
            <li>
              <a href={`${base}people/`}>{w.people}</a>
            </li>
          ) : null}
          {has('auditor', 'administrator') ? (
            <li>
              <a href={`${base}trail/`}>{w.trail}</a>
            </li>
          ) : null}
          <li>
            <a href={`/${view.language}/account/`}>{person.name}</a>
          </li>
        </ul>
      </nav>
      <h1>{title}</h1>
      <Told text={told} alarm={alarm} />
      {children}
    </Page>
  );
}

export function OfficePage({
  view,
  person,
  rounds,
  notices,
}: {
  readonly view: PlaceView;
  readonly person: Person;
  readonly rounds: readonly OpenRound[];
  readonly notices: readonly Notice[];
}) {
  const w = officeWords[view.language];
  const base = `/${view.language}/${view.here.city}/office/`;
  const fresh = notices.filter(({ seen }) => seen === null);
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={fill(w.officeOf, { name: named(view.here.place.workspace.city.name, view) })}
    >
      <section>
        <h2>{w.notices}</h2>
        {fresh.length === 0 ? <p class="quiet">{w.noNotices}</p> : null}
        <ul class="plain notices">
          {fresh.map(({ body, href, at }) => (
            <li>
              <time datetime={at}>{at.slice(0, 16).replace('T', ' ')}</time>{' '}
              <a href={`/${view.language}${href}`}>{named(body, view)}</a>
            </li>
          ))}
        </ul>
        {fresh.length === 0 ? null : (
          <form method="post" action={`${base}seen/`}>
            <button type="submit">{w.seen}</button>
          </form>
        )}
      </section>
      {holds(person, allRoles, view.here.place.workspace.city.area) ? (
        <section>
          <h2>{writingWords[view.language].reviews}</h2>
          <ul>
            {view.here.place.workspace.reviews.map(({ head }) => (
              <li>
                <a href={writingPath.board(view.language, view.here.city, head.id)}>
                  {named(head.title, view)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <ExaminationList view={view} />
      {view.here.place.workspace.plans.length === 0 ? null : (
        <section>
          <h2>{view.t.plans}</h2>
          <ul>
            {view.here.place.workspace.plans.map(({ id, name }) => (
              <li>
                <a href={planPath.office(view.language, view.here.city, id)}>{named(name, view)}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{w.rounds}</h2>
        {rounds.length === 0 ? <p>{w.noRounds}</p> : null}
        <ul>
          {rounds.map(({ round, releasedAt }) => (
            <li>
              <a href={`${base}rounds/${round.id}/`}>{named(round.name, view)}</a>{' '}
              <span class="quiet">
                {w.due} {round.calendar.due} · {releaseText(round, releasedAt, w)}
              </span>
            </li>
          ))}
        </ul>
        {holds(person, ['administrator', 'editor'], view.here.place.workspace.city.area) ? (
          <p>
            <a class="button" href={`${base}rounds/new/`}>
              {w.openRound}
            </a>
          </p>
        ) : null}
      </section>
    </OfficeFrame>
  );
}

function releaseText(round: Round, releasedAt: string | null, w: OfficeWords): string {
  if (releasedAt !== null) return fill(w.released, { when: releasedAt.slice(0, 16).replace('T', ' ') });
  if (round.release === null) return w.noEmbargo;
  return fill(w.releaseAt, { when: new Date(round.release).toISOString().slice(0, 16).replace('T', ' ') });
}

export interface RoundState {
  readonly view: PlaceView;
  readonly person: Person;
  readonly open: OpenRound;
  readonly cells: readonly RoundCell[];
  readonly told?: string | null;
  readonly alarm?: boolean;
}

/** How far a round is, and the sheets of those who look. */
export function RoundPage({ view, person, open, cells, told, alarm }: RoundState) {
  const w = officeWords[view.language];
  const { round, releasedAt } = open;
  const base = `/${view.language}/${view.here.city}/office/rounds/${round.id}/`;
  const groups = new Map<string, RoundCell[]>();
  for (const cell of cells) {
    const key = `${cell.area} ${cell.department}`;
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  const departmentName = (id: string): string => {
    const known = round.departments.find((department) => department.id === id);
    return known === undefined ? id : named(known.name, view);
  };
  const cityArea = view.here.place.workspace.city.area;
  const steps: readonly (readonly [string, string])[] = [
    [w.opens, round.calendar.opens],
    [w.due, round.calendar.due],
    [w.check, round.calendar.check],
    [w.approve, round.calendar.approve],
  ];
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={named(round.name, view)}
      told={told ?? null}
      alarm={alarm ?? false}
    >
      <p class="lead">{named(round.theme, view)}</p>
      <ol class="calendar" aria-label={w.calendar}>
        {steps.map(([name, day]) => (
          <li>
            <time datetime={day}>{day}</time> {name}
          </li>
        ))}
        <li>{releaseText(round, releasedAt, w)}</li>
      </ol>
      <section>
        <h2>{w.board}</h2>
        <p>{w.boardText}</p>
        <Scroll label={w.board}>
          <table class="dense board">
            <thead>
              <tr>
                <th scope="col">{w.area}</th>
                <th scope="col">{w.department}</th>
                <th scope="col">{w.state}</th>
                {(
                  ['all', '', 'entered', 'submitted', 'returned', 'checked', 'approved', 'final'] as const
                ).map((state) => (
                  <th scope="col" class="number">
                    {state === 'all' ? w.cells : w[`s_${state}`]}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...groups].map(([key, group]) => {
                const [area = '', department = ''] = key.split(' ');
                const counts = completeness(group.map(({ now }) => now.state));
                return (
                  <tr>
                    <th scope="row">{areaName(view, area)}</th>
                    <td>
                      <a href={`${base}sheet/?area=${area}&department=${department}`}>
                        {departmentName(department)}
                      </a>
                    </td>
                    <td>
                      <Bar counts={counts} w={w} />
                    </td>
                    {(
                      ['all', '', 'entered', 'submitted', 'returned', 'checked', 'approved', 'final'] as const
                    ).map((state) => (
                      <td class="number">{counts[state] === 0 ? '·' : counts[state]}</td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
      </section>
      {holds(person, ['publisher', 'administrator'], cityArea) ? (
        <form class="line" method="post" action={base}>
          {holds(person, ['publisher'], cityArea) ? (
            <button class="main" type="submit" name="do" value="release">
              {w.releaseNow}
            </button>
          ) : null}
          {holds(person, ['administrator'], cityArea) ? (
            <button type="submit" name="do" value="remind">
              {w.remind}
            </button>
          ) : null}
        </form>
      ) : null}
      <section>
        <h2>{w.indicator}</h2>
        <Scroll label={w.indicator}>
          <table class="dense">
            <thead>
              <tr>
                <th scope="col">{w.indicator}</th>
                <th scope="col">{w.department}</th>
                <th scope="col">{w.reason}</th>
              </tr>
            </thead>
            <tbody>
              {round.asked.map(({ indicator, department, reason }) => {
                const entry = view.here.entries.get(indicator);
                return (
                  <tr>
                    <th scope="row">{entry === undefined ? indicator : named(entry.indicator.name, view)}</th>
                    <td>{departmentName(department)}</td>
                    <td>{reason}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </Scroll>
      </section>
    </OfficeFrame>
  );
}

/** How far a sheet is, as a bar of seven shades with its meaning in words. */
function Bar({ counts, w }: { readonly counts: Completeness; readonly w: OfficeWords }) {
  const order = ['final', 'approved', 'checked', 'submitted', 'entered', 'returned', ''] as const;
  let x = 0;
  const label = order
    .filter((state) => counts[state] > 0)
    .map((state) => `${w[`s_${state}`]} ${counts[state]}`)
    .join(', ');
  return (
    <svg
      class="how-far"
      viewBox={`0 0 ${Math.max(counts.all, 1)} 10`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {order.map((state) => {
        const at = x;
        x += counts[state];
        return counts[state] === 0 ? null : (
          <rect class={`s-${state === '' ? 'none' : state}`} x={at} y="0" width={counts[state]} height="10" />
        );
      })}
    </svg>
  );
}

/** What is told at a cell: a fault, a warning, somebody else's value. */
export interface CellTold {
  readonly kind: 'fault' | 'warning' | 'conflict';
  readonly text: string;
}

export interface SheetState extends RoundState {
  readonly area: string;
  readonly department: string;
  /** By stream. */
  readonly tells: ReadonlyMap<string, readonly CellTold[]>;
  /** Values that were sent and not stored, by stream: what somebody typed is never taken from them. */
  readonly typed: ReadonlyMap<
    string,
    { readonly value: string; readonly reason: string; readonly note: string }
  >;
}

/** One sheet: a grid that is a form. Works without a script; with one it saves as one types. */
export function SheetPage(state: SheetState) {
  const { view, person, open, cells, area, department, tells, typed, told, alarm } = state;
  const w = officeWords[view.language];
  const { round } = open;
  const base = `/${view.language}/${view.here.city}/office/rounds/${round.id}/`;
  const mayEnter = holds(person, ['reporter'], area, department);
  const known = round.departments.find(({ id }) => id === department);
  const script = view.assets.element('grid');
  const title = `${areaName(view, area)} · ${known === undefined ? department : named(known.name, view)}`;
  const query = `?area=${area}&department=${department}`;
  const acts: readonly (readonly [Role, string, string])[] = [
    ['reporter', 'submitted', w.submit],
    ['checker', 'checked', w.checkAll],
    ['approver', 'approved', w.approveAll],
    ['approver', 'final', w.finalAll],
  ];
  const shown = acts.filter(([role, kind]) =>
    holds(person, [role], kind === 'final' ? '*' : area, department),
  );
  return (
    <OfficeFrame view={view} person={person} title={title} told={told ?? null} alarm={alarm ?? false}>
      <p>
        <a href={base}>{named(round.name, view)}</a> · {w.due}{' '}
        <time datetime={round.calendar.due}>{round.calendar.due}</time>
      </p>
      <p>{w.sheetText}</p>
      <form method="post" action={`${base}sheet/${query}`}>
        {script === null ? null : <script type="module" src={script} />}
        <mc-grid
          api={`/api/office/${view.here.city}/rounds/${round.id}/cells?language=${view.language}`}
          area={area}
          department={department}
          words={JSON.stringify({
            saving: w.saving,
            saved: w.savedState,
            unsaved: w.unsaved,
            offline: w.offline,
            conflict: w.conflictShort,
            mine: w.keepMine,
            theirs: w.takeTheirs,
            notYours: w.notYours,
            closed: w.closed,
          })}
        >
          <Scroll label={title}>
            <table class="dense grid">
              <thead>
                <tr>
                  <th scope="col">{w.indicator}</th>
                  <th scope="col">{w.unit}</th>
                  <th scope="col" class="number">
                    {w.before}
                  </th>
                  <th scope="col" class="number">
                    {w.value} {round.period}
                  </th>
                  <th scope="col">{w.whyMissing}</th>
                  <th scope="col">{w.note}</th>
                  <th scope="col">{w.state}</th>
                </tr>
              </thead>
              <tbody>
                {cells.map((cell) => (
                  <Row
                    cell={cell}
                    view={view}
                    w={w}
                    mayEnter={mayEnter}
                    told={tells.get(cell.stream) ?? []}
                    typed={typed.get(cell.stream)}
                    base={base}
                  />
                ))}
              </tbody>
            </table>
          </Scroll>
        </mc-grid>
        <p class="line acts">
          {mayEnter ? (
            <button class="main" type="submit" name="do" value="save">
              {w.save}
            </button>
          ) : null}
          {shown.map(([, kind, name]) => (
            <button type="submit" name="do" value={kind}>
              {name}
            </button>
          ))}
        </p>
      </form>
      <section>
        <h2>XLSX</h2>
        <p>
          <a
            class="button"
            href={`/api/office/${view.here.city}/rounds/${round.id}/sheet.xlsx${query}&language=${view.language}`}
          >
            {w.download}
          </a>
        </p>
        {mayEnter ? (
          <form class="door" method="post" enctype="multipart/form-data" action={`${base}upload/${query}`}>
            <p>{w.uploadHint}</p>
            <p class="field">
              <label for="file">{w.uploadFile}</label>
              <input id="file" name="file" type="file" accept=".xlsx" required />
            </p>
            <button type="submit">{w.upload}</button>
          </form>
        ) : null}
      </section>
    </OfficeFrame>
  );
}

function Row({
  cell,
  view,
  w,
  mayEnter,
  told,
  typed,
  base,
}: {
  readonly cell: RoundCell;
  readonly view: PlaceView;
  readonly w: OfficeWords;
  readonly mayEnter: boolean;
  readonly told: readonly CellTold[];
  readonly typed: { readonly value: string; readonly reason: string; readonly note: string } | undefined;
  readonly base: string;
}) {
  const { now } = cell;
  const entry = view.here.entries.get(cell.indicator);
  const name = entry === undefined ? cell.indicator : named(entry.indicator.name, view);
  const whole = cell.breakdown === '' ? name : `${name} (${cell.breakdown})`;
  const canWrite = mayEnter && isOpenCell(now.state);
  const field = `${cell.indicator}|${cell.breakdown}`;
  const id = `c-${cell.indicator}-${cell.breakdown.replace(/[^a-z0-9]/gi, '_')}`;
  const fault = told.some(({ kind }) => kind !== 'warning');
  const input = (part: 'value' | 'reason' | 'note', label: string, extra: object = {}) =>
    canWrite ? (
      <input
        class={part === 'value' ? 'number' : undefined}
        name={`${part}|${field}`}
        value={typed?.[part] ?? now[part]}
        aria-label={`${label}: ${whole}`}
        autocomplete="off"
        maxlength={part === 'value' ? 200 : 1000}
        {...extra}
      />
    ) : (
      now[part]
    );
  return (
    <tr
      data-indicator={cell.indicator}
      data-breakdown={cell.breakdown}
      data-seq={now.seq}
      class={fault ? 'fault' : undefined}
    >
      <th scope="row">
        <a href={`${base}cell/?area=${cell.area}&cell=${encodeURIComponent(cell.stream)}`}>{whole}</a>
        {canWrite ? <input type="hidden" name={`seq|${field}`} value={String(now.seq)} /> : null}
      </th>
      <td>{unitHead(cell.unit, view.language)}</td>
      <td class="number">
        {cell.before === null ? (
          ''
        ) : (
          <>
            {cell.before.value ?? '–'} <small class="quiet">{cell.before.period}</small>
          </>
        )}
      </td>
      <td class="number">
        {input('value', w.value, {
          inputmode: 'decimal',
          'aria-invalid': fault ? 'true' : undefined,
          'aria-describedby': `${id}-told`,
        })}
      </td>
      <td>{input('reason', w.whyMissing)}</td>
      <td>{input('note', w.note)}</td>
      <td class={`state s-${now.state === '' ? 'none' : now.state}`}>
        <span class="word">{w[`s_${now.state}`]}</span>
        {now.said === '' ? null : <span class="said"> “{now.said}”</span>}
        <span id={`${id}-told`} class="tells" role="status">
          {told.map(({ kind, text }) => (
            <span class={kind}>{text}</span>
          ))}
        </span>
      </td>
    </tr>
  );
}

export interface CellPageState {
  readonly view: PlaceView;
  readonly person: Person;
  readonly round: Round;
  readonly cell: RoundCell;
  readonly events: readonly {
    readonly kind: string;
    readonly occurred: string;
    readonly actor: string | null;
    readonly body: Readonly<Record<string, unknown>>;
    readonly position: number;
  }[];
  readonly talk: readonly {
    readonly occurred: string;
    readonly actor: string | null;
    readonly text: string;
  }[];
  readonly told?: string | null;
}

/** One cell: everything that happened to it, what was said about it, and the steps of who looks. */
export function CellPage({ view, person, round, cell, events, talk, told }: CellPageState) {
  const w = officeWords[view.language];
  const entry = view.here.entries.get(cell.indicator);
  const name = entry === undefined ? cell.indicator : named(entry.indicator.name, view);
  const base = `/${view.language}/${view.here.city}/office/rounds/${round.id}/`;
  const action = `${base}cell/?area=${cell.area}&cell=${encodeURIComponent(cell.stream)}`;
  const can = (kind: 'returned' | 'reopened'): boolean =>
    holds(person, [kind === 'returned' ? 'checker' : 'approver'], cell.area, cell.department) &&
    (kind === 'returned'
      ? ['submitted', 'checked'].includes(cell.now.state)
      : ['approved', 'final'].includes(cell.now.state));
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={`${name}${cell.breakdown === '' ? '' : ` (${cell.breakdown})`}`}
      told={told ?? null}
    >
      <p>
        <a href={`${base}sheet/?area=${cell.area}&department=${cell.department}`}>
          {areaName(view, cell.area)} · {cell.department} · {cell.period}
        </a>
      </p>
      <p class="lead">
        {cell.now.value === ''
          ? cell.now.reason === ''
            ? w.s_
            : fill(w.missing, { reason: cell.now.reason })
          : `${cell.now.value} ${cell.unit}`}{' '}
        · {w[`s_${cell.now.state}`]}
      </p>
      <section>
        <h2>{w.history}</h2>
        <ol class="plain happened">
          {events.map(({ kind, occurred, actor, body, position }) => {
            const text = [body.value, body.reason, body.note, body.said]
              .filter((each) => typeof each === 'string' && each !== '')
              .join(' · ');
            return (
              <li>
                <time datetime={occurred}>{occurred.slice(0, 16).replace('T', ' ')}</time> {actor ?? ''}:{' '}
                {w[`s_${kind}` as keyof OfficeWords] ?? kind}
                {text === '' ? '' : ` ${text}`} <small class="quiet">№ {position}</small>
              </li>
            );
          })}
        </ol>
        {can('returned') || can('reopened') ? (
          <form class="door" method="post" action={action}>
            <p class="field">
              <label for="said">{w.said}</label>
              <textarea id="said" name="said" rows={3} maxlength={1000} required />
            </p>
            <button type="submit" name="do" value={can('returned') ? 'returned' : 'reopened'}>
              {can('returned') ? w.returnIt : w.reopen}
            </button>
          </form>
        ) : null}
      </section>
      <section>
        <h2>{w.talk}</h2>
        <ol class="plain happened">
          {talk.map(({ occurred, actor, text }) => (
            <li>
              <time datetime={occurred}>{occurred.slice(0, 16).replace('T', ' ')}</time> {actor ?? ''}: {text}
            </li>
          ))}
        </ol>
        <form class="door" method="post" action={action}>
          <p class="field">
            <label for="text">{w.say}</label>
            <textarea id="text" name="text" rows={3} maxlength={2000} required aria-describedby="text-hint" />
            <small id="text-hint" class="quiet">
              {w.sayHint}
            </small>
          </p>
          <button type="submit" name="do" value="say">
            {w.say}
          </button>
        </form>
      </section>
    </OfficeFrame>
  );
}

export interface NewRoundState {
  readonly view: PlaceView;
  readonly person: Person;
  readonly areas: readonly Area[];
  /** Fields as typed, by name. */
  readonly typed: (name: string) => string;
  readonly all: (name: string) => readonly string[];
  readonly faults: readonly string[];
}

/** Opening a round: theme, goals, a filter of targets, the indicators with their reasons, the calendar. */
export function NewRoundPage({ view, person, areas, typed, all, faults }: NewRoundState) {
  const w = officeWords[view.language];
  const action = `/${view.language}/${view.here.city}/office/rounds/new/`;
  const goals = new Set(all('goal'));
  const asked = new Set(all('ask'));
  const shown = [...view.here.entries.values()].filter(
    ({ indicator, targets }) =>
      indicator.formula === undefined &&
      indicator.nature !== 'rank' &&
      (goals.size === 0 || indicator.goals.some((goal) => goals.has(goal))) &&
      (typed('targets') !== 'on' || targets.length > 0) &&
      (typed('key') !== 'on' || indicator.key),
  );
  const text = (name: string, label: string, more: object = {}) => (
    <p class="field">
      <label for={name}>{label}</label>
      <input id={name} name={name} value={typed(name)} maxlength={400} {...more} />
    </p>
  );
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={w.openRound}
      told={faults.length === 0 ? null : faults.join(' ')}
      alarm
    >
      <p class="lead">{w.openRoundText}</p>
      <form method="get" action={action} class="filter">
        <fieldset>
          <legend>{w.goals}</legend>
          {view.here.goals().map((goal) => (
            <label class="tick">
              <input type="checkbox" name="goal" value={goal} checked={goals.has(goal)} /> {goal}
            </label>
          ))}
        </fieldset>
        <label class="tick">
          <input type="checkbox" name="targets" value="on" checked={typed('targets') === 'on'} />{' '}
          {w.withTarget}
        </label>
        <label class="tick">
          <input type="checkbox" name="key" value="on" checked={typed('key') === 'on'} /> {w.keyOnly}
        </label>
        <button type="submit">{w.choose}</button>
      </form>
      <form method="post" action={action}>
        {[...goals].map((goal) => (
          <input type="hidden" name="goal" value={goal} />
        ))}
        <div class="two">
          {text('id', w.id, { required: true, pattern: '[a-z0-9]+([._\\-][a-z0-9]+)*' })}
          {text('period', w.period, { required: true })}
          {text('name-en', w.nameEn)}
          {text('name-zh', w.nameZh)}
          {text('theme-en', w.themeEn)}
          {text('theme-zh', w.themeZh)}
        </div>
        <fieldset>
          <legend>{w.calendar}</legend>
          <div class="two">
            {text('opens', w.opens, { type: 'date', required: true })}
            {text('due', w.due, { type: 'date', required: true })}
            {text('check', w.check, { type: 'date', required: true })}
            {text('approve', w.approve, { type: 'date', required: true })}
            {text('release', w.release, { type: 'datetime-local' })}
          </div>
        </fieldset>
        <fieldset>
          <legend>{w.areas}</legend>
          {areas.map((area) => (
            <label class="tick">
              <input type="checkbox" name="area" value={area.id} checked={all('area').includes(area.id)} />{' '}
              {named(area.name, view)}
            </label>
          ))}
        </fieldset>
        <p class="field">
          <label for="departments">{w.departments}</label>
          <textarea id="departments" name="departments" rows={5} required>
            {typed('departments')}
          </textarea>
        </p>
        <Scroll label={w.indicator}>
          <table class="dense grid">
            <thead>
              <tr>
                <th scope="col">{w.ask}</th>
                <th scope="col">{w.indicator}</th>
                <th scope="col">{w.unit}</th>
                <th scope="col">{w.department}</th>
                <th scope="col">{w.reason}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ indicator }) => (
                <tr>
                  <td>
                    <input
                      type="checkbox"
                      name="ask"
                      value={indicator.id}
                      checked={asked.has(indicator.id)}
                      aria-label={`${w.ask}: ${named(indicator.name, view)}`}
                    />
                  </td>
                  <th scope="row">{named(indicator.name, view)}</th>
                  <td>{indicator.unit}</td>
                  <td>
                    <input
                      name={`department|${indicator.id}`}
                      value={typed(`department|${indicator.id}`)}
                      aria-label={`${w.department}: ${named(indicator.name, view)}`}
                      maxlength={60}
                    />
                  </td>
                  <td>
                    <input
                      name={`reason|${indicator.id}`}
                      value={typed(`reason|${indicator.id}`)}
                      aria-label={`${w.reason}: ${named(indicator.name, view)}`}
                      maxlength={1000}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
        <button class="main" type="submit">
          {w.openRound}
        </button>
      </form>
    </OfficeFrame>
  );
}
