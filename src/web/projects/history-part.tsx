import type { Project } from '../../model/index.ts';
import type { PlaceView } from '../view.ts';
import { projectOfficeWords } from './office-words.ts';

/** What was done to a project in the office, the newest first: who, when, why. */
export function ChangesPart({ project, view }: { readonly project: Project; readonly view: PlaceView }) {
  const w = projectOfficeWords[view.language];
  const { revisions = [] } = project;
  return (
    <section id="history">
      <h2>{w.history}</h2>
      {revisions.length === 0 ? <p class="quiet">{w.historyNone}</p> : null}
      <ol class="plain p-history" reversed>
        {[...revisions].reverse().map(({ at, by, kind, reason }) => (
          <li>
            <p>
              <time datetime={at}>{at.slice(0, 16).replace('T', ' ')}</time> <strong>{w[`k_${kind}`]}</strong>{' '}
              {by}
            </p>
            <p>{reason}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
