import { betweenSentences, colon } from '../../language/index.ts';
import type { PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import type { Moment } from './history.ts';
import { type Content, differences } from './lines.ts';
import { planWords } from './words.ts';

/** What two versions say differently, told by word to those who do not see the strokes. */
export function Differing({
  was,
  is,
  view,
}: {
  readonly was: Content | null;
  readonly is: Content | null;
  readonly view: PlaceView;
}) {
  const w = planWords[view.language];
  return (
    <dl class="facts p-changed">
      {differences(was, is, view).map(({ field, gone, come }) => (
        <div>
          <dt>{w[`f_${field}`]}</dt>
          <dd>
            {gone.map((line) => (
              <p>
                <span class="vh">{w.wasSaid} </span>
                <del>{line}</del>
              </p>
            ))}
            {come.map((line) => (
              <p>
                <span class="vh">
                  {w.isSaid}
                  {betweenSentences(view.language)}
                </span>
                <ins>{line}</ins>
              </p>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The life of a commitment, the newest first: an old target never disappears. */
export function HistoryPart({
  moments,
  view,
}: {
  readonly moments: readonly Moment[];
  readonly view: PlaceView;
}) {
  const w = planWords[view.language];
  const told = moments.map((moment, at) => ({ moment, before: moments[at - 1]?.content ?? null }));
  return (
    <section id="history">
      <h2>{w.history}</h2>
      {moments.length < 2 ? <p class="quiet">{w.historyNone}</p> : null}
      <ol class="plain p-history" reversed>
        {told.reverse().map(({ moment, before }) => {
          const { kind, at, by, reason, position, content } = moment;
          return (
            <li>
              <p class="p-when">
                {at === null ? null : <time datetime={at}>{at.slice(0, 16).replace('T', ' ')}</time>}{' '}
                <strong>{w[`k_${kind}`]}</strong> {by === null ? '' : <span>{fill(w.by, { who: by })}</span>}{' '}
                {position === null ? '' : <small class="quiet">{fill(w.position, { n: position })}</small>}
              </p>
              {reason === '' ? null : (
                <p>
                  {w.reason}
                  {colon(view.language)}
                  {reason}
                </p>
              )}
              {content === null ? null : <Differing was={before} is={content} view={view} />}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
