import { labelled } from '../../language/index.ts';
import type { Review } from '../../model/index.ts';
import { OfficeFrame } from '../office/frame.tsx';
import { Field } from '../sign-in/parts.tsx';
import { named, type PlaceView } from '../view.ts';
import { holds, type Person } from '../who.ts';
import { fill } from '../words.ts';
import { when } from './frame.tsx';
import { writingPath } from './paths.ts';
import type { Remark } from './remarks.ts';
import { writingWords } from './words.ts';

/** What experts say to a review, round by round, with the reply and what came of it. */
export function OpinionsPage({
  view,
  person,
  review,
  opinions,
  told,
}: {
  readonly view: PlaceView;
  readonly person: Person;
  readonly review: Review;
  readonly opinions: readonly Remark[];
  readonly told: string | null;
}) {
  const w = writingWords[view.language];
  const base = writingPath.opinions(view.language, view.here.city, review.head.id);
  const { area } = view.here.place.workspace.city;
  const mayEnter = holds(person, ['editor', 'assessor'], area);
  const mayReply = holds(person, ['editor'], area);
  const rounds = [...new Set(opinions.map(({ head }) => head.round))];
  return (
    <OfficeFrame
      view={view}
      person={person}
      title={`${labelled(w.opinions, view.language)}${named(review.head.title, view)}`}
      told={told}
      alarm={told !== null}
    >
      <p>
        <a href={writingPath.board(view.language, view.here.city, review.head.id)}>{w.toBoard}</a>
      </p>
      <p>{w.opinionsText}</p>
      {opinions.length === 0 ? <p class="quiet">{w.noOpinions}</p> : null}
      {rounds.map((round) => (
        <section>
          <h2>
            {labelled(w.round, view.language)}
            {round}
          </h2>
          {opinions
            .filter(({ head }) => head.round === round)
            .map((opinion) => (
              <article class="w-remark">
                <h3>
                  {opinion.head.expert}{' '}
                  <span class="quiet">
                    {opinion.head.chapter === '' ? w.wholeReview : opinion.head.chapter} ·{' '}
                    {opinion.kind === 'settled' ? w.resolved : w.open}
                  </span>
                </h3>
                <p class="w-said">{opinion.head.text}</p>
                {opinion.said.length === 0 ? <p class="quiet">{w.noReply}</p> : null}
                {opinion.said.map(({ name, at, text, effect }) => (
                  <p class="w-said w-reply">
                    <strong>{name}</strong> <span class="quiet">{when(at)}</span> {text}
                    {effect === '' ? null : (
                      <>
                        <br />
                        {labelled(w.effect, view.language)}
                        {effect}
                      </>
                    )}
                  </p>
                ))}
                {mayReply && opinion.kind !== 'settled' ? (
                  <form method="post" action={base}>
                    <input type="hidden" name="remark" value={opinion.id} />
                    <Field name={`reply-${opinion.id}`} label={w.reply}>
                      <textarea id={`reply-${opinion.id}`} name="text" rows={2} maxlength={20000} />
                    </Field>
                    <Field name={`effect-${opinion.id}`} label={w.effect}>
                      <input id={`effect-${opinion.id}`} name="effect" maxlength={2000} />
                    </Field>
                    <p class="acts">
                      <button type="submit" name="do" value="reply">
                        {w.reply}
                      </button>
                      <button type="submit" name="do" value="settle">
                        {w.resolve}
                      </button>
                    </p>
                  </form>
                ) : null}
              </article>
            ))}
        </section>
      ))}
      {mayEnter ? (
        <section>
          <h2>{w.enterOpinion}</h2>
          <form method="post" action={base}>
            <div class="two">
              <Field name="round" label={w.round} value={rounds.at(-1) ?? '1'} />
              <Field name="expert" label={w.expert} />
              <Field name="chapter" label={w.onChapter}>
                <select id="chapter" name="chapter">
                  <option value="">{w.wholeReview}</option>
                  {review.head.chapters.map((id) => (
                    <option value={id}>{id}</option>
                  ))}
                </select>
              </Field>
            </div>
            <Field name="opinion" label={w.opinion}>
              <textarea id="opinion" name="text" rows={4} required maxlength={20000} />
            </Field>
            <p class="acts">
              <button class="main" type="submit" name="do" value="say">
                {w.enterOpinion}
              </button>
            </p>
          </form>
        </section>
      ) : null}
      <p class="quiet">
        {fill(w.remarksOpen, { n: opinions.filter(({ kind }) => kind !== 'settled').length })}
      </p>
    </OfficeFrame>
  );
}
