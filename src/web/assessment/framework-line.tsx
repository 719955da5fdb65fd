import { colon } from '../../language/index.ts';
import type { Framework } from '../../model/index.ts';
import { address } from '../address.ts';
import { named, type PlaceView } from '../view.ts';
import { judgeFramework } from './judged.ts';
import { VerdictMark } from './sign.tsx';
import { measuredText } from './standard.tsx';
import { assessmentWords } from './words.ts';

/** A framework by name; a standard with its verdict in the last period and what was measured for it. */
export function FrameworkLine({
  framework,
  view,
}: {
  readonly framework: Framework;
  readonly view: PlaceView;
}) {
  const { here, language } = view;
  const made =
    framework.criteria.length === 0 ? null : judgeFramework(here, framework, here.place.workspace.city.area);
  const last = made?.periods.at(-1);
  return (
    <>
      <a href={address.framework(language, here.city, framework.id)}>{named(framework.name, view)}</a>
      {made === null || last === undefined ? null : (
        <div class="small">
          {last.period}
          {colon(language)}
          <VerdictMark verdict={last.verdict} view={view} />
          {language === 'zh' ? '；' : '; '}
          {measuredText(made, last.period, assessmentWords[language])}
        </div>
      )}
    </>
  );
}
