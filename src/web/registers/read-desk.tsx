import { balanceSheet, flowYears, matchesOf, maySee } from '../../registers/index.ts';
import { param } from '../site.ts';
import { answersOf } from './answers.ts';
import { CasePage } from './case-page.tsx';
import { type Answer, type AtDesk, type Desk, seenEvents } from './desk.ts';
import { seesCase } from './hall.ts';
import { listPart, readChoice } from './list.ts';
import { ListPage } from './list-page.tsx';
import { AnswersPage, BalancesPage, MatchesPage, RulesPage } from './table-pages.tsx';

export async function listOfCases(desk: Desk, { c, all, register, standing, view }: AtDesk): Promise<Answer> {
  const now = desk.hall.now();
  const choice = readChoice(register.declaration, (name) => c.req.query(name));
  const part = listPart(register, choice, standing, view.here.areas, now);
  return (
    <ListPage
      all={all}
      register={register}
      choice={choice}
      part={part}
      standing={standing}
      now={now}
      view={view}
    />
  );
}

export async function rulesOfRegister(_desk: Desk, { register, standing, view }: AtDesk): Promise<Answer> {
  return <RulesPage register={register} standing={standing} view={view} />;
}

export async function answersOfDepartments(
  desk: Desk,
  { all, register, standing, view }: AtDesk,
): Promise<Answer> {
  return (
    <AnswersPage
      register={register}
      standing={standing}
      answers={answersOf(all, register, desk.hall.now())}
      view={view}
    />
  );
}

export async function balancesOfYear(
  desk: Desk,
  { c, all, register, standing, view }: AtDesk,
): Promise<Answer> {
  const years = flowYears(all, register.id);
  const asked = c.req.query('year') ?? '';
  const year = years.includes(asked) ? asked : (years[0] ?? desk.hall.now().slice(0, 4));
  return (
    <BalancesPage
      all={all}
      register={register}
      standing={standing}
      year={year}
      years={years}
      lines={balanceSheet(all, register.id, year)}
      view={view}
    />
  );
}

export async function matchesWithOthers(
  _desk: Desk,
  { all, register, standing, view }: AtDesk,
): Promise<Answer> {
  return (
    <MatchesPage register={register} standing={standing} matches={matchesOf(all, register.id)} view={view} />
  );
}

export async function oneCase(desk: Desk, { c, all, register, view }: AtDesk): Promise<Answer> {
  const each = await register.byNumber(param(c, 'number'));
  if (each === null) return null;
  const standing = await desk.hall.standing(c, view.here, each.area);
  if (!seesCase(register, each, standing)) return null;
  const events = await seenEvents(register, each, standing.roles);
  const shown = events.flatMap(({ values }) => values.filter(({ text }) => text !== null));
  await desk.hall.noteShown(
    c,
    { here: view.here, person: standing.person },
    register,
    each.number,
    shown.map(({ field }) => field.id),
  );
  return (
    <CasePage
      all={all}
      register={register}
      each={each}
      events={events}
      standing={standing}
      now={desk.hall.now()}
      view={view}
    />
  );
}

export async function attachedFile(desk: Desk, { c, register, view }: AtDesk): Promise<Answer> {
  const each = await register.byNumber(param(c, 'number'));
  const field = register.declaration.forms
    .flatMap(({ fields }) => fields)
    .find(({ id }) => id === param(c, 'field'));
  if (each === null || field === undefined) return null;
  const standing = await desk.hall.standing(c, view.here, each.area);
  if (!seesCase(register, each, standing) || !maySee(register, field, each.values, standing.roles))
    return null;
  const bytes = await register.attachment(each.stream, field.id, param(c, 'name'));
  if (bytes === null) return null;
  const by = { here: view.here, person: standing.person };
  await desk.hall.noteShown(c, by, register, each.number, [field.id]);
  return c.body(new Uint8Array(bytes), 200, {
    'content-type': field.type === 'photo' ? 'image/jpeg' : 'application/octet-stream',
    'content-disposition': field.type === 'photo' ? 'inline' : 'attachment',
    'cache-control': 'no-store',
  });
}
