import { named, type PlaceView } from '../view.ts';
import { examinationWords } from './words.ts';

export const deskPath = (
  { language, here }: Pick<PlaceView, 'language' | 'here'>,
  ...parts: readonly string[]
): string =>
  `/${language}/${encodeURIComponent(here.city)}/office/examinations/${parts.map((each) => `${encodeURIComponent(each)}/`).join('')}`;

/** The examinations of a place, on the first page of its office; nothing where there are none. */
export function ExaminationList({ view }: { readonly view: PlaceView }) {
  const all = view.here.place.workspace.examinations ?? [];
  if (all.length === 0) return null;
  return (
    <section>
      <h2>{examinationWords[view.language].title}</h2>
      <ul>
        {all.map(({ id, name }) => (
          <li>
            <a href={deskPath(view, id)}>{named(name, view)}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
