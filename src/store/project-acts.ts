import { z } from 'zod';
import { type Portfolio, type Project, projectSchema } from '../model/index.ts';
import { type ActEvent, actsByStream, afterActs } from './acts-over-files.ts';

/** The register of what is done to projects in the office: each is a case, `portfolio:<portfolio>:<project>`. */
export const portfolioRegister = 'portfolio';

/**
 * What an act says: the project as it stands from then on, the day on which things stand so, and what the workspace's files
 * said of it (null: nothing) when the act was done.
 */
const projectActSchema = z.object({
  portfolio: z.string(),
  project: projectSchema,
  over: projectSchema.nullable(),
  asOf: z.iso.date(),
  reason: z.string().min(1).max(4000),
});

/** The portfolio that projects of a place without one are put into. */
export const firstPortfolio = { id: 'projects', name: { en: 'Projects', zh: '项目' } } as const;

/** Portfolios with what was done to their projects in the office; the day on which they stand is the latest that was told. */
export function withProjectActs(portfolios: readonly Portfolio[], events: readonly ActEvent[]): Portfolio[] {
  const acts = [
    ...actsByStream(events, (body) => {
      const { success, data } = projectActSchema.safeParse(body);
      return success ? { ...data, item: data.project } : null;
    }).values(),
  ];
  if (acts.length === 0) return [...portfolios];
  const own = (id: string) => acts.filter(([first]) => first?.portfolio === id);
  const known = portfolios.some(({ id }) => id === firstPortfolio.id);
  const made =
    known || own(firstPortfolio.id).length === 0 ? [] : [{ ...firstPortfolio, asOf: '', projects: [] }];
  const all = [...portfolios, ...made].sort((a, b) => (a.id < b.id ? -1 : 1));
  return all.map((portfolio) => {
    const done = own(portfolio.id);
    return {
      ...portfolio,
      asOf: [portfolio.asOf, ...done.flat().map(({ asOf }) => asOf)].sort().at(-1) ?? portfolio.asOf,
      projects: afterActs(portfolio.projects, done, projectContent).map(({ content, revisions }) =>
        revisions.length === 0 ? content : { ...content, revisions: [...revisions] },
      ),
    };
  });
}

/** A project without what it said before. */
export function projectContent({ revisions: _, ...content }: Project): Omit<Project, 'revisions'> {
  return content;
}
