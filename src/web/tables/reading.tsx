import { headAt, type Meant, type MeantIndicator, type TableCells } from '../../intake/index.ts';
import { colon } from '../../language/index.ts';
import { Scroll } from '../parts/scroll.tsx';
import { areaName, named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import { type Asked, mostNames } from './asked.ts';
import { tableWords } from './words.ts';

/** How the table is read: its sheet, its head, what each column is. */
export function Columns({
  asked: { name, sheets, table, mapping },
  before,
  view,
}: {
  readonly asked: Asked;
  /** Who read a table with this head before, and when. */
  readonly before: { readonly by: string; readonly on: string } | null;
  readonly view: PlaceView;
}) {
  const w = tableWords[view.language];
  const { names } = headAt(table.rows, mapping.header, mapping.headerRows ?? 1);
  const below = table.rows.slice(mapping.header, mapping.header + 40);
  return (
    <section id="columns">
      <h2>{`${w.columns}${colon(view.language)}${name}`}</h2>
      <p class="quiet">
        {before === null ? w.guessed : fill(w.remembered, { who: before.by, when: before.on })}
      </p>
      <input type="hidden" name="was" value={`${table.sheet ?? ''} ${mapping.header}`} />
      {sheets.length < 2 ? (
        <input type="hidden" name="sheet" value={table.sheet ?? ''} />
      ) : (
        <p class="field">
          <label for="sheet">{w.sheet}</label>
          <select id="sheet" name="sheet">
            {sheets.map(({ sheet }) => (
              <option value={sheet ?? ''} selected={sheet === table.sheet}>
                {sheet ?? ''}
              </option>
            ))}
          </select>
        </p>
      )}
      <p class="field">
        <label for="header">{w.header}</label>
        <input id="header" name="header" value={String(mapping.header)} inputmode="numeric" size={6} />
      </p>
      <Scroll label={w.columns}>
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">{w.column}</th>
              <th scope="col">{w.first}</th>
              <th scope="col">{w.role}</th>
            </tr>
          </thead>
          <tbody>
            {names.map((column, at) => (
              <tr>
                <th scope="row">{column}</th>
                <td class="quiet" data-label={w.first}>
                  {[...new Set(below.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== ''))]
                    .slice(0, 3)
                    .join(' · ')
                    .slice(0, 90)}
                </td>
                <td data-label={w.role}>
                  <select name={`role-${at}`} aria-label={`${w.role}${colon(view.language)}${column}`}>
                    {Object.entries(w.roles).map(([role, label]) => (
                      <option value={role} selected={mapping.columns[column] === role}>
                        {label}
                      </option>
                    ))}
                  </select>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p class="field">
        <label for="indicator">{w.indicatorAll}</label>
        <input
          id="indicator"
          name="indicator"
          value={mapping.indicator ?? ''}
          list="indicators"
          maxlength={200}
        />
      </p>
      <p class="field">
        <label for="unit">{w.unitAll}</label>
        <input id="unit" name="unit" value={mapping.unit ?? ''} maxlength={80} />
      </p>
      <p class="field">
        <label for="period">{w.periodAll}</label>
        <input id="period" name="period" value={mapping.period ?? ''} maxlength={40} />
      </p>
      <datalist id="indicators">
        {[...view.here.entries.values()]
          .filter(({ indicator }) => indicator.formula === undefined)
          .map(({ indicator }) => (
            <option value={indicator.id}>{named(indicator.name, view)}</option>
          ))}
      </datalist>
      <datalist id="areas">
        {[...view.here.areas.values()].map((area) => (
          <option value={area.id}>{named(area.name, view)}</option>
        ))}
      </datalist>
    </section>
  );
}

/** Names of the table as the page lists them: what is no indicator here comes first, so do those that are to be defined. */
export function listedNames(
  { indicators }: TableCells,
  { drafts }: Pick<Asked, 'drafts'>,
  isHere: (id: string) => boolean,
): readonly (MeantIndicator & { readonly isDefinable: boolean })[] {
  return indicators
    .map((each) => ({
      ...each,
      isDefinable: !isHere(each.id) || drafts.some(({ text }) => text === each.text),
    }))
    .sort((a, b) => Number(b.isDefinable) - Number(a.isDefinable))
    .slice(0, mostNames);
}

/** Which indicator and which area each name of the table means; what was not found comes first. */
export function Meanings({
  taken,
  names,
  nameOf: nameOfIndicator,
  view,
}: {
  readonly taken: TableCells;
  readonly names: readonly Meant[];
  readonly nameOf: (indicator: string) => string;
  readonly view: PlaceView;
}) {
  const w = tableWords[view.language];
  const nameOf = {
    indicator: nameOfIndicator,
    area: (id: string): string => (view.here.areas.has(id) ? areaName(view, id) : ''),
  };
  return (
    <section id="words">
      <h2>{w.words}</h2>
      <p class="quiet">{w.wordsText}</p>
      {(['indicator', 'area'] as const).map((kind) => {
        const sorted =
          kind === 'indicator'
            ? names
            : [...taken.areas].sort((a, b) => Number(a.id !== '') - Number(b.id !== '')).slice(0, mostNames);
        return sorted.length === 0 ? null : (
          <Scroll label={w[kind]}>
            <table class="stack">
              <thead>
                <tr>
                  <th scope="col">{`${w[kind]}${colon(view.language)}${w.inTable}`}</th>
                  <th scope="col">{w.here}</th>
                </tr>
              </thead>
              <tbody>
                {sorted.map(({ text, id }, at) => (
                  <tr>
                    <th scope="row">
                      {text}
                      <input type="hidden" name={`${kind}-text-${at}`} value={text.slice(0, 300)} />
                    </th>
                    <td data-label={w.here}>
                      <input
                        name={`${kind}-${at}`}
                        value={id}
                        list={`${kind}s`}
                        maxlength={100}
                        aria-label={`${w[kind]}${colon(view.language)}${text}`}
                      />{' '}
                      <span class="quiet">{nameOf[kind](id)}</span>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
        );
      })}
    </section>
  );
}
