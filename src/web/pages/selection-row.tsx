import { decimalsOf, formatValue, periodText } from '../../language/index.ts';
import { type Candidate, decimal, type ProjectSelection, toFixed } from '../../model/index.ts';
import type { Ranked, Reason } from '../../plan/index.ts';
import { address } from '../address.ts';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { Cited } from './cited.tsx';
import { selectionWords } from './selection-words.ts';

const places = (value: string): string => toFixed(decimal(value), 2);

/** A candidate: where it stands, why it was chosen or not, and what each member gave it. */
export function SelectionRow({
  row,
  candidate,
  declared,
  criterion,
  view,
}: {
  readonly row: Ranked;
  readonly candidate: Candidate;
  readonly declared: ProjectSelection;
  readonly criterion: string | null;
  readonly view: PlaceView;
}) {
  const { t, language } = view;
  const w = selectionWords[language];
  const mark =
    criterion === null ? row.total : (row.scores.find((each) => each.criterion === criterion)?.mean ?? null);
  const { field, citation, entered } = candidate;
  const made = (view.here.place.workspace.portfolios ?? [])
    .flatMap(({ projects }) => projects)
    .find((each) => each.candidate?.selection === declared.id && each.candidate.id === candidate.id);
  return (
    <tr id={candidate.id}>
      <th scope="row">
        {named(candidate.name, view)}
        {field === undefined ? null : <span class="quiet small"> {named(field, view)}</span>}
        {made === undefined ? null : (
          <>
            {' '}
            <a class="small" href={address.project(language, view.here.city, made.id)}>
              {w.asProject}
            </a>
          </>
        )}
      </th>
      <td class="num" data-label={w.rank}>
        {row.rank ?? '–'}
      </td>
      <td class="num" data-label={criterion === null ? w.total : w.mean}>
        {mark === null ? '–' : places(mark)}
      </td>
      <td data-label={w.decision}>
        <b>{w[row.decision]}</b>
        {w.colon}
        {reasonTexts(row, candidate, declared, view).join(w.semicolon)}
      </td>
      <td>
        <Scores candidate={candidate} declared={declared} criterion={criterion} view={view} />
      </td>
      <td class="num" data-label={t.budget}>
        {candidate.budget.length === 0
          ? '–'
          : candidate.budget.map(({ amount, unit }, at) => (
              <>
                {at === 0 ? null : <br />}
                {formatValue(
                  {
                    value: amount,
                    unit,
                    decimals: decimalsOf(amount),
                  },
                  language,
                )}
              </>
            ))}
      </td>
      <td data-label={t.source}>
        {candidate.generated ? <span class="small">{w.generated} </span> : null}
        {citation === undefined && entered !== undefined ? (
          <span class="small">
            {fill(w.entered, { by: entered.by, day: periodText(entered.on, language) })}
          </span>
        ) : null}
        {citation === undefined ? null : (
          <Cited source={citation.source} locator={citation.locator} view={view} />
        )}
      </td>
    </tr>
  );
}

/** Why it was decided so: what the panel says, then what follows from the scores. */
function reasonTexts(
  { decision, reasons }: Ranked,
  candidate: Candidate,
  declared: ProjectSelection,
  view: PlaceView,
): readonly string[] {
  const w = selectionWords[view.language];
  const nameOf = (id: string): string => {
    const known = declared.criteria.find((each) => each.id === id);
    return known === undefined ? id : named(known.name, view);
  };
  const said = (reason: Reason): string | null => {
    switch (reason.kind) {
      case 'place':
        return fill(decision === 'chosen' ? w.within : decision === 'tied' ? w.shared : w.beyond, {
          rank: reason.rank,
          places: reason.places,
        });
      case 'below-least':
        return fill(w.belowLeast, {
          criterion: nameOf(reason.criterion),
          mean: places(reason.mean),
          least: reason.least,
        });
      case 'too-few':
        return fill(w.tooFew, {
          criterion: nameOf(reason.criterion),
          n: reason.members,
          needed: reason.needed,
        });
      case 'conflict':
        // Told at the member's scores, which it takes out.
        return null;
    }
  };
  return [
    ...(candidate.reason === undefined ? [] : [named(candidate.reason, view)]),
    ...reasons.flatMap((each) => said(each) ?? []),
  ];
}

/** Every member's scores; those of a member with a declared interest are struck out and say why. */
function Scores({
  candidate,
  declared,
  criterion,
  view,
}: {
  readonly candidate: Candidate;
  readonly declared: ProjectSelection;
  readonly criterion: string | null;
  readonly view: PlaceView;
}) {
  const w = selectionWords[view.language];
  const conflicts = new Map(candidate.conflicts.map(({ member, reason }) => [member, reason]));
  const criteria = declared.criteria.filter(({ id }) => criterion === null || id === criterion);
  const lines = declared.panel.map(({ id, name }) => {
    const given = new Map(Object.entries(candidate.scores[id] ?? {}));
    const text = criteria
      .map((each) => `${named(each.name, view)} ${given.get(each.id) ?? '–'}`)
      .join(w.comma);
    const conflict = conflicts.get(id);
    return (
      <li>
        {named(name, view)}
        {w.colon}
        {conflict === undefined ? (
          text
        ) : (
          <>
            <s>{text}</s> <b>{fill(w.notCounted, { reason: named(conflict, view) })}</b>
          </>
        )}
      </li>
    );
  });
  return (
    <details open={criterion !== null}>
      <summary>
        {w.members}
        {conflicts.size === 0 ? null : ` ${fill(w.conflicts, { n: conflicts.size })}`}
      </summary>
      <ul class="plain small">{lines}</ul>
    </details>
  );
}
