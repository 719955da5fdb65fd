import { type ReadForm, readPortfolioForm } from '../../intake/index.ts';
import type { Portfolio, Project } from '../../model/index.ts';
import { fitsInLog, type ProjectAct, readProjectActs, writeProject } from '../../plan/index.ts';
import { firstPortfolio, projectContent, type Store, sha256Hex } from '../../store/index.ts';
import type { Guard, Guarded } from '../guard.ts';
import { cleanPhoto } from '../registers/photo.ts';
import type { Door } from '../sign-in/door.ts';
import { readForm } from '../sign-in/form.ts';
import { param, type Site } from '../site.ts';
import { holds, roles } from '../who.ts';
import { fieldsOf, givenProject, type ProjectFields, typedFields } from './form.ts';
import { type EditProject, EditProjectPage, ProjectsOfficePage } from './office-pages.tsx';
import { type ProjectOfficeWords, projectOfficeWords } from './office-words.ts';
import { projectPath } from './paths.ts';

/** Most bytes of a photograph that is sent. */
const mostPhotoBytes = 20_000_000;
const mostPhotos = 60;
const blank: ProjectFields = {
  head: {},
  parts: { stages: [], milestones: [], partners: [], money: [], results: [] },
};

/** Projects in the office: adding and changing them, no longer following them, their photographs; each act with its reason. */
export function mountProjectsOffice(site: Site, door: Door, office: Guard, store: Store): void {
  // A reader may be shown the projects as they were before the last act: who works on them reads the log itself.
  const fresh = async ({ here }: Guarded): Promise<readonly Portfolio[]> =>
    (await store.definitions(here.city))?.portfolios ?? [];
  const found = async (at: Guarded) => {
    const portfolio = (await fresh(at)).find(({ id }) => id === param(at.c, 'portfolio'));
    const project = portfolio?.projects.find(({ id }) => id === param(at.c, 'id'));
    return portfolio === undefined || project === undefined ? null : { portfolio, project };
  };
  const today = (): string => door.now().toISOString().slice(0, 10);

  async function show(
    at: Guarded,
    portfolio: Portfolio | null,
    project: Project | null,
    more: Partial<EditProject>,
    status: 200 | 409 | 422 = 200,
  ): Promise<Response> {
    const { view, person, here } = at;
    const acts =
      portfolio === null || project === null
        ? []
        : await readProjectActs(store, here.city, portfolio.id, project.id);
    return site.show(
      at.c,
      EditProjectPage({
        view,
        person,
        portfolio,
        project,
        id: project?.id ?? '',
        fields: project === null ? blank : fieldsOf(project),
        asOf: today(),
        expected: acts.reduce((most, { seq }) => Math.max(most, seq), 0),
        reason: '',
        faults: [],
        told: null,
        alarm: status !== 200,
        ...more,
      }),
      status,
    );
  }

  office.page('/projects/', roles, async (at) =>
    site.show(at.c, ProjectsOfficePage({ view: at.view, person: at.person, portfolios: await fresh(at) })),
  );
  office.page('/projects/new/', ['editor'], (at) => {
    // From a chosen candidate or a commitment: `?candidate=<selection>%20<id>`; what is not known is an empty choice.
    const head = Object.fromEntries(
      (['candidate', 'commitment'] as const).flatMap((field) => {
        const value = at.c.req.query(field);
        return value === undefined ? [] : [[field, value]];
      }),
    );
    return show(at, null, null, { fields: { ...blank, head } });
  });
  office.page('/projects/:portfolio/:id/', roles, async (at) => {
    const here = await found(at);
    if (here === null) return site.absent(at.c);
    const told = at.c.req.query('told') === 'saved' ? projectOfficeWords[at.view.language].saved : null;
    return show(at, here.portfolio, here.project, { told });
  });

  office.form('/projects/new/', ['editor'], 'project.add', async (at) => {
    const form = await readForm(at.c);
    const id = form.text('id').trim();
    const portfolios = await fresh(at);
    return save(at, portfolios[0] ?? null, null, id, typedFields(form), {
      reason: form.text('reason'),
      asOf: form.text('asOf').trim(),
      expected: 0,
      wish: 'save',
      taken: portfolios.some(({ projects }) => projects.some((each) => each.id === id)),
    });
  });
  office.form('/projects/:portfolio/:id/', ['editor'], 'project.change', async (at) => {
    const here = await found(at);
    if (here === null) return site.absent(at.c);
    const form = await readForm(at.c);
    return save(at, here.portfolio, here.project, here.project.id, typedFields(form), {
      reason: form.text('reason'),
      asOf: form.text('asOf').trim(),
      expected: Number(form.text('expected') || 'NaN'),
      wish: form.text('do'),
      taken: false,
    });
  });

  interface Wish {
    readonly reason: string;
    readonly asOf: string;
    readonly expected: number;
    readonly wish: string;
    readonly taken: boolean;
  }
  async function save(
    at: Guarded,
    portfolio: Portfolio | null,
    before: Project | null,
    id: string,
    fields: ProjectFields,
    { reason: said, asOf, expected, wish, taken }: Wish,
  ): Promise<Response> {
    const { workspace } = at.here.place;
    const w = projectOfficeWords[at.view.language];
    const reason = said.replace(/\r\n?/g, '\n').trim();
    const typed = { id, fields, reason, asOf };
    const refuse = (told: string, status: 409 | 422 = 422) =>
      show(at, portfolio, before, { ...typed, told }, status);
    if (!holds(at.person, ['editor'], workspace.city.area)) return refuse(w.mayNot, 409);
    if (reason === '') return refuse(w.needReason);
    if (!isDay(asOf)) return refuse(w.badDay);
    if (taken) return refuse(w.taken);
    const target = portfolio ?? { ...firstPortfolio, asOf: '', projects: [] };
    if (!fitsInLog(target.id, id)) return refuse(w.tooLong);
    const entered = before?.entered ?? { on: today(), by: at.person.name };
    const given = givenProject(id, fields);
    const kept = before === null ? {} : { photos: before.photos, generated: before.generated };
    const isCited = given.citation !== undefined || before?.generated === true;
    const read = readPortfolioForm(
      {
        ...target,
        asOf: [target.asOf, asOf].sort().at(-1),
        projects: [JSON.parse(JSON.stringify({ ...given, ...kept, ...(isCited ? {} : { entered }) }))],
      },
      { ...workspace, portfolios: [] },
      new Set(),
    );
    const [now] = read.value?.projects ?? [];
    if (now === undefined) return show(at, portfolio, before, { ...typed, faults: faultsOf(read, w) }, 422);
    const withdrawn = before?.withdrawn;
    const wanted: Pick<ProjectAct, 'kind' | 'project'> =
      wish === 'withdraw' && before !== null
        ? {
            kind: 'withdrawn',
            project: { ...projectContent(before), withdrawn: { on: today(), reason } },
          }
        : wish === 'restore'
          ? { kind: 'restored', project: now }
          : {
              kind: before === null ? 'added' : 'changed',
              project: withdrawn === undefined ? now : { ...now, withdrawn },
            };
    return write(at, target.id, before, { ...wanted, asOf, reason, expected: known(expected) }, typed);
  }

  async function write(
    at: Guarded,
    portfolio: string,
    before: Project | null,
    act: ProjectAct,
    typed: Partial<EditProject>,
    photos: Parameters<typeof writeProject>[5] = [],
  ): Promise<Response> {
    const { view, here, person } = at;
    const w = projectOfficeWords[view.language];
    const actor = { id: person.id, name: person.name, now: door.now() };
    const done = await writeProject(store, here.place.workspace, portfolio, actor, act, photos);
    if (done.outcome === 'stored')
      return at.c.redirect(
        `${projectPath.edit(view.language, here.city, portfolio, act.project.id)}?told=saved`,
        303,
      );
    const after = (await fresh(at)).find(({ id }) => id === portfolio) ?? null;
    const present = after?.projects.find(({ id }) => id === act.project.id) ?? before;
    const told = done.outcome === 'moved' ? w.moved : done.outcome === 'unchanged' ? w.unchanged : null;
    const faults = done.outcome === 'refused' ? done.findings.map(({ what }) => what) : [];
    return show(at, after, present, { ...typed, told, faults }, done.outcome === 'refused' ? 422 : 409);
  }

  office.form('/projects/:portfolio/:id/photos/', ['editor'], 'project.photo', async (at) => {
    const here = await found(at);
    if (here === null) return site.absent(at.c);
    const { portfolio, project } = here;
    const w = projectOfficeWords[at.view.language];
    const refuse = (told: string) => show(at, portfolio, project, { told }, 422);
    const length = Number(at.c.req.header('content-length') ?? '0');
    if (!(length > 0 && length <= mostPhotoBytes + 100_000)) return refuse(w.noPhoto);
    const body = await at.c.req.parseBody();
    const text = (name: string): string => {
      const value = body[name];
      return typeof value === 'string' ? value.trim().slice(0, 4000) : '';
    };
    if (!holds(at.person, ['editor'], at.here.place.workspace.city.area)) return refuse(w.mayNot);
    const asOf = isDay(text('asOf')) ? text('asOf') : today();
    const step = { kind: 'changed', asOf, expected: known(Number(text('expected') || 'NaN')) } as const;
    const content = projectContent(project);
    const photos = content.photos ?? [];
    if (text('do') === 'take') {
      if (text('reason') === '') return refuse(w.needReason);
      const rest = photos.filter(({ sha256 }) => sha256 !== text('sha256'));
      return write(
        at,
        portfolio.id,
        project,
        { ...step, reason: text('reason'), project: { ...content, photos: rest } },
        {},
      );
    }
    const caption = { en: text('caption_en'), zh: text('caption_zh') };
    if (caption.en === '' && caption.zh === '') return refuse(w.needCaption);
    if (photos.length >= mostPhotos) return refuse(w.tooMany);
    const taken = text('taken');
    if (taken !== '' && !/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/.test(taken)) return refuse(w.badDay);
    const sent = body.photo;
    const bytes = sent instanceof File ? new Uint8Array(await sent.arrayBuffer()) : null;
    const clean = bytes === null || bytes.length > mostPhotoBytes ? null : await cleanPhoto(bytes);
    if (clean === null) return refuse(w.noPhoto);
    const sha256 = sha256Hex(clean);
    const photo = {
      sha256,
      caption,
      ...(taken === '' ? {} : { taken }),
      ...(text('credit') === '' ? {} : { credit: text('credit').slice(0, 200) }),
    };
    return write(
      at,
      portfolio.id,
      project,
      {
        ...step,
        reason: `${w.photos}: ${caption.zh === '' ? caption.en : caption.zh}`.slice(0, 4000),
        project: { ...content, photos: [...photos.filter((each) => each.sha256 !== sha256), photo] },
      },
      {},
      [{ path: `projects/${portfolio.id}/${project.id}/${sha256}.jpg`, bytes: clean }],
    );
  });
}

const known = (expected: number): number => (Number.isSafeInteger(expected) ? expected : -1);
const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

const sentences: Readonly<Record<string, keyof ProjectOfficeWords>> = {
  'portfolio.not-money': 'e_money',
  'portfolio.negative': 'e_negative',
  'portfolio.future': 'e_future',
  'yaml.value': 'e_value',
  'yaml.missing-key': 'e_missing',
};

/** What is wrong, in the language of the page, each with what the form says there; then as the check says it. */
export function faultsOf({ findings, lineOf }: ReadForm<unknown>, w: ProjectOfficeWords): readonly string[] {
  return findings
    .filter(({ severity }) => severity === 'error')
    .slice(0, 30)
    .map((finding) => {
      const [, kind] = finding.rule.split('.');
      const key =
        kind === 'unknown' ? 'e_unknown' : kind === 'duplicate' ? 'e_twice' : sentences[finding.rule];
      const line = lineOf(finding);
      const at = line === '' ? '' : w.inLine.replace('{line}', () => line.slice(0, 120));
      return `${at}${w[key ?? 'e_other']} (${finding.what})`;
    });
}
