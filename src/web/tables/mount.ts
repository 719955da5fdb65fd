import type { Store } from '../../store/index.ts';
import type { Guard, Guarded } from '../guard.ts';
import type { Door } from '../sign-in/door.ts';
import type { Site } from '../site.ts';
import { holds } from '../who.ts';
import { fill } from '../words.ts';
import { readAsked } from './asked.ts';
import { type Remembered, rememberedFor } from './memory.ts';
import { TablePage, type TableState } from './page.tsx';
import { storeTable, takeTable } from './take.ts';
import { tableWords } from './words.ts';

/** Who makes values of the whole place official brings in the tables that others have made. */
export const tableRoles = ['approver'] as const;

const dated = /^(?:\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?)?$/;

/** A table of values from a browser: read, matched, shown beside what is held, and stored when that is asked for. */
export function mountTables(site: Site, door: Door, office: Guard, store: Store): void {
  const show = (at: Guarded, state: Partial<TableState>, status: 200 | 409 | 422 = 200) =>
    site.show(
      at.c,
      TablePage({
        view: at.view,
        person: at.person,
        asked: null,
        taken: null,
        before: null,
        told: null,
        alarm: false,
        ...state,
      }),
      status,
    );
  const mayHere = ({ person, here }: Guarded): boolean =>
    holds(person, [...tableRoles], here.place.workspace.city.area);

  office.page('/table/', tableRoles, (at) => {
    if (!mayHere(at)) return site.absent(at.c);
    const [n, position] = [at.c.req.query('stored') ?? '', at.c.req.query('at') ?? ''];
    const isTold = /^\d{1,6}$/.test(n) && /^\d{1,12}$/.test(position);
    return show(at, { told: isTold ? fill(tableWords[at.view.language].stored, { n, at: position }) : null });
  });

  office.form('/table/', tableRoles, 'table.import', async (at) => {
    if (!mayHere(at)) return site.absent(at.c);
    const { c, here, view, person } = at;
    const w = tableWords[view.language];
    let before: Remembered | null = null;
    const asked = await readAsked(c, async (table, guess) => {
      before = await rememberedFor(store, here.city, table, guess);
      return before;
    });
    if ('fault' in asked) {
      const told = fill(w[asked.fault], { name: asked.name, why: asked.why });
      return show(at, { told, alarm: true }, 422);
    }
    const { workspace } = here.place;
    const taking = { store, workspace, language: view.language };
    const taken = await takeTable(asked, taking);
    if (typeof taken === 'string') return show(at, { asked, taken, before, told: taken, alarm: true }, 422);
    if (asked.act !== 'store') return show(at, { asked, taken, before });
    const { title, producer, date, licence } = asked.source;
    if (title === '' || producer === '' || licence === '')
      return show(at, { asked, taken, told: w.needSource, alarm: true }, 422);
    if (!dated.test(date))
      return show(at, { asked, taken, told: fill(w.badDate, { date }), alarm: true }, 422);
    const stored = await storeTable(asked, taken, taking, person, door.now());
    if (stored.outcome === 'nothing') return show(at, { asked, taken, told: w.nothing, alarm: true }, 422);
    if (stored.outcome === 'refused') {
      const told = fill(stored.values === 0 ? w.refused : w.part, { n: stored.values, why: stored.why });
      return show(at, { asked, taken, told, alarm: true }, 409);
    }
    return c.redirect(
      `/${view.language}/${here.city}/office/table/?stored=${stored.values}&at=${stored.position}`,
      303,
    );
  });
}
