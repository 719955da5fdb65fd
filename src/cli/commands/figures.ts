import { measureText } from '../../figures/index.ts';
import { formatValue, inLanguage } from '../../language/index.ts';
import { breakdownKey, type Figure } from '../../model/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import type { OpenPlace } from '../open-places.ts';
import { onPlaces, refuse } from '../place-command.ts';

const help = `modelcity figures [--workspace DIR] [--indicator ID] [--area CODE] [--as-of N] [--lang en|zh] [--json]

Lists every figure of a workspace: values and changes, with unit, period, area, status and root.

  --workspace DIR   the workspace, or a folder of several; default: this folder
  --indicator ID    only this indicator
  --area CODE       only this area
  --as-of N         as of position N of the log; default: its head
  --json            one JSON document on standard output; values are strings

Exit code: 0 done, 2 bad input.
`;

export const figures: Command = (args) =>
  onPlaces(
    {
      name: 'figures',
      help,
      options: {
        indicator: { type: 'string' },
        area: { type: 'string' },
        lang: { type: 'string', default: 'en' },
      },
    },
    args,
    async ({ places }, { values }) => {
      const language = values.lang === 'zh' ? 'zh' : 'en';
      if (values.lang !== 'zh' && values.lang !== 'en')
        return refuse('figures', `--lang is en or zh, not '${values.lang}'`);
      const known = places.some(
        ({ figures: set }) =>
          typeof values.indicator !== 'string' || set.definitions.indicators.has(values.indicator),
      );
      if (!known) return refuse('figures', `there is no indicator '${values.indicator}'`);
      const wanted = (figure: Figure): boolean =>
        (values.indicator === undefined || figure.key.indicator === values.indicator) &&
        (values.area === undefined || figure.key.area === values.area);
      if (values.json === true) {
        const listed = places.flatMap((place) =>
          [...place.figures.all()].filter(wanted).map((figure) => row(place, figure)),
        );
        process.stdout.write(`${JSON.stringify({ figures: listed }, null, 1)}\n`);
        return exitCode.done;
      }
      for (const place of places)
        for (const figure of place.figures.all()) {
          if (!wanted(figure)) continue;
          const name = inLanguage(
            place.figures.definitions.indicators.get(figure.key.indicator)?.name ?? { en: '', zh: '' },
            language,
          );
          const value =
            figure.value === null
              ? `– (${figure.missing === null ? '' : inLanguage(figure.missing, language)})`
              : formatValue({ ...figure, value: figure.value }, language);
          process.stdout.write(
            `${figure.code}  ${figure.key.area}  ${measureText(figure.key.measure).padEnd(20)}  ${name}: ${value}\n`,
          );
        }
      return exitCode.done;
    },
  );

/** A figure as one flat row, for other programs. */
function row(
  { workspace }: OpenPlace,
  {
    key,
    code,
    value,
    fraction,
    missing,
    unit,
    status,
    qualifier,
    completeness,
    root,
    formula,
    asOf,
    contributions,
  }: Figure,
) {
  const { measure } = key;
  return {
    code,
    city: workspace.city.id,
    indicator: key.indicator,
    name: workspace.indicators.find(({ id }) => id === key.indicator)?.name ?? null,
    area: key.area,
    breakdown: breakdownKey(key.breakdown),
    measure: measure.kind,
    period: 'period' in measure ? measure.period : 'from' in measure ? `${measure.from}/${measure.to}` : null,
    value,
    fraction,
    missing,
    unit,
    status,
    qualifier,
    completeness,
    formula: formula.text,
    formulaVersion: formula.version,
    contributions: contributions.length,
    asOf,
    root,
  };
}
