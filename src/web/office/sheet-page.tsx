import { inBrackets, labelled, unitHead } from '../../language/index.ts';
import { isOpenCell } from '../../plan/index.ts';
import { Scroll } from '../parts/scroll.tsx';
import { areaName, named, type PlaceView } from '../view.ts';
import { holds, type Role } from '../who.ts';
import { OfficeFrame } from './frame.tsx';
import type { RoundState } from './round-page.tsx';
import type { RoundCell } from './round-store.ts';
import { type OfficeWords, officeWords } from './words.ts';

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
  const whole = cell.breakdown === '' ? name : `${name}${inBrackets(cell.breakdown, view.language)}`;
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
        aria-label={`${labelled(label, view.language)}${whole}`}
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
      <td data-label={w.unit}>{unitHead(cell.unit, view.language)}</td>
      <td class="number" data-label={cell.before === null ? undefined : w.before}>
        {cell.before === null ? (
          ''
        ) : (
          <>
            {cell.before.value ?? '–'} <small class="quiet">{cell.before.period}</small>
          </>
        )}
      </td>
      <td class="number" data-label={w.value}>
        {input('value', w.value, {
          inputmode: 'decimal',
          'aria-invalid': fault ? 'true' : undefined,
          'aria-describedby': `${id}-told`,
        })}
      </td>
      <td data-label={w.whyMissing}>{input('reason', w.whyMissing)}</td>
      <td data-label={w.note}>{input('note', w.note)}</td>
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
