import type { Indicator } from '../../model/index.ts';
import { ForeignText } from '../parts/foreign-text.tsx';
import { named, type View } from '../view.ts';
import { fill } from '../words.ts';
import { fieldName, isSetting, spokenField } from './metadata-fields.ts';

type Field = NonNullable<Indicator['metadata']>[number];

/** Longer texts are opened by the reader. */
const longText = 600;

/** Fields that say something: neither blank nor a mark that there is nothing. */
export function toldFields({ metadata = [] }: Indicator): readonly Field[] {
  return metadata.filter(({ text }) =>
    [text.en, text.zh].some((each) => !/^\s*(?:[-–—]|null|~|untitled)?\s*$/i.test(each)),
  );
}

/** What an indicator's maker says of it, field by field, as it was handed in. */
export function Told({ indicator, view }: { readonly indicator: Indicator; readonly view: View }) {
  const fields = toldFields(indicator);
  if (fields.length === 0) return null;
  const { t } = view;
  // A source that its site does not show holds what its form began with.
  const hidden = new Set(
    fields.flatMap(({ field, text }) =>
      text.en === 'false' ? (/^source_active_(\d+)$/.exec(field)?.[1] ?? []) : [],
    ),
  );
  // A key of the site's own translations that came without them, `global_indicators.7-1-2-title`, says nothing to a reader.
  const isKey = (text: string): boolean => /^[a-z]+(?:_[a-z]+)*\.[\w.-]+$/.test(text);
  const isAside = ({ field, text }: Field): boolean =>
    isSetting(field) || isKey(named(text, view)) || hidden.has(/^source_\w+_(\d+)$/.exec(field)?.[1] ?? '');
  const settings = fields.filter(isAside);
  const texts = fields.filter((each) => !isAside(each));
  return (
    <section id="told">
      <h2>{t.told}</h2>
      {texts.length === 0 ? null : <Fields fields={texts} view={view} />}
      {settings.length === 0 ? null : (
        <details>
          <summary>{fill(t.toldSettings, { n: settings.length })}</summary>
          <Fields fields={settings} view={view} />
        </details>
      )}
    </section>
  );
}

function Fields({ fields, view }: { readonly fields: readonly Field[]; readonly view: View }) {
  return (
    <dl class="facts handed-in">
      {fields.map(({ field, name, text }) => {
        const said = named(text, view);
        return (
          <div>
            <dt title={field}>{called(field, name, view)}</dt>
            <dd>
              {said.length > longText ? (
                <details>
                  <summary>{fill(view.t.toldLong, { n: said.length })}</summary>
                  <ForeignText text={said} />
                </details>
              ) : (
                <ForeignText text={said} />
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** By its maker in the reader's language, else by its usual name, else by its maker in the other. */
function called(field: string, name: Field['name'], view: View): string {
  const own = name?.[view.language] ?? '';
  const usual = fieldName(field)?.[view.language] ?? '';
  return own || usual || (name === undefined ? '' : named(name, view)) || spokenField(field);
}
