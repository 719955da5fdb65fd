import type { MeantIndicator } from '../../intake/index.ts';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import type { Asked } from './asked.ts';
import { type Defined, type Draft, firstDraft } from './define.ts';
import { defineWords } from './define-words.ts';

/** Names that can be defined on one page; those after them come with the next reading. */
const mostOffered = 40;

/** Each name that is no indicator of the place, with the fields of a definition; `at` counts as the list of names does. */
export function Defining({
  names,
  asked,
  defined,
  view,
}: {
  readonly names: readonly (MeantIndicator & { readonly at: number })[];
  readonly asked: Asked;
  readonly defined: Defined;
  readonly view: PlaceView;
}) {
  const w = defineWords[view.language];
  if (names.length === 0) return null;
  const offered = names.slice(0, mostOffered);
  return (
    <section id="define">
      <h2>{w.define}</h2>
      <p class="quiet">{w.defineText}</p>
      {offered.map((name) => {
        const draft = asked.drafts.find(({ text }) => text === name.text);
        return (
          <One
            at={name.at}
            draft={draft ?? firstDraft(name)}
            isTicked={draft !== undefined}
            id={defined.idOf.get(name.text) ?? draft?.id ?? ''}
            faults={(defined.faults.get(name.text) ?? []).map((fault) => named(fault, view))}
            view={view}
          />
        );
      })}
      {names.length > offered.length ? (
        <p class="quiet small">{fill(w.defineMore, { n: names.length - offered.length })}</p>
      ) : null}
    </section>
  );
}

function One({
  at,
  draft,
  isTicked,
  id,
  faults,
  view,
}: {
  readonly at: number;
  readonly draft: Draft;
  readonly isTicked: boolean;
  readonly id: string;
  readonly faults: readonly string[];
  readonly view: PlaceView;
}) {
  const w = defineWords[view.language];
  const text = (field: 'id' | 'en' | 'zh' | 'unit' | 'decimals', label: string, value: string) => (
    <p class="field">
      <label for={`define-${field}-${at}`}>{label}</label>
      <input id={`define-${field}-${at}`} name={`define-${field}-${at}`} value={value} maxlength={200} />
    </p>
  );
  const choice = (
    field: 'direction' | 'goal' | 'rollup',
    label: string,
    options: readonly (readonly [string, string])[],
  ) => (
    <p class="field">
      <label for={`define-${field}-${at}`}>{label}</label>
      <select id={`define-${field}-${at}`} name={`define-${field}-${at}`}>
        {options.map(([value, shown]) => (
          <option value={value} selected={draft[field] === value}>
            {shown}
          </option>
        ))}
      </select>
    </p>
  );
  return (
    <fieldset class="definition">
      <legend>{draft.text}</legend>
      <label class="tick">
        <input type="checkbox" name={`define-${at}`} value="yes" checked={isTicked} />{' '}
        {fill(w.defineOne, { name: draft.text })}
      </label>
      {faults.map((fault) => (
        <p class="told alarm">{fault}</p>
      ))}
      {text('en', w.nameEn, draft.en)}
      {text('zh', w.nameZh, draft.zh)}
      {text('unit', w.unit, draft.unit)}
      {text('decimals', w.decimals, draft.decimals)}
      {choice('direction', w.direction, [
        ['none', w.none],
        ['up', w.up],
        ['down', w.down],
      ])}
      {choice('goal', w.goal, [
        ['', w.noGoal],
        ...Array.from({ length: 17 }, (_, index): [string, string] => {
          const goal = String(index + 1);
          return [goal, goal];
        }),
      ])}
      {choice('rollup', w.rollup, [
        ['none', w.rollupNone],
        ['sum', w.rollupSum],
      ])}
      {text('id', w.id, id)}
    </fieldset>
  );
}
