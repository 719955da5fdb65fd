import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { registerRoleSchema, type Step } from '../../model/index.ts';
import {
  balanceSheet,
  type Case,
  type FieldFault,
  type FormValues,
  fieldsOf,
  flowYears,
  forget,
  matchesOf,
  maySee,
  type Register,
  type Registers,
  visibleValues,
} from '../../registers/index.ts';
import { declareRule } from '../rules.ts';
import { param, type Site } from '../site.ts';
import type { PlaceView } from '../view.ts';
import { answersOf } from './answers.ts';
import { mountRegisterApi } from './api.ts';
import { CasePage, type SeenEvent } from './case-page.tsx';
import { correctPage } from './correct-page.tsx';
import { EnterPage } from './enter-page.tsx';
import { mountGeoReport } from './georeport.ts';
import { Hall, isOffice, type RegistersOptions, type Standing, seesCase } from './hall.ts';
import { HallPage } from './hall-page.tsx';
import { readForm } from './incoming.ts';
import { IntakePage } from './intake-page.tsx';
import { callerOf, Limit } from './limit.ts';
import { listPart, readChoice } from './list.ts';
import { ListPage } from './list-page.tsx';
import { paths } from './paths.ts';
import {
  FollowedPage,
  FollowPage,
  honeyField,
  ReportDone,
  ReportForm,
  ReportStart,
} from './report-pages.tsx';
import { readTable } from './sheet.ts';
import { AnswersPage, BalancesPage, MatchesPage, RulesPage } from './table-pages.tsx';
import { registerWords } from './words.ts';

const minute = 60_000;

/** The pages of registers, the citizen's pages, GeoReport and the JSON interface. A published site has none of them. */
export function mountRegisters(site: Site, options: RegistersOptions): void {
  if (site.store === undefined) return;
  const hall = new Hall(site, options);
  const desk = new Desk(site, hall);
  const { app } = site;
  const root = '/:language{en|zh}/:city';
  for (const [method, path] of routes) declareRule(app, method, path, 'anyone');
  const limit = bodyLimit({ maxSize: 12 * 1024 * 1024 });

  app.get(`${root}/registers/`, (c) =>
    desk.inPlace(c, async (view, all) => <HallPage all={all} view={view} />),
  );
  app.get(`${root}/registers/:id/`, (c) => desk.inRegister(c, desk.list));
  app.get(`${root}/registers/:id/rules/`, (c) =>
    desk.inRegister(c, async ({ register, standing, view }) => (
      <RulesPage register={register} standing={standing} view={view} />
    )),
  );
  app.get(`${root}/registers/:id/answers/`, (c) => desk.inRegister(c, desk.answers));
  app.get(`${root}/registers/:id/balances/`, (c) => desk.inRegister(c, desk.balances));
  app.get(`${root}/registers/:id/matches/`, (c) => desk.inRegister(c, desk.matches));
  app.get(`${root}/registers/:id/intake/`, (c) => desk.inRegister(c, desk.intake));
  app.post(`${root}/registers/:id/intake/`, limit, (c) => desk.inRegister(c, desk.intake));
  app.get(`${root}/registers/:id/enter/:kind/`, (c) => desk.inRegister(c, desk.enter));
  app.post(`${root}/registers/:id/enter/:kind/`, limit, (c) => desk.inRegister(c, desk.enter));
  app.get(`${root}/registers/:id/cases/:number/`, (c) => desk.inRegister(c, desk.case));
  app.get(`${root}/registers/:id/cases/:number/take/:kind/`, (c) => desk.inRegister(c, desk.enter));
  app.post(`${root}/registers/:id/cases/:number/take/:kind/`, limit, (c) => desk.inRegister(c, desk.enter));
  app.get(`${root}/registers/:id/cases/:number/correct/:seq/`, (c) => desk.inRegister(c, desk.correct));
  app.post(`${root}/registers/:id/cases/:number/correct/:seq/`, limit, (c) =>
    desk.inRegister(c, desk.correct),
  );
  app.post(`${root}/registers/:id/cases/:number/forget/`, limit, (c) => desk.inRegister(c, desk.forget));
  app.get(`${root}/registers/:id/cases/:number/files/:field/:name`, (c) =>
    desk.inRegister(c, desk.attachment),
  );
  app.get(`${root}/report/`, (c) => desk.inComplaints(c, desk.report));
  app.post(`${root}/report/`, limit, (c) => desk.inComplaints(c, desk.report));
  app.get(`${root}/follow/`, (c) => desk.inComplaints(c, desk.follow));
  app.post(`${root}/follow/`, limit, (c) => desk.inComplaints(c, desk.follow));
  mountRegisterApi(site, hall);
  mountGeoReport(site, hall);
}

