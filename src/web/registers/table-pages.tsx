import { unitHead } from '../../language/index.ts';
import type { BalanceLine, Match, Register } from '../../registers/index.ts';
import { Page } from '../layout.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import type { DepartmentAnswers } from './answers.ts';
import type { Standing } from './hall.ts';
import { trailOf } from './hall-page.tsx';
import { RegisterTabs } from './list-page.tsx';
import { paths } from './paths.ts';
import { registerWords } from './words.ts';

interface TableProps {
  readonly register: Register;
  readonly standing: Standing;
  readonly view: PlaceView;
}

/** The frame of a page of one register. */
export function registerFrame({ register, view }: Omit<TableProps, 'standing'>, title: string) {
  const { language, here } = view;
  const words = registerWords[language];
  const name = named(register.declaration.name, view);
  return {
    view,
    title: `${title} · ${name}`,
    room: 'registers',
    trail: trailOf(view, [
      { name: words.registers, href: paths.hall(language, here.city) },
      { name, href: paths.register(language, here.city, register.id) },
      { name: title },
    ]),
  };
}

export function AnswersPage(props: TableProps & { readonly answers: readonly DepartmentAnswers[] }) {
  const { register, standing, answers, view } = props;
  const words = registerWords[view.language];
  return (
    <Page {...registerFrame(props, words.answers)}>
      <h1>{words.answers}</h1>
      <RegisterTabs register={register} standing={standing} view={view} />
      <Scroll label={words.answers}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.department}</th>
              {[
                words.received,
                words.openState,
                words.overdueState,
                words.answered,
                words.inTime,
                words.median,
              ].map((name) => (
                <th scope="col" class="num">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answers.map((each) => (
              <tr>
                <th scope="row">{each.department === '' ? words.noDepartment : each.department}</th>
                {[
                  each.received,
                  each.open,
                  each.overdue,
                  each.answered,
                  each.inTime,
                  each.medianDays ?? '–',
                ].map((value) => (
                  <td class="num">{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Page>
  );
}

export function BalancesPage(
  props: TableProps & {
    readonly year: string;
    readonly years: readonly string[];
    readonly lines: readonly BalanceLine[];
  },
) {
  const { register, standing, year, years, lines, view } = props;
  const words = registerWords[view.language];
  const { declaration } = register;
  const kindName = (kind: string): string => {
    const found = [...declaration.holders, ...declaration.entities].find(({ id }) => id === kind);
    return found === undefined ? kind : named(found.name, view);
  };
  return (
    <Page {...registerFrame(props, words.balances)}>
      <h1>{words.balances}</h1>
      <RegisterTabs register={register} standing={standing} view={view} />
      <p>
        {years.map((each) => (
          <>
            <a href={`?year=${each}`} aria-current={each === year ? 'page' : undefined}>
              {each}
            </a>{' '}
          </>
        ))}
      </p>
      <Scroll label={words.balances}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.item}</th>
              <th scope="col">{words.holder}</th>
              {[words.opening, words.inflow, words.outflow, words.closing].map((name) => (
                <th scope="col" class="num">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => {
              const item = declaration.items.find(({ id }) => id === line.item);
              return (
                <tr>
                  <th scope="row">
                    {item === undefined ? line.item : named(item.name, view)}{' '}
                    <span class="quiet">{item === undefined ? '' : unitHead(item.unit, view.language)}</span>
                  </th>
                  <td>{kindName(line.kind)}</td>
                  {[line.opening, line.inflow, line.outflow, line.closing].map((value) => (
                    <td class="num">{value}</td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </Page>
  );
}

export function MatchesPage(props: TableProps & { readonly matches: readonly Match[] }) {
  const { register, standing, matches, view } = props;
  const words = registerWords[view.language];
  return (
    <Page {...registerFrame(props, words.matches)}>
      <h1>{words.matches}</h1>
      <RegisterTabs register={register} standing={standing} view={view} />
      {matches.map(({ name, register: other, pairs, onlyHere, onlyThere }) => (
        <section>
          <h2>{named(name, view)}</h2>
          <ul class="plain">
            {pairs.slice(0, 500).map(([mine, theirs]) => (
              <li>
                <a href={paths.case(view.language, view.here.city, register.id, mine)}>{mine}</a> ={' '}
                <a href={paths.case(view.language, view.here.city, other, theirs)}>{theirs}</a>
              </li>
            ))}
          </ul>
          {(
            [
              [words.onlyHere, register.id, onlyHere],
              [words.onlyThere, other, onlyThere],
            ] as const
          ).map(([label, of, list]) => (
            <p>
              {label} ({list.length}):{' '}
              {list.slice(0, 200).map((each) => (
                <>
                  <a href={paths.case(view.language, view.here.city, of, each)}>{each}</a>{' '}
                </>
              ))}
            </p>
          ))}
        </section>
      ))}
    </Page>
  );
}

/** The rules of a register in words: steps, who takes them, deadlines, parameters, checks. */
export function RulesPage(props: TableProps) {
  const { register, standing, view } = props;
  const { declaration } = register;
  const words = registerWords[view.language];
  const stepName = (kind: string): string => {
    const step = declaration.steps.find((each) => each.kind === kind);
    return step === undefined ? kind : named(step.name, view);
  };
  return (
    <Page {...registerFrame(props, words.rules)}>
      <h1>{words.rules}</h1>
      <RegisterTabs register={register} standing={standing} view={view} />
      <Scroll label={words.rules}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.step}</th>
              <th scope="col">←</th>
              <th scope="col">{words.office}</th>
              <th scope="col">{words.state}</th>
            </tr>
          </thead>
          <tbody>
            {declaration.steps.map(({ kind, after, by, state, needs }) => (
              <tr>
                <th scope="row">
                  {stepName(kind)}
                  {needs.map(({ says }) => (
                    <span class="quiet small"> {named(says, view)}</span>
                  ))}
                </th>
                <td>{after.map(stepName).join(', ')}</td>
                <td>{by.join(', ')}</td>
                <td>{state === 'open' ? words.openState : words.closedState}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <dl class="facts">
        {declaration.deadlines.map(({ name, workingDays, days, date }) => (
          <div>
            <dt>{named(name, view)}</dt>
            <dd>
              <code>{JSON.stringify(workingDays ?? days ?? date)}</code>
            </dd>
          </div>
        ))}
        {declaration.checks.map(({ name, formula, otherwise }) => (
          <div>
            <dt>{named(name, view)}</dt>
            <dd>
              <code>{formula}</code> <span class="chip">{otherwise}</span>
            </dd>
          </div>
        ))}
        {declaration.parameters.map(({ name, values, source }) => (
          <div>
            <dt>{named(name, view)}</dt>
            <dd>
              {Object.entries(values)
                .map(([year, value]) => `${year}: ${value}`)
                .join('; ')}{' '}
              <span class="quiet">{source}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Page>
  );
}
