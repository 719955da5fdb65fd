import { planColumns, planRows } from '../plan/index.ts';
import { csvText } from './csv-text.ts';
import { declareRule } from './rules.ts';
import { param, type Site } from './site.ts';

/** A plan as a table, for a spreadsheet: a row a commitment, one more for each further target or budget of it. */
export function mountPlanTable(site: Site): void {
  const path = '/:language{en|zh}/:city/plan/:id/plan.csv';
  declareRule(site.app, 'GET', path, 'anyone');
  site.app.get(path, (c) => {
    const plan = site.placeOf(c)?.place.workspace.plans.find(({ id }) => id === param(c, 'id'));
    if (plan === undefined) return site.absent(c);
    const rows = planRows(plan).map((row) => planColumns.map((column) => row[column] ?? ''));
    return c.body(csvText([[...planColumns], ...rows]), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${plan.id}.csv"`,
    });
  });
}