const place = '/:language{en|zh}/:city';

/** Open to anyone: what someone sees and may do there is for the register's declaration to say, field by field and step by step. */
const routes: readonly (readonly ['GET' | 'POST', string])[] = [
  ...[
    '/registers/',
    '/registers/:id/',
    '/registers/:id/rules/',
    '/registers/:id/answers/',
    '/registers/:id/balances/',
    '/registers/:id/matches/',
    '/registers/:id/cases/:number/',
    '/registers/:id/cases/:number/files/:field/:name',
  ].map((path) => ['GET', place + path] as const),
  ...[
    '/registers/:id/intake/',
    '/registers/:id/enter/:kind/',
    '/registers/:id/cases/:number/take/:kind/',
    '/registers/:id/cases/:number/correct/:seq/',
    '/report/',
    '/follow/',
  ].flatMap((path) => [['GET', place + path] as const, ['POST', place + path] as const]),
  ['POST', `${place}/registers/:id/cases/:number/forget/`],
  ['POST', '/api/places/:city/registers/:id/cases'],
  ['POST', '/api/places/:city/registers/:id/epcis/capture'],
  ['POST', '/api/places/:city/registers/:id/ocds'],
  ['POST', '/api/places/:city/registers/:id/cases/:number/steps'],
  ['POST', '/api/places/:city/registers/:id/cases/:number/steps/:seq/corrections'],
];

interface AtRegister {
  readonly c: Context;
  readonly all: Registers;
  readonly register: Register;
  readonly standing: Standing;
  readonly view: PlaceView;
}

type Answer = Awaited<ReturnType<Parameters<Site['room']>[1]>>;

class Desk {
  readonly #site: Site;
  readonly #hall: Hall;
  readonly #filings = new Limit(10, 60 * minute);
  readonly #lookups = new Limit(30, 10 * minute);

  constructor(site: Site, hall: Hall) {
    this.#site = site;
    this.#hall = hall;
  }

  async inPlace(c: Context, page: (view: PlaceView, all: Registers) => Promise<Answer>): Promise<Response> {
    const here = this.#site.placeOf(c);
    const all = here === undefined ? null : this.#hall.of(here);
    if (here === undefined || all === null) return this.#site.absent(c);
    await all.refresh();
    c.header('cache-control', 'no-store');
    return this.#shown(c, await page({ ...this.#site.viewOf(c), here }, all));
  }

  inRegister(c: Context, page: (at: AtRegister) => Promise<Answer>): Promise<Response> {
    return this.#at(c, param(c, 'id'), page);
  }

  /** The register that the public files with: the first one that offers services. */
  inComplaints(c: Context, page: (at: AtRegister) => Promise<Answer>): Promise<Response> {
    const here = this.#site.placeOf(c);
    const all = here === undefined ? null : this.#hall.of(here);
    const id = all?.declarations().find(({ services }) => services !== undefined)?.id ?? '';
    return this.#at(c, id, page);
  }

