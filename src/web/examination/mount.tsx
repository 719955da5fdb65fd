import type { ExaminationDeclaration } from '../../model/index.ts';
import {
  type ExaminedSubject,
  examineAll,
  type Ranking,
  rankingOf,
  weightHistory,
} from '../../plan/index.ts';
import { problem } from '../api/problem.ts';
import type { Catalogue } from '../catalogue.ts';
import { declareRule } from '../rules.ts';
import { param, type Site } from '../site.ts';
import { type FinalResult, readFinals, sheetOf } from './hearings.ts';
import { ExaminationPage, ExaminationsPage } from './page.tsx';

interface Worked {
  readonly examined: readonly ExaminedSubject[];
  readonly ranking: Ranking;
}
const worked = new WeakMap<Catalogue, Map<string, Worked>>();

/** The result of an examination in one state of a place: worked out once. */
export function resultIn(here: Catalogue, declared: ExaminationDeclaration): Worked {
  const ofPlace = worked.get(here) ?? new Map<string, Worked>();
  worked.set(here, ofPlace);
  const known = ofPlace.get(declared.id);
  if (known !== undefined) return known;
  const { workspace, figures } = here.place;
  const examined = examineAll(declared, workspace, figures);
  const made = { examined, ranking: rankingOf(declared, examined) };
  ofPlace.set(declared.id, made);
  return made;
}

export function examinationIn(here: Catalogue, id: string): ExaminationDeclaration | undefined {
  return here.place.workspace.examinations?.find((each) => each.id === id);
}

/** Examinations for readers: pages, and the same as JSON. What is said in their course stays in the office; what is final is shown. */
export function mountExamination(site: Site): void {
  const { store } = site;
  site.room('/examination/', (view) => {
    const examinations = view.here.place.workspace.examinations ?? [];
    return examinations.length === 0 ? null : <ExaminationsPage examinations={examinations} view={view} />;
  });
  site.room('/examination/:id/', async (view, c) => {
    const declared = examinationIn(view.here, param(c, 'id'));
    if (declared === undefined) return null;
    // What is made final comes while the server runs.
    if (store !== undefined) c.header('cache-control', 'no-store');
    const finals = store === undefined ? null : await readFinals(store, view.here.city, declared);
    return <ExaminationPage shown={{ declared, ...resultIn(view.here, declared), finals }} view={view} />;
  });
  const path = '/api/places/:city/examinations/:id';
  declareRule(site.app, 'GET', path, 'anyone');
  site.app.get(path, async (c) => {
    const { pathname } = new URL(c.req.url);
    const here = site.placeOf(c);
    const declared = here === undefined ? undefined : examinationIn(here, param(c, 'id'));
    if (here === undefined || declared === undefined)
      return problem(c, 404, 'There is no such examination', pathname);
    c.header('access-control-allow-origin', '*');
    if (store !== undefined) c.header('cache-control', 'no-store');
    const finals =
      store === undefined ? new Map<string, FinalResult>() : await readFinals(store, here.city, declared);
    return c.json(examinationJson(here, declared, resultIn(here, declared), finals));
  });
}

function examinationJson(
  here: Catalogue,
  declared: ExaminationDeclaration,
  { examined, ranking }: Worked,
  finals: ReadonlyMap<string, FinalResult>,
) {
  const { id, name, note, period } = declared;
  return {
    id,
    name,
    note: note ?? null,
    period,
    asOf: here.place.asOf,
    environment: weightHistory(declared).map(({ from, environment, assumed }) => ({
      from,
      share: `${environment.n}/${environment.d}`,
      assumed,
    })),
    subjects: examined.map((each) => ({
      id: each.subject.id,
      name: each.subject.name,
      area: each.subject.area,
      department: each.subject.department ?? null,
      ...sheetOf(each, here.place.asOf),
      deductions: each.examination.deductions,
      notJudged: each.examination.notJudged,
      final: finals.get(each.subject.id) ?? null,
    })),
    ranking: ranking.fair
      ? {
          fair: true,
          places: ranking.places.map(({ place, subject }) => ({ place, subject: subject.subject.id })),
        }
      : {
          fair: false,
          reasons: ranking.reasons.map((reason) => ({
            kind: reason.kind,
            ...('item' in reason ? { item: reason.item.id } : {}),
            ...('subjects' in reason ? { subjects: reason.subjects } : {}),
          })),
        },
  };
}
