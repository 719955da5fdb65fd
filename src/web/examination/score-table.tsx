import { inBrackets } from '../../language/index.ts';
import { add, decimal, type ExaminationDeclaration, toFixed } from '../../model/index.ts';
import type { ExaminedItem, ExaminedSubject } from '../../plan/index.ts';
import { address } from '../address.ts';
import { Cited } from '../pages/cited.tsx';
import { FigureLink, figureHref } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { ruleText } from './rule-text.ts';
import { examinationWords } from './words.ts';

/** Points to two places: the only rounding, at display. */
export const pointsText = (value: string): string => toFixed(decimal(value), 2);

/** The items of one subject by group: value, rule, points; each deduction with the figure that it rests on. */
export function ScoreTable({
  declared,
  examined,
  view,
}: {
  readonly declared: ExaminationDeclaration;
  readonly examined: ExaminedSubject;
  readonly view: PlaceView;
}) {
  const w = examinationWords[view.language];
  const { examination, items } = examined;
  const used = declared.groups.filter(({ id }) => items.some(({ item }) => item.group === id));
  return (
    <Scroll label={named(examined.subject.name, view)}>
      <table class="dense examined stack">
        <thead>
          <tr>
            <th scope="col">{w.item}</th>
            <th scope="col" class="num">
              {w.points}
            </th>
            <th scope="col">{w.value}</th>
            <th scope="col">{w.rule}</th>
            <th scope="col" class="num">
              {w.got}
            </th>
            <th scope="col" class="num">
              {w.off}
            </th>
          </tr>
        </thead>
        {used.map((group) => (
          <tbody>
            <tr class="group">
              <th scope="rowgroup" colspan={6}>
                {pathOf(declared, group.id)
                  .map((each) => named(each.name, view))
                  .join(' › ')}
              </th>
            </tr>
            {items
              .filter(({ item }) => item.group === group.id)
              .map((each) => (
                <Row each={each} view={view} />
              ))}
          </tbody>
        ))}
        <tfoot>
          <tr>
            <th scope="row">{w.whole}</th>
            <td class="num" data-label={w.points}>
              {pointsText(examination.possible)}
            </td>
            <td />
            <td />
            <td class="num" data-label={w.got}>
              <strong>{pointsText(examination.earned)}</strong>
            </td>
            <td class="num" data-label={w.off}>
              {toFixed(
                examination.deductions.reduce((sum, { off }) => add(sum, decimal(off)), decimal('0')),
                2,
              )}
            </td>
          </tr>
        </tfoot>
      </table>
    </Scroll>
  );
}

function Row({ each, view }: { readonly each: ExaminedItem; readonly view: PlaceView }) {
  const w = examinationWords[view.language];
  const { item, points, ground, got, off } = each;
  return (
    <tr>
      <th scope="row">
        {named(item.name, view)}
        {item.assumed ? <span class="quiet small">{inBrackets(w.assumed, view.language)}</span> : null}
        {item.citation === undefined ? null : (
          <>
            {' '}
            <Cited source={item.citation.source} locator={item.citation.locator} view={view} />
          </>
        )}
      </th>
      <td class="num" data-label={w.points}>
        {pointsText(points)}
      </td>
      <td data-label={w.value}>
        <GroundText each={each} view={view} />
      </td>
      <td class="quiet" data-label={w.rule}>
        {ruleText(item, view.language)}
      </td>
      <td class="num" data-label={w.got}>
        {got === null ? '–' : pointsText(got)}
      </td>
      <td class="num" data-label={w.off}>
        {off === null ? (
          '–'
        ) : decimal(off).n === 0n ? (
          pointsText(off)
        ) : (
          <a class="fig" href={groundHref(ground, view)}>
            −{pointsText(off)}
          </a>
        )}
      </td>
    </tr>
  );
}

/** Where what an item rests on can be looked up. */
export function groundHref(ground: ExaminedItem['ground'], view: PlaceView): string {
  return ground.kind === 'figure'
    ? figureHref(ground.figure.code, ground.figure.key.indicator, view)
    : address.plan(view.language, view.here.city, ground.plan);
}

function GroundText({ each, view }: { readonly each: ExaminedItem; readonly view: PlaceView }) {
  const w = examinationWords[view.language];
  const { ground, item } = each;
  if (ground.kind === 'figure')
    return (
      <>
        <FigureLink figure={ground.figure} view={view} />
        {ground.value === null ? <span class="quiet small"> {w.notReported}</span> : null}
      </>
    );
  const plan = view.here.place.workspace.plans.find(({ id }) => id === ground.plan);
  const nameOf = (id: string): string => {
    const name = plan?.commitments.find((commitment) => commitment.id === id)?.name;
    return name === undefined ? id : named(name, view);
  };
  const state = item.evidence.kind === 'tasks' ? item.evidence.reached : 'done';
  const comma = view.language === 'zh' ? '、' : '; ';
  return (
    <>
      <a class="fig" href={groundHref(ground, view)}>
        {fill(w.tasksDone, {
          n: ground.reached.length,
          all: ground.reached.length + ground.open.length + ground.unknown.length,
          state: w[`s_${state}`],
        })}
      </a>
      {ground.open.length === 0 ? null : (
        <span class="quiet small">
          <br />
          {w.open}
          {ground.open.map(nameOf).join(comma)}
        </span>
      )}
      {ground.withdrawn.length === 0 ? null : (
        <span class="quiet small">
          <br />
          {w.tasksWithdrawn}
          {ground.withdrawn.map(nameOf).join(comma)}
        </span>
      )}
      {ground.unknown.length === 0 ? null : (
        <span class="missing">
          <br />
          {fill(w.tasksUnknown, { n: ground.unknown.length })}
        </span>
      )}
    </>
  );
}

function pathOf(declared: ExaminationDeclaration, id: string): ExaminationDeclaration['groups'] {
  const group = declared.groups.find((each) => each.id === id);
  if (group === undefined) return [];
  return [...(group.parent === undefined ? [] : pathOf(declared, group.parent)), group];
}
