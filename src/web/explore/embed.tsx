import type { ChartState } from '../../chart/index.ts';
import { labelled } from '../../language/index.ts';
import { ChartDrawing } from '../parts/chart.tsx';
import { named, type PlaceView } from '../view.ts';
import type { ChartKind, Choice } from './choice.ts';
import { Unfilled } from './form.tsx';

/** One chart alone, for another site's frame: finding, drawing, source, and the way to the whole page. */
export function EmbedPage({
  state,
  choice,
  unfilled,
  view,
  href,
}: {
  readonly state: ChartState;
  readonly choice: Choice;
  readonly unfilled: ChartKind | null;
  readonly view: PlaceView;
  readonly href: string;
}) {
  const { language, t, here, assets } = view;
  return (
    <html lang={language === 'zh' ? 'zh-Hans' : 'en'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{state.title}</title>
        <meta name="color-scheme" content="light dark" />
        <link rel="stylesheet" href={assets.style} />
      </head>
      <body class="embed">
        <main>
          <figure>
            <figcaption>
              <h1>{state.title}</h1>
              <span class="quiet">{state.subtitle}</span>
            </figcaption>
            <Unfilled kind={unfilled} choice={choice} language={language} />
            <ChartDrawing state={state} />
            <p class="under">
              <span>
                {labelled(t.source, view.language)}
                {state.source}
              </span>
              <a href={href} target="_blank" rel="noopener">
                {named(here.place.workspace.city.name, view)} · {t.product}
                {state.code === undefined ? '' : ` · F·${state.code}`}
              </a>
            </p>
          </figure>
        </main>
      </body>
    </html>
  );
}
