import type { Store } from '../../store/index.ts';
import type { Guard, Guarded } from '../guard.ts';
import type { Door } from '../sign-in/door.ts';
import type { Site } from '../site.ts';
import { holds } from '../who.ts';
import { fill } from '../words.ts';
import { type Asked, readAsked } from './asked.ts';
import { type Defined, definedBy } from './define.ts';
import { defineWords } from './define-words.ts';
import { type Remembered, rememberedFor } from './memory.ts';
import { TablePage, type TableState } from './page.tsx';
import { storeTable, takeTable } from './take.ts';
import { tableWords } from './words.ts';

/** Who makes values of the whole place official brings in the tables that others have made. */
export const tableRoles = ['approver'] as const;

/** What is asked for, each name that is to be defined meaning what it is defined as. */
const withDefined = (asked: Asked, { idOf }: Defined): Asked => ({
  ...asked,
  choices: {
    ...asked.choices,
    indicators: { ...asked.choices.indicators, ...Object.fromEntries(idOf) },
  },
});

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
        defined: definedBy([], {}, { indicators: [] }),
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
    const m = at.c.req.query('defined') ?? '0';
    const isTold = /^\d{1,6}$/.test(n) && /^\d{1,12}$/.test(position) && /^\d{1,4}$/.test(m);
    const { language } = at.view;
    const text = m === '0' ? tableWords[language].stored : defineWords[language].storedDefined;
    return show(at, { told: isTold ? fill(text, { n, m, at: position }) : null });
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
    const defined = definedBy(asked.drafts, asked.choices.indicators, workspace, here.entries.keys());
    const meant = withDefined(asked, defined);
    const taking = {
      store,
      workspace: { ...workspace, indicators: [...workspace.indicators, ...defined.indicators] },
      language: view.language,
      defined: defined.indicators,
    };
    const taken = await takeTable(meant, taking);
    const refuse = (told: string, status: 409 | 422 = 422) =>
      show(at, { asked: meant, taken, defined, before, told, alarm: true }, status);
    if (typeof taken === 'string') return refuse(taken);
    if (asked.act === 'store' && defined.faults.size > 0)
      return refuse(defineWords[view.language].needDefined);
    if (asked.act !== 'store') return show(at, { asked: meant, taken, defined, before });
    const { title, producer, date, licence } = asked.source;
    if (title === '' || producer === '' || licence === '') return refuse(w.needSource);
    if (!dated.test(date)) return refuse(fill(w.badDate, { date }));
    const stored = await storeTable(meant, taken, taking, person, door.now());
    if (stored.outcome === 'nothing') return refuse(w.nothing);
    if (stored.outcome === 'refused')
      return refuse(
        fill(stored.values === 0 ? w.refused : w.part, { n: stored.values, why: stored.why }),
        409,
      );
    const { values, indicators, position } = stored;
    const more = indicators === 0 ? '' : `&defined=${indicators}`;
    return c.redirect(
      `/${view.language}/${here.city}/office/table/?stored=${values}${more}&at=${position}`,
      303,
    );
  });
}
