import {
  type Portfolio,
  type Project,
  portfolioSchema,
  type SubmittedFile,
  type Workspace,
} from '../../model/index.ts';
import { portfolioRegister, projectContent, type Store, type StoredEvent } from '../../store/index.ts';
import { asJson, overSteps, type PlanActor, type Written, writeOver } from '../acts/over.ts';

const register = overSteps(portfolioRegister);

/** The longest name that a case may have. */
const longestStream = 200;

export const projectStream = (portfolio: string, project: string): string =>
  `${portfolioRegister}:${portfolio}:${project}`;

export const fitsInLog = (portfolio: string, project: string): boolean =>
  projectStream(portfolio, project).length <= longestStream;

/** What has been done to one project in the office, in order. */
export function readProjectActs(
  store: Store,
  city: string,
  portfolio: string,
  project: string,
): Promise<readonly StoredEvent[]> {
  return store.events(city, { register: portfolioRegister, stream: projectStream(portfolio, project) });
}

/** Something to be done to one project. */
export interface ProjectAct {
  readonly kind: 'added' | 'changed' | 'withdrawn' | 'restored';
  readonly project: Project;
  /** The day on which things stand as it says, ISO. */
  readonly asOf: string;
  readonly reason: string;
  /** Number of the last act that was seen; 0: none. */
  readonly expected: number;
}

/** Writes what is done to a project as the next step of its case, with the photographs that come with it. */
export async function writeProject(
  store: Store,
  { city: { id: city, area } }: Pick<Workspace, 'city'>,
  portfolio: string,
  actor: PlanActor,
  { kind, project, asOf, reason, expected }: ProjectAct,
  photos: readonly SubmittedFile[] = [],
): Promise<Written> {
  const over = await inFiles(store, city, portfolio, project.id);
  const body = {
    portfolio,
    project: asJson(projectContent(project)),
    over: asJson(over),
    asOf,
    reason,
    by: actor.id,
  };
  const stream = projectStream(portfolio, project.id);
  return writeOver(store, { city, area }, register, actor, [{ stream, kind, expected, body }], photos);
}

/** The project as the workspace's files say it; null where they have none of this id. */
async function inFiles(store: Store, city: string, portfolio: string, id: string): Promise<Project | null> {
  const newest = (await store.history(city, `portfolio/${portfolio}`)).at(-1);
  const read = portfolioSchema.safeParse(newest?.content);
  const known: Portfolio['projects'] = read.success ? read.data.projects : [];
  return known.find((each) => each.id === id) ?? null;
}
