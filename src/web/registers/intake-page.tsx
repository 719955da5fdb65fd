import { labelled } from '../../language/index.ts';
import { placeText, type Step } from '../../model/index.ts';
import { type Register, type TableFault, tableColumns } from '../../registers/index.ts';
import { Page } from '../layout.tsx';
import { Scroll } from '../parts/scroll.tsx';
import { named, type PlaceView } from '../view.ts';
import { fill } from '../words.ts';
import type { Standing } from './hall.ts';
import { RegisterTabs, stepLabel } from './list-page.tsx';
import { registerFrame } from './table-pages.tsx';
import { registerWords } from './words.ts';

/** Where a table is handed in, and what became of it: each fault with its row and column. */
export function IntakePage({
  register,
  standing,
  starts,
  outcome,
  view,
}: {
  readonly register: Register;
  readonly standing: Standing;
  readonly starts: readonly Step[];
  readonly outcome: {
    readonly stored: number;
    readonly findings: readonly TableFault[];
    readonly only: boolean;
  } | null;
  readonly view: PlaceView;
}) {
  const words = registerWords[view.language];
  return (
    <Page {...registerFrame({ register, view }, words.intake)}>
      <h1>{words.intake}</h1>
      <RegisterTabs register={register} standing={standing} view={view} />
      <p>{words.intakeLead}</p>
      {outcome === null ? null : outcome.findings.length === 0 ? (
        <p class="ticket" role="status">
          {fill(outcome.only ? words.checked : words.stored, { n: outcome.stored })}
        </p>
      ) : (
        <Scroll label={words.fault}>
          <table role="alert">
            <thead>
              <tr>
                <th scope="col">
                  {words.row} · {words.column}
                </th>
                <th scope="col">{words.fault}</th>
                <th scope="col">{words.mend}</th>
              </tr>
            </thead>
            <tbody>
              {outcome.findings.map((finding) => (
                <tr>
                  <th scope="row">{placeText(finding.where)}</th>
                  <td>{view.language === 'zh' ? finding.zh.what : finding.what}</td>
                  <td>{view.language === 'zh' ? finding.zh.mend : finding.mend}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <form class="entry" method="post" enctype="multipart/form-data">
        <div class="field">
          <label for="kind">{words.type}</label>
          <select id="kind" name="kind">
            {starts.map(({ kind, name }) => (
              <option value={kind}>{stepLabel(register, kind, named(name, view), view)}</option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="file">{words.file}</label>
          <input id="file" name="file" type="file" accept=".csv,.xlsx" required={true} />
        </div>
        <p>
          <button class="strong" type="submit">
            {words.store}
          </button>{' '}
          <button type="submit" name="only" value="yes">
            {words.check}
          </button>
        </p>
      </form>
      {starts.map(({ kind, name }) => (
        <p class="small long">
          {words.template} · {labelled(stepLabel(register, kind, named(name, view), view), view.language)}
          <code>{tableColumns(register, kind).join(',')}</code>
        </p>
      ))}
    </Page>
  );
}
