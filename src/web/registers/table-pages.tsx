import { colon, comma, inBrackets, labelled, listMark, unitHead } from '../../language/index.ts';
import type { Deadline, RegisterDeclaration, RegisterRole } from '../../model/index.ts';
import type { BalanceLine, Match, Register, Registers } from '../../registers/index.ts';
import { Page } from '../layout.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { signInWords } from '../sign-in/words.ts';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
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
  const columns = [
    words.received,
    words.openState,
    words.overdueState,
    words.answered,
    words.inTime,
    words.median,
  ];
  return (
    <Page {...registerFrame(props, words.answers)}>
      <h1>{words.answers}</h1>
      <RegisterTabs register={register} standing={standing} view={view} />
      <Scroll label={words.answers}>
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{words.department}</th>
              {columns.map((name) => (
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
                ].map((value, at) => (
                  <td class="num" data-label={columns[at]}>
                    {value}
                  </td>
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
    readonly all: Registers;
    readonly year: string;
    readonly years: readonly string[];
    readonly lines: readonly BalanceLine[];
  },
) {
  const { all, register, standing, year, years, lines, view } = props;
  const words = registerWords[view.language];
  const { declaration } = register;
  const kindName = (kind: string): string => {
    const others = all.declarations().filter(({ id }) => id !== register.id);
    const found = [
      ...declaration.holders,
      ...declaration.entities,
      ...others.flatMap(({ entities }) => entities),
    ].find(({ id }) => id === kind);
    if (found !== undefined) return named(found.name, view);
    return kind === 'case' ? named((declaration.cases[0] ?? declaration).name, view) : kind;
  };
  // One number of decimals down the page, so that a column can be added up by eye.
  const decimals = Math.max(
    0,
    ...lines.flatMap(({ opening, inflow, outflow, closing }) =>
      [opening, inflow, outflow, closing].map((value) => value.split('.')[1]?.length ?? 0),
    ),
  );
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
        <table class="stack">
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
                    {item === undefined ? line.item : named(item.name, view)}
                    {item === undefined ? null : (
                      <span class="quiet">
                        {comma(view.language)}
                        {unitHead(item.unit, view.language)}
                      </span>
                    )}
                  </th>
                  <td data-label={words.holder}>{kindName(line.kind)}</td>
                  {(
                    [
                      [words.opening, line.opening],
                      [words.inflow, line.inflow],
                      [words.outflow, line.outflow],
                      [words.closing, line.closing],
                    ] as const
                  ).map(([name, value]) => (
                    <td class="num" data-label={name}>
                      {withDecimals(value, decimals)}
                    </td>
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
              {labelled(`${label}${inBrackets(String(list.length), view.language)}`, view.language)}
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
  const comma = listMark(view.language);
  const stepName = (kind: string): string => {
    const step = declaration.steps.find((each) => each.kind === kind);
    return step === undefined ? kind : named(step.name, view);
  };
  return (
    <Page {...registerFrame(props, words.rules)}>
      <h1>{words.rules}</h1>
      <RegisterTabs register={register} standing={standing} view={view} />
      <Scroll label={words.rules}>
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{words.step}</th>
              <th scope="col">{words.follows}</th>
              <th scope="col">{words.takenBy}</th>
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
                <td data-label={words.follows}>{after.map(stepName).join(comma)}</td>
                <td data-label={words.takenBy}>{by.map((role) => roleName(role, view)).join(comma)}</td>
                <td data-label={words.state}>{state === 'open' ? words.openState : words.closedState}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <dl class="facts">
        {declaration.deadlines.map((deadline) => (
          <div>
            <dt>{named(deadline.name, view)}</dt>
            <dd>{deadlineText(deadline, declaration, view)}</dd>
          </div>
        ))}
        {declaration.checks.map(({ name, formula, otherwise }) => (
          <div>
            <dt>{named(name, view)}</dt>
            <dd>
              <code>{formula}</code>{' '}
              <span class="chip">{otherwise === 'refuse' ? words.holds : words.flagged}</span>
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

function withDecimals(value: string, decimals: number): string {
  const [whole = '', part = ''] = value.split('.');
  return decimals === 0 ? whole : `${whole}.${part.padEnd(decimals, '0')}`;
}

function roleName(role: RegisterRole, view: PlaceView): string {
  return role === 'public' ? registerWords[view.language].public_ : signInWords[view.language][`r_${role}`];
}

/** How long a deadline lasts, in words: days, days by a choice, or the date of a year. */
function deadlineText(
  { workingDays, days, date }: Deadline,
  declaration: RegisterDeclaration,
  view: PlaceView,
): string {
  const words = registerWords[view.language];
  if (date !== undefined) {
    const parameter = declaration.parameters.find(({ id }) => id === date.parameter);
    return fill(words.dateOf, {
      name: parameter === undefined ? date.parameter : named(parameter.name, view),
    });
  }
  if (days !== undefined) return fill(words.calendarDays, { n: days });
  if (workingDays === undefined) return '';
  if (typeof workingDays === 'number') return fill(words.workingDays, { n: workingDays });
  const choices = declaration.forms
    .flatMap(({ fields }) => fields)
    .find(({ id }) => id === workingDays.field)?.choices;
  const parting = colon(view.language);
  return [
    ...Object.entries(workingDays.days).map(([id, n]) => {
      const choice = choices?.find((each) => each.id === id);
      return `${choice === undefined ? id : named(choice.name, view)}${parting}${fill(words.workingDays, { n })}`;
    }),
    `${words.other}${parting}${fill(words.workingDays, { n: workingDays.otherwise })}`,
  ].join(view.language === 'zh' ? '；' : '; ');
}