  #at(c: Context, id: string, page: (at: AtRegister) => Promise<Answer>): Promise<Response> {
    return this.inPlace(c, async (view, all) => {
      const register = all.get(id);
      if (register === undefined) return null;
      const standing = await this.#hall.standing(c, view.here, view.here.place.workspace.city.area);
      return page({ c, all, register, standing, view });
    });
  }

  async #shown(c: Context, made: Answer): Promise<Response> {
    if (made === null) return this.#site.absent(c);
    return made instanceof Response ? made : this.#site.show(c, made);
  }

  list = async ({ c, all, register, standing, view }: AtRegister): Promise<Answer> => {
    const now = this.#hall.now();
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
  };

  answers = async ({ all, register, standing, view }: AtRegister): Promise<Answer> => (
    <AnswersPage
      register={register}
      standing={standing}
      answers={answersOf(all, register, this.#hall.now())}
      view={view}
    />
  );

  balances = async ({ c, all, register, standing, view }: AtRegister): Promise<Answer> => {
    const years = flowYears(all, register.id);
    const asked = c.req.query('year') ?? '';
    const year = years.includes(asked) ? asked : (years[0] ?? this.#hall.now().slice(0, 4));
    return (
      <BalancesPage
        register={register}
        standing={standing}
        year={year}
        years={years}
        lines={balanceSheet(all, register.id, year)}
        view={view}
      />
    );
  };

  matches = async ({ all, register, standing, view }: AtRegister): Promise<Answer> => (
    <MatchesPage register={register} standing={standing} matches={matchesOf(all, register.id)} view={view} />
  );

  case = async ({ c, all, register, view }: AtRegister): Promise<Answer> => {
    const each = await register.byNumber(param(c, 'number'));
    if (each === null) return null;
    const standing = await this.#hall.standing(c, view.here, each.area);
    if (!seesCase(register, each, standing)) return null;
    const events = await this.#seen(register, each, standing.roles);
    const shown = events.flatMap(({ values }) => values.filter(({ text }) => text !== null));
    await this.#hall.noteShown(
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
        now={this.#hall.now()}
        view={view}
      />
    );
  };

  async #seen(register: Register, each: Case, roles: Standing['roles']): Promise<readonly SeenEvent[]> {
    const events = await register.events(each.stream);
    return Promise.all(
      events.map(async (event) => ({ event, values: await visibleValues(register, each, event, roles) })),
    );
  }

  attachment = async ({ c, register, view }: AtRegister): Promise<Answer> => {
    const each = await register.byNumber(param(c, 'number'));
    const field = register.declaration.forms
      .flatMap(({ fields }) => fields)
      .find(({ id }) => id === param(c, 'field'));
    if (each === null || field === undefined) return null;
    const standing = await this.#hall.standing(c, view.here, each.area);
    if (!seesCase(register, each, standing) || !maySee(register, field, each.values, standing.roles))
      return null;
    const bytes = await register.attachment(each.stream, field.id, param(c, 'name'));
    if (bytes === null) return null;
    const by = { here: view.here, person: standing.person };
    await this.#hall.noteShown(c, by, register, each.number, [field.id]);
    return c.body(new Uint8Array(bytes), 200, {
      'content-type': field.type === 'photo' ? 'image/jpeg' : 'application/octet-stream',
      'content-disposition': field.type === 'photo' ? 'inline' : 'attachment',
      'cache-control': 'no-store',
    });
  };

  forget = async ({ c, all, register, view }: AtRegister): Promise<Answer> => {
    const each = await register.byNumber(param(c, 'number'));
    if (each === null) return null;
    const standing = await this.#hall.standing(c, view.here, each.area);
    if (!standing.roles.includes('administrator')) return null;
    await forget(all, register, each, this.#hall.now());
    return c.redirect(paths.case(view.language, view.here.city, register.id, each.number), 303);
  };

  correct = (at: AtRegister): Promise<Answer> => correctPage(this.#site, this.#hall, at);

  /** The form of a step and what it sends: for a case, or to begin one. */
  enter = async ({ c, all, register, view }: AtRegister): Promise<Answer> => {
    const number = c.req.param('number') ?? null;
    const each = number === null ? null : await register.byNumber(number);
    if (number !== null && each === null) return null;
    const posted = c.req.method === 'POST';
    const step = register.declaration.steps.find(({ kind }) => kind === param(c, 'kind'));
    if (step === undefined) return null;
    const incoming = posted ? await readForm(c, register.declaration, step.form) : null;
    const areas = view.here.areas;
    const wanted = incoming?.own._area ?? c.req.query('area') ?? '';
    const area = each?.area ?? (areas.has(wanted) ? wanted : view.here.place.workspace.city.area);
    const standing = await this.#hall.standing(c, view.here, area);
    if (each !== null && !seesCase(register, each, standing)) return null;
    const as = step.by.find((role) => standing.roles.includes(role));
    // Whoever may not take a step is not shown its form. The public files and reopens on its own pages.
    if (as === undefined || (as === 'public' && register.declaration.services !== undefined)) return null;
    const show = (values: FormValues, faults: readonly FieldFault[], status: 200 | 422 = 200) => {
      const suggested = register.suggest(step.form, { ...each?.values, ...values });
      const page = (
        <EnterPage
          all={all}
          register={register}
          step={step}
          number={number}
          area={area}
          values={{ ...startValues(step, register, each), ...suggested, ...values }}
          faults={faults}
          prefilled={Object.keys(suggested).length > 0}
          view={view}
        />
      );
      return this.#site.show(c, page, status);
    };
    if (incoming === null) return show(queryValues(c, register, step), []);
    if (incoming.faults.length > 0) return show(incoming.values, incoming.faults, 422);
    const { person, department } = standing;
    if (person === null && !this.#filings.allows(callerOf(c), Date.parse(this.#hall.now())))
      return show(incoming.values, [{ field: '', says: tooMany }], 422);
    const result = await register.take({
      ...(each === null ? {} : { stream: each.stream }),
      area,
      kind: step.kind,
      values: incoming.values,
      as,
      actor: person?.id ?? null,
      now: this.#hall.now(),
      files: incoming.files,
      ...(department === undefined ? {} : { department }),
    });
    if (result.case === null) return show(incoming.values, faultsOf(result), 422);
    return c.redirect(paths.case(view.language, view.here.city, register.id, result.case.number), 303);
  };

  intake = async ({ c, register, standing, view }: AtRegister): Promise<Answer> => {
    const starts = register.declaration.steps.filter(
      ({ after, by }) =>
        after.length === 0 && by.some((role) => role !== 'public' && standing.roles.includes(role)),
    );
    if (!isOffice(standing) || starts.length === 0) return null;
    if (c.req.method !== 'POST')
      return (
        <IntakePage register={register} standing={standing} starts={starts} outcome={null} view={view} />
      );
    const posted = await c.req.formData();
    const file = posted.get('file');
    const step = starts.find(({ kind }) => kind === posted.get('kind'));
    const as = step?.by.find((role) => role !== 'public' && standing.roles.includes(role));
    if (step === undefined || as === undefined || !(file instanceof File)) return null;
    const table = await readTable(
      file.name.slice(0, 120) || 'table',
      new Uint8Array(await file.arrayBuffer()),
    );
    const only = posted.get('only') === 'yes';
    const outcome =
      'rows' in table
        ? await register.takeTable(
            table,
            {
              area: view.here.place.workspace.city.area,
              kind: step.kind,
              as,
              actor: standing.person?.id ?? null,
              now: this.#hall.now(),
              ...(standing.department === undefined ? {} : { department: standing.department }),
            },
            only,
          )
        : { stored: 0, findings: table };
    return this.#site.show(
      c,
      <IntakePage
        register={register}
        standing={standing}
        starts={starts}
        outcome={{ ...outcome, only }}
        view={view}
      />,
      outcome.findings.length === 0 ? 200 : 422,
    );
  };

  /** A citizen's report: two questions, then number and code. */
  report = async ({ c, all, register, view }: AtRegister): Promise<Answer> => {
    const { declaration } = register;
    const about = c.req.query('about') ?? '';
    const first = declaration.steps.find(({ after }) => after.length === 0);
    const service = declaration.forms
      .flatMap(({ fields }) => fields)
      .find(({ id }) => id === declaration.services);
    if (first === undefined) return null;
    if (service?.choices?.some(({ id }) => id === about) !== true)
      return <ReportStart all={all} register={register} view={view} />;
    const home = view.here.place.workspace.city.area;
    const form = (values: FormValues, area: string, faults: readonly FieldFault[], status: 200 | 422 | 429) =>
      this.#site.show(
        c,
        <ReportForm
          all={all}
          register={register}
          about={about}
          area={area}
          values={values}
          faults={faults}
          view={view}
        />,
        status,
      );
    if (c.req.method !== 'POST') return form({}, home, [], 200);
    const incoming = await readForm(c, declaration, first.form);
    const wanted = incoming.own._area ?? '';
    const area = view.here.areas.has(wanted) ? wanted : home;
    if ((incoming.own[honeyField] ?? '') !== '')
      return form(incoming.values, area, [{ field: '', says: tooMany }], 422);
    const { location, address } = incoming.values;
    const faults = [...incoming.faults];
    if ((location ?? '') === '' && (address ?? '') === '' && area === home && view.here.areas.size > 1)
      faults.push({
        field: 'address',
        says: { en: registerWords.en.whereHint, zh: registerWords.zh.whereHint },
      });
    if (faults.length > 0) return form(incoming.values, area, faults, 422);
    if (!this.#filings.allows(callerOf(c), Date.parse(this.#hall.now())))
      return form(incoming.values, area, [{ field: '', says: tooMany }], 429);
    const result = await register.take({
      area,
      kind: first.kind,
      values: incoming.values,
      as: 'public',
      actor: null,
      now: this.#hall.now(),
      files: incoming.files,
    });
    if (result.case === null) return form(incoming.values, area, faultsOf(result), 422);
    return (
      <ReportDone each={result.case} secret={await register.makeSecret(result.case.stream)} view={view} />
    );
  };

  follow = async ({ c, all, register, view }: AtRegister): Promise<Answer> => {
    const ask = (number: string, faults: readonly FieldFault[], status: 200 | 422 | 429) =>
      this.#site.show(c, <FollowPage number={number} faults={faults} view={view} />, status);
    if (c.req.method !== 'POST') return ask((c.req.query('number') ?? '').slice(0, 60), [], 200);
    const posted = await c.req.formData();
    const text = (name: string): string =>
      String(posted.get(name) ?? '')
        .trim()
        .slice(0, 4500);
    const [number, code] = [text('number'), text('code').toUpperCase()];
    if (!this.#lookups.allows(callerOf(c), Date.parse(this.#hall.now())))
      return ask(number, [{ field: '', says: tooMany }], 429);
    const each = /^[0-9]{4}-[0-9]{1,9}$/.test(number) ? await register.byNumber(number) : null;
    const secret = each === null ? null : await register.secretOf(each.stream);
    if (each === null || secret === null || secret !== code)
      return ask(
        number,
        [{ field: '', says: { en: registerWords.en.wrongCode, zh: registerWords.zh.wrongCode } }],
        422,
      );
    let now: Case = each;
    if (text('take') !== '') {
      const step = register.possible(each, ['public']).find(({ kind }) => kind === text('take'));
      const field = step === undefined ? undefined : fieldsOf(register.declaration, step.form)[0];
      if (step !== undefined && field !== undefined) {
        const result = await register.take({
          stream: each.stream,
          area: each.area,
          kind: step.kind,
          values: { [field.id]: text(field.id) },
          as: 'public',
          actor: null,
          now: this.#hall.now(),
        });
        if (result.case === null) return ask(number, faultsOf(result), 422);
        now = result.case;
      }
    }
    // Whoever filed it sees what they wrote, and what the public sees of the rest.
    const own = await this.#seen(register, now, registerRoleSchema.options);
    const open = await this.#seen(register, now, ['public']);
    const byPublic = (kind: string): boolean =>
      register.declaration.steps.find((step) => step.kind === kind)?.by.includes('public') === true;
    const events = own.map((each_, at) => (byPublic(each_.event.kind) ? each_ : (open[at] ?? each_)));
    return (
      <FollowedPage
        all={all}
        register={register}
        each={now}
        events={events}
        secret={code}
        now={this.#hall.now()}
        view={view}
      />
    );
  };
}

const tooMany = { en: registerWords.en.tooMany, zh: registerWords.zh.tooMany };

/** What stands in a form before anything is typed: for a changed entity, what it is now. */
function startValues({ form, kind }: Step, { declaration }: Register, each: Case | null): FormValues {
  if (each === null || !kind.endsWith('.changed')) return {};
  const names = fieldsOf(declaration, form)
    .filter(({ personal, erasable }) => !personal && !erasable)
    .map(({ id }) => id);
  return Object.fromEntries(
    names.flatMap((id) => (each.values[id] === undefined ? [] : [[id, each.values[id]]])),
  );
}

/** Values that an address brings to an empty form: `?v.enterprise=e1`. */
function queryValues(c: Context, { declaration }: Register, { form }: Step): FormValues {
  return Object.fromEntries(
    fieldsOf(declaration, form).flatMap(({ id }) => {
      const value = c.req.query(`v.${id}`);
      return value === undefined ? [] : [[id, value.slice(0, 500)]];
    }),
  );
}

function faultsOf(result: {
  readonly findings: readonly { readonly what: string; readonly mend: string }[];
  readonly faults: readonly FieldFault[];
}): readonly FieldFault[] {
  if (result.faults.length > 0) return result.faults;
  return result.findings.map(({ what, mend }) => ({
    field: '',
    says: { en: `${what} (${mend})`, zh: `${what}（${mend}）` },
  }));
}
