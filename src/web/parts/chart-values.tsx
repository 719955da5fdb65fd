import { type ChartState, chartTable } from '../../chart/index.ts';
import type { View } from '../view.ts';
import { Scroll } from './scroll.tsx';

const words = { en: 'Values as a table', zh: '数值表' } as const;

/** Every value of a chart, for who does not see the drawing or wants the digits. */
export function ChartValues({ state, view }: { readonly state: ChartState; readonly view: View }) {
  const { head, rows } = chartTable(state);
  return (
    <details class="small">
      <summary>{words[view.language]}</summary>
      <Scroll label={state.title}>
        <table>
          <thead>
            <tr>
              {head.map((cell, at) => (
                <th scope="col" class={at === 0 ? undefined : 'num'}>
                  {cell}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first, ...cells]) => (
              <tr>
                <th scope="row">{first}</th>
                {cells.map((cell) => (
                  <td class="num">{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </details>
  );
}
