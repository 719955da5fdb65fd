import { figureCode, figureKeyText, measureText, readFigureCode, recompute } from '../../figures/index.ts';
import { formatValue, inLanguage, periodText } from '../../language/index.ts';
import {
  type Contribution,
  type Figure,
  findingText,
  type Language,
  type SourceDocument,
} from '../../model/index.ts';
import type { Store } from '../../store/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import type { OpenPlace } from '../open-places.ts';
import { onPlaces, refuse } from '../place-command.ts';

const help = `modelcity trace CODE [--workspace DIR] [--as-of N] [--lang en|zh] [--json]

Follows a figure down to its sources: formula, contributions, records, and for each the document and the place in it,
the file and row it came in with, and its earlier versions. Recomputes the figure on the way.

  CODE   the figure's code as printed in the margin, such as 7K2QM4XRB3ZD or F·7K2QM4XRB3ZD;
         the seven letters of earlier releases do too where only one figure begins so

Exit code: 0 done, 1 the figure does not recompute, 2 bad input.
`;

export const trace: Command = (args) =>
  onPlaces(
    { name: 'trace', help, words: 'own', options: { lang: { type: 'string', default: 'en' } } },
    args,
    async ({ places, store }, { values, words }) => {
      const [typed] = words;
      if (typed === undefined || words.length > 1)
        return refuse('trace', 'name one figure by its code; `modelcity figures` lists them');
      const code = readFigureCode(typed);
      if (code === null)
        return refuse(
          'trace',
          `'${typed}' is not a figure's code: twelve letters and digits such as 7K2QM4XRB3ZD`,
        );
      const language: Language = values.lang === 'zh' ? 'zh' : 'en';
      for (const place of places) {
        const figure = place.figures.byCode(code);
        const several = figure === null ? place.figures.withCode(code) : [];
        if (several.length > 1)
          return refuse(
            'trace',
            `${code} is the code of an earlier release and names several figures: ${several.map((key) => `${figureCode(key)} (${figureKeyText(key)})`).join('; ')}`,
          );
        if (figure === null) continue;
        const traced = await traceOf(place, figure, store, places);
        const findings = recompute(figure, 'figure');
        if (values.json === true)
          process.stdout.write(`${JSON.stringify({ figure, records: traced, findings }, null, 1)}\n`);
        else process.stdout.write(traceText(place, figure, traced, findings.map(findingText), language));
        return findings.length === 0 ? exitCode.done : exitCode.findings;
      }
      return refuse('trace', `no figure has the code ${code}; \`modelcity figures\` lists them`);
    },
  );

interface TracedRecord {
  readonly contribution: Contribution;
  readonly document: SourceDocument | null;
  /** Versions of the record in the log, oldest first: where each came in. */
  readonly versions: readonly {
    readonly position: number;
    readonly file: string | null;
    readonly row: number | null;
    readonly withdrawn: boolean;
  }[];
}

async function traceOf(
  place: OpenPlace,
  figure: Figure,
  store: Store,
  places: readonly OpenPlace[],
): Promise<readonly TracedRecord[]> {
  return Promise.all(
    figure.contributions.map(async (contribution) => {
      // Records of a related workspace carry its id in front: `songjiang:observation/…`.
      const [, related, record = contribution.record] =
        /^(?:([a-z0-9._-]+):)?(.+)$/.exec(contribution.record) ?? [];
      const home =
        related === undefined ? place : places.find(({ workspace }) => workspace.city.id === related);
      const city = related ?? place.workspace.city.id;
      const versions = await store.history(city, record);
      return {
        contribution,
        document: home?.workspace.city.sources.find(({ id }) => id === contribution.source) ?? null,
        versions: versions
          .filter(({ position }) => position <= (home?.asOf ?? 0))
          .map(({ position, file, row, withdrawn }) => ({ position, file, row, withdrawn })),
      };
    }),
  );
}

function traceText(
  place: OpenPlace,
  figure: Figure,
  records: readonly TracedRecord[],
  findings: readonly string[],
  language: Language,
): string {
  const indicator = place.figures.definitions.indicators.get(figure.key.indicator);
  const area = place.figures.definitions.areas.get(figure.key.area);
  const name = indicator === undefined ? figure.key.indicator : inLanguage(indicator.name, language);
  const value =
    figure.value === null
      ? `no value: ${figure.missing === null ? '' : inLanguage(figure.missing, language)}`
      : formatValue({ ...figure, value: figure.value }, language);
  const lines = [
    `F·${figure.code}  ${name}, ${area === undefined ? figure.key.area : inLanguage(area.name, language)}, ${measureText(figure.key.measure)}`,
    `  ${value}`,
    `  exact       ${figure.value ?? '-'}${figure.fraction === null ? '' : ` (exactly ${figure.fraction})`} ${figure.unit}`,
    `  formula     ${figure.formula.text}  (version ${figure.formula.version})`,
    ...(figure.formula.expression === '' ? [] : [`  computed    ${figure.formula.expression}`]),
    `  as of       position ${figure.asOf} of the log of ${place.workspace.city.id}`,
    `  root        ${figure.root}`,
    ...records.flatMap(({ contribution, document, versions }, index) => [
      `  #${index}  ${contribution.quantity ?? 'missing'} ${contribution.unit}  (${contribution.role}${contribution.status === 'A' ? '' : `, ${contribution.status}`})`,
      `      record    ${contribution.record}`,
      `      document  ${document === null ? contribution.source : `${inLanguage(document.title, language)}, ${inLanguage(document.producer, language)}, ${document.date === 'undated' ? periodText('undated', language) : document.date}`}, ${contribution.locator}`,
      ...versions.map(
        ({ position, file, row, withdrawn }) =>
          `      ${withdrawn ? 'withdrawn' : 'came in'}   position ${position}${file === null ? '' : `, ${file}${row === null ? '' : `:${row}`}`}`,
      ),
    ]),
    findings.length === 0 ? '  recomputed: the same value and root' : findings.join('\n'),
  ];
  return `${lines.join('\n')}\n`;
}
