import { CellTooLong, planFormats, writePlanFile } from '../intake/index.ts';
import { declareRule } from './rules.ts';
import { param, type Site } from './site.ts';

const types = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  yaml: 'application/yaml; charset=utf-8',
} as const;

/** A plan as a file, loss-free in each format: a table with a row a commitment and one for each further part, or YAML. */
export function mountPlanTable(site: Site): void {
  for (const format of planFormats) {
    const path = `/:language{en|zh}/:city/plan/:id/plan.${format}`;
    declareRule(site.app, 'GET', path, 'anyone');
    site.app.get(path, async (c) => {
      const plan = site.placeOf(c)?.place.workspace.plans.find(({ id }) => id === param(c, 'id'));
      if (plan === undefined) return site.absent(c);
      try {
        return c.body(await writePlanFile(plan, format), 200, {
          'content-type': types[format],
          'content-disposition': `attachment; filename="${plan.id}.${format}"`,
        });
      } catch (error) {
        if (error instanceof CellTooLong) return c.text(error.message, 409);
        throw error;
      }
    });
  }
}
