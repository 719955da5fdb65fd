import { labelled, unitHead } from '../../language/index.ts';
import type { Area } from '../../model/index.ts';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import type { Person } from '../who.ts';
import { OfficeFrame } from './frame.tsx';
import { officeWords } from './words.ts';

export interface NewRoundState {
  readonly view: PlaceView;
  readonly person: Person;
  readonly areas: readonly Area[];
  /** Fields as typed, by name. */
  readonly typed: (name: string) => string;
  readonly all: (name: string) => readonly string[];
  readonly faults: readonly string[];
}

/** Opening a round: theme, goals, a filter of targets, the indicators with their reasons, the calendar. */
export function NewRoundPage({ view, person, areas, typed, all, faults }: NewRoundState) {
  const w = officeWords[view.language];
  const action = `/${view.language}/${view.here.city}/office/rounds/new/`;
  const goals = new Set(all('goal'));
  const asked = new Set(all('ask'));
  const shown = [...view.here.entries.values()].filter(
    ({ indicator, targets }) =>
      indicator.formula === undefined &&
      indicator.nature !== 'rank' &&
      (goals.size === 0 || indicator.goals.some((goal) => goals.has(goal))) &&
      (typed('targets') !== 'on' || targets.length > 0) &&
      (typed('key') !== 'on' || indicator.key),
  );
  const text = (name: string, label: string, more: object = {}) => (
    <p class="field">
      <label for={name}>{label}</label>
      <input id={name} name={name} value={typed(name)} maxlength={400} {...more} />
    </p>
  );
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={w.openRound}
      told={faults.length === 0 ? null : faults.join(' ')}
      alarm
    >
      <p class="lead">{w.openRoundText}</p>
      <form method="get" action={action} class="filter">
        <fieldset>
          <legend>{w.goals}</legend>
          {view.here.goals().map((goal) => (
            <label class="tick">
              <input type="checkbox" name="goal" value={goal} checked={goals.has(goal)} /> {goal}
            </label>
          ))}
        </fieldset>
        <label class="tick">
          <input type="checkbox" name="targets" value="on" checked={typed('targets') === 'on'} />{' '}
          {w.withTarget}
        </label>
        <label class="tick">
          <input type="checkbox" name="key" value="on" checked={typed('key') === 'on'} /> {w.keyOnly}
        </label>
        <button type="submit">{w.choose}</button>
      </form>
      <form method="post" action={action}>
        {[...goals].map((goal) => (
          <input type="hidden" name="goal" value={goal} />
        ))}
        <div class="two">
          {text('id', w.id, { required: true, pattern: '[a-z0-9]+([._\\-][a-z0-9]+)*' })}
          {text('period', w.period, { required: true })}
          {text('name-en', w.nameEn)}
          {text('name-zh', w.nameZh)}
          {text('theme-en', w.themeEn)}
          {text('theme-zh', w.themeZh)}
        </div>
        <fieldset>
          <legend>{w.calendar}</legend>
          <div class="two">
            {text('opens', w.opens, { type: 'date', required: true })}
            {text('due', w.due, { type: 'date', required: true })}
            {text('check', w.check, { type: 'date', required: true })}
            {text('approve', w.approve, { type: 'date', required: true })}
            {text('release', w.release, { type: 'datetime-local' })}
          </div>
        </fieldset>
        <fieldset>
          <legend>{w.areas}</legend>
          {areas.map((area) => (
            <label class="tick">
              <input type="checkbox" name="area" value={area.id} checked={all('area').includes(area.id)} />{' '}
              {named(area.name, view)}
            </label>
          ))}
        </fieldset>
        <p class="field">
          <label for="departments">{w.departments}</label>
          <textarea id="departments" name="departments" rows={5} required>
            {typed('departments')}
          </textarea>
        </p>
        <Scroll label={w.indicator}>
          <table class="dense grid">
            <thead>
              <tr>
                <th scope="col">{w.ask}</th>
                <th scope="col">{w.indicator}</th>
                <th scope="col">{w.unit}</th>
                <th scope="col">{w.department}</th>
                <th scope="col">{w.reason}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ indicator }) => (
                <tr>
                  <td data-label={w.ask}>
                    <input
                      type="checkbox"
                      name="ask"
                      value={indicator.id}
                      checked={asked.has(indicator.id)}
                      aria-label={`${labelled(w.ask, view.language)}${named(indicator.name, view)}`}
                    />
                  </td>
                  <th scope="row">{named(indicator.name, view)}</th>
                  <td data-label={w.unit}>{unitHead(indicator.unit, view.language)}</td>
                  <td data-label={w.department}>
                    <input
                      name={`department|${indicator.id}`}
                      value={typed(`department|${indicator.id}`)}
                      aria-label={`${labelled(w.department, view.language)}${named(indicator.name, view)}`}
                      maxlength={60}
                    />
                  </td>
                  <td data-label={w.reason}>
                    <input
                      name={`reason|${indicator.id}`}
                      value={typed(`reason|${indicator.id}`)}
                      aria-label={`${labelled(w.reason, view.language)}${named(indicator.name, view)}`}
                      maxlength={1000}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
        <button class="main" type="submit">
          {w.openRound}
        </button>
      </form>
    </OfficeFrame>
  );
}
