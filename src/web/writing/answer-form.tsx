import type { Language } from '../../model/index.ts';
import { writingWords } from './words.ts';

const kinds = ['explained', 'accepted', 'corrected'] as const;

/** How a finding is answered, on its own page and in the margin. */
export function AnswerForm({
  city,
  id,
  language,
  back,
}: {
  readonly city: string;
  readonly id: string;
  readonly language: Language;
  /** Where to go on after the answer: an address of this site. */
  readonly back: string;
}) {
  const w = writingWords[language];
  return (
    <form
      method="post"
      action={`/${language}/${encodeURIComponent(city)}/office/findings/${id}/`}
      class="w-answer"
    >
      <input type="hidden" name="back" value={back} />
      <p class="field">
        <label for={`answer-${id}`}>{w.answerAs}</label>
        <select id={`answer-${id}`} name="answer">
          {kinds.map((kind) => (
            <option value={kind}>{w[`a_${kind}`]}</option>
          ))}
        </select>
      </p>
      <p class="field">
        <label for={`note-${id}`}>{w.answerNote}</label>
        <textarea id={`note-${id}`} name="note" rows={2} maxlength={2000} />
      </p>
      <p class="acts">
        <button type="submit">{w.answer}</button>
      </p>
    </form>
  );
}
