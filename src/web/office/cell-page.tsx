import { labelled, unitHead } from '../../language/index.ts';
import type { Round } from '../../plan/index.ts';
import { areaName, named, type PlaceView } from '../view.ts';
import { holds, type Person } from '../who.ts';
import { fill } from '../words.ts';
import { OfficeFrame } from './frame.tsx';
import type { RoundCell } from './round-store.ts';
import { type OfficeWords, officeWords } from './words.ts';

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
  const department = round.departments.find(({ id }) => id === cell.department);
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
          {areaName(view, cell.area)} ·{' '}
          {department === undefined ? cell.department : named(department.name, view)} · {cell.period}
        </a>
      </p>
      <p class="lead">
        {cell.now.value === ''
          ? cell.now.reason === ''
            ? w.s_
            : fill(w.missing, { reason: cell.now.reason })
          : `${cell.now.value} ${unitHead(cell.unit, view.language)}`}{' '}
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
                <time datetime={occurred}>{occurred.slice(0, 16).replace('T', ' ')}</time>{' '}
                {labelled(actor ?? '', view.language)}
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
              <time datetime={occurred}>{occurred.slice(0, 16).replace('T', ' ')}</time>{' '}
              {labelled(actor ?? '', view.language)}
              {text}
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
