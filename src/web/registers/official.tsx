import { periodText } from '../../language/index.ts';
import { type IndicatorEntry, periodOf } from '../catalogue.ts';
import { FigureLink } from '../parts/figure.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';

const words = {
  en: { title: 'Beside the official statistic', counted: 'Counted from records', period: 'Period' },
  zh: { title: '与官方统计比较', counted: '由登记计算', period: '时期' },
} as const;

/** What a register's records give beside what is reported officially under the same name, where both have a value. */
export function Official({ entry, view }: { readonly entry: IndicatorEntry; readonly view: PlaceView }) {
  const { here, language } = view;
  const { official = {} } = here.place.workspace.derived ?? {};
  const mine = entry.indicator.id;
  const pairs = Object.entries(official).flatMap(([counted, names]) =>
    names.flatMap((reported) =>
      counted === mine || reported === mine ? [[counted, reported] as const] : [],
    ),
  );
  const shown = pairs.flatMap(([counted, reported]) => {
    const [ours, theirs] = [here.entries.get(counted), here.entries.get(reported)];
    const [left, right] = [ours, theirs].map((each) => (each === undefined ? null : here.main(each)));
    if (ours === undefined || theirs === undefined || left == null || right == null) return [];
    const rows = left.values.flatMap((key) => {
      const other = right.values.find((each) => periodOf(each) === periodOf(key));
      return other === undefined ? [] : [[key, other] as const];
    });
    return rows.length === 0 ? [] : [{ theirs, rows }];
  });
  if (shown.length === 0) return null;
  return (
    <section>
      <h2>{words[language].title}</h2>
      {shown.map(({ theirs, rows }) => (
        <Scroll label={words[language].title}>
          <table class="narrow">
            <thead>
              <tr>
                <th scope="col">{words[language].period}</th>
                <th scope="col" class="num">
                  {words[language].counted}
                </th>
                <th scope="col" class="num">
                  {named(theirs.indicator.name, view)}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map(([own, other]) => (
                <tr>
                  <th scope="row">{periodText(periodOf(own), language)}</th>
                  <td class="num">
                    <FigureLink figure={here.figure(own)} view={view} />
                  </td>
                  <td class="num">
                    <FigureLink figure={here.figure(other)} view={view} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      ))}
    </section>
  );
}
