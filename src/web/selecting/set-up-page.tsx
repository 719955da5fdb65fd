import type { GivenGrant } from '../../store/index.ts';
import { OfficeFrame } from '../office/frame.tsx';
import { Scroll } from '../parts/scroll.tsx';
import type { PlaceView } from '../view.ts';
import type { Person } from '../who.ts';
import { selectingPath } from './paths.ts';
import { criterionColumns, memberColumns, type SetUpFields } from './set-up-form.ts';
import { selectingWords } from './words.ts';

export interface SetUpState {
  readonly view: PlaceView;
  readonly person: Person;
  readonly fields: SetUpFields;
  readonly isNew: boolean;
  readonly expected: number;
  readonly reason: string;
  /** Names of those who may be members, by person. */
  readonly people: ReadonlyMap<GivenGrant['person'], string>;
  readonly faults: readonly string[];
  readonly told: string | null;
}

/** What a selection is judged by, who judges, and what: the form of who leads it. */
export function SetUpPage({
  view,
  person,
  fields,
  isNew,
  expected,
  reason,
  people,
  faults,
  told,
}: SetUpState) {
  const { language, here } = view;
  const w = selectingWords[language];
  const text = (name: string, label: string, value: string, more: object = {}) => (
    <p class="field">
      <label for={name}>{label}</label>
      <input id={name} name={name} value={value} maxlength={400} {...more} />
    </p>
  );
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={isNew ? w.openTitle : w.setUp}
      told={told}
      alarm={told !== null}
    >
      <p class="p-links">
        {isNew ? (
          <a href={selectingPath.list(language, here.city)}>{w.title}</a>
        ) : (
          <a href={selectingPath.one(language, here.city, fields.id)}>
            {language === 'zh' ? fields.nameZh || fields.nameEn : fields.nameEn || fields.nameZh}
          </a>
        )}
      </p>
      {faults.length === 0 ? null : (
        <div class="told alarm" role="alert">
          {w.refused}
          <ul>
            {faults.map((fault) => (
              <li>{fault}</li>
            ))}
          </ul>
        </div>
      )}
      <form method="post" class="p-form">
        <input type="hidden" name="expected" value={String(expected)} />
        <div class="two">
          {isNew ? (
            <p class="field">
              <label for="id">{w.id}</label>
              <input
                id="id"
                name="id"
                value={fields.id}
                required
                maxlength={60}
                pattern="[a-z0-9]+([._\-][a-z0-9]+)*"
                aria-describedby="id-hint"
              />
              <small id="id-hint" class="quiet">
                {w.idHint}
              </small>
            </p>
          ) : null}
          {text('places', w.places, fields.places, { inputmode: 'numeric', required: true })}
          {text('name_en', w.nameEn, fields.nameEn)}
          {text('name_zh', w.nameZh, fields.nameZh)}
          {text('leastMembers', w.leastMembers, fields.leastMembers, {
            inputmode: 'numeric',
            required: true,
          })}
          {text('shortlist', w.shortlist, fields.shortlist, { inputmode: 'numeric', required: true })}
        </div>
        <fieldset>
          <legend>{w.criteria}</legend>
          <Scroll label={w.criteria}>
            <table class="dense grid">
              <thead>
                <tr>
                  {criterionColumns.map((column) => (
                    <th scope="col">{w[`c_${column}`]}</th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {[...fields.criteria, null, null].map((row, at) => (
                  <tr>
                    {criterionColumns.map((column) => (
                      <td data-label={w[`c_${column}`]}>
                        <input
                          name={`criteria.${column}`}
                          value={row?.[column] ?? ''}
                          maxlength={400}
                          aria-label={`${w.criteria} ${at + 1}, ${w[`c_${column}`]}`}
                        />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          <small class="quiet">{w.criteriaHint}</small>
        </fieldset>
        <fieldset>
          <legend>{w.panel}</legend>
          <table class="dense grid">
            <thead>
              <tr>
                {memberColumns.map((column) => (
                  <th scope="col">{w[`c_${column}`]}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {[...fields.members, null, null, null].map((row, at) => (
                <tr>
                  <td data-label={w.c_id}>
                    <input
                      name="members.id"
                      value={row?.id ?? ''}
                      maxlength={40}
                      aria-label={`${w.panel} ${at + 1}, ${w.c_id}`}
                    />
                  </td>
                  <td data-label={w.c_person}>
                    <select name="members.person" aria-label={`${w.panel} ${at + 1}, ${w.c_person}`}>
                      <option value="" />
                      {[...people].map(([id, name]) => (
                        <option value={id} selected={id === row?.person}>
                          {name}
                        </option>
                      ))}
                    </select>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <small class="quiet">{w.panelHint}</small>
        </fieldset>
        <p class="field">
          <label for="candidates">{w.candidates}</label>
          <textarea
            id="candidates"
            name="candidates"
            rows={14}
            maxlength={150_000}
            aria-describedby="candidates-hint"
          >
            {fields.candidates}
          </textarea>
          <small id="candidates-hint" class="quiet">
            {w.candidatesHint}
          </small>
        </p>
        {isNew ? null : (
          <p class="field">
            <label for="reason">{w.reason}</label>
            <textarea id="reason" name="reason" rows={2} maxlength={4000} required>
              {reason}
            </textarea>
          </p>
        )}
        <p class="acts">
          <button type="submit" class="main" name="do" value="save">
            {isNew ? w.open : w.save}
          </button>
        </p>
      </form>
    </OfficeFrame>
  );
}
