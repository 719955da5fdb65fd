import type { PlaceView } from '../view.ts';
import { type InsertChoice, type InsertWish, insertKinds } from './figures.ts';
import { writingPath } from './paths.ts';
import type { TextName } from './read.ts';
import { writingWords } from './words.ts';

/** Finding a figure by its indicator, with the tag to insert and what it prints. */
export function InsertForm({
  view,
  name,
  section,
  wish,
  choices,
}: {
  readonly view: PlaceView;
  readonly name: TextName;
  readonly section: string;
  readonly wish: InsertWish | null;
  readonly choices: readonly InsertChoice[];
}) {
  const w = writingWords[view.language];
  return (
    <section class="w-insert" id="insert">
      <h2>{w.insert}</h2>
      <form
        method="get"
        action={`${writingPath.text(view.language, view.here.city, name)}#insert`}
        class="filter"
      >
        <input type="hidden" name="section" value={section} />
        <p class="field">
          <label for="q">{w.search}</label>
          <input id="q" name="q" value={wish?.query ?? ''} maxlength={200} />
        </p>
        <p class="field">
          <label for="kind">{w.kind}</label>
          <select id="kind" name="kind">
            {insertKinds.map((kind) => (
              <option value={kind} selected={wish?.kind === kind}>
                {w[`k_${kind}`]}
              </option>
            ))}
          </select>
        </p>
        <p class="field">
          <label for="period">{w.period}</label>
          <input id="period" name="period" value={wish?.period ?? ''} maxlength={40} />
        </p>
        <p class="field">
          <label for="of">{w.of}</label>
          <input id="of" name="of" value={wish?.of ?? ''} maxlength={200} />
        </p>
        <button type="submit">{w.find}</button>
      </form>
      <Choices choices={choices} asked={wish !== null} view={view} />
    </section>
  );
}

export function Choices({
  choices,
  asked,
  view,
}: {
  readonly choices: readonly InsertChoice[];
  readonly asked: boolean;
  readonly view: Pick<PlaceView, 'language'>;
}) {
  const w = writingWords[view.language];
  return (
    <div class="w-choices" aria-live="polite">
      {asked && choices.length === 0 ? <p>{w.nothingFound}</p> : null}
      <ul class="w-lines">
        {choices.map(({ name, tag, prints }) => (
          <li>
            <strong>{name}</strong>: {w.prints} <q>{prints}</q>
            <br />
            <code class="w-tag">{tag}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
