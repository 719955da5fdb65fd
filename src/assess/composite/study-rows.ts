import type { MethodInput } from '../method.ts';
import { alternativesOf, type Unread } from './alternatives-of.ts';
import { compareIndices } from './compare.ts';
import type { PeriodComposite } from './composites-of.ts';
import { correlation, cronbachAlpha } from './correlate.ts';
import { standpoints, summarise } from './describe.ts';
import type { Matrix } from './matrix.ts';
import { copelandScores, outrankMatrix } from './outrank.ts';
import { principalComponents } from './principal.ts';
import { randomStream } from './random.ts';
import { removeEach } from './remove-one.ts';
import { sobolDesign, sobolIndices } from './sobol.ts';
import { effectiveWeights, type Structure } from './structure.ts';
import {
  indexUnder,
  noisyWeights,
  prepare,
  rankChange,
  rankReplicates,
  summariseRanks,
} from './uncertainty.ts';

/** One number of a study. What a number is not about stays empty. */
export interface StudyRow {
  readonly period: string;
  readonly unit: string;
  readonly code: string;
  /** The second of two units or codes, for what stands between two. */
  readonly other: string;
  readonly measure: string;
  readonly value: number;
}

/** What is studied beside the composite itself. */
export interface StudyWords {
  /** Stages left open, for uncertainty and sensitivity. */
  readonly vary: readonly string[];
  /** The settings of the other composite, for comparison; already in its input. */
  readonly against: PeriodComposite | null;
  readonly runs: number;
  readonly seed: number;
}

/** Everything a study may look at. */
export interface Studied extends StudyWords {
  readonly input: MethodInput;
  readonly structure: Structure;
  readonly composite: PeriodComposite;
}

type Row = Partial<Omit<StudyRow, 'value'>> & { readonly measure: string; readonly value: number | null };
type Study = (studied: Studied) => readonly Row[] | Unread;

/** Sets of noisy weights among which a sensitivity draws, as COINr does. */
const weightSets = 1000;
const bootstraps = 200;

/** Every cell of a matrix. */
function cells(matrix: Matrix, measure: string): Row[] {
  return matrix.codes.flatMap((code, at) =>
    matrix.units.map((unit, row) => ({ unit, code, measure, value: matrix.columns[at]?.[row] ?? null })),
  );
}

/** All columns of the composite: normalised indicators, then aggregates. */
function columnsOf({ made }: PeriodComposite): readonly Float64Array[] {
  return [...made.normalised.columns, ...made.aggregated.columns];
}

function indexOf({ made }: PeriodComposite): { units: readonly string[]; index: Float64Array } {
  const { units } = made.screened;
  return { units, index: made.aggregated.columns.at(-1) ?? new Float64Array(units.length) };
}

const heightsOf = ({ indicators, aggregates }: Structure): number[] => [
  ...indicators.map(() => 0),
  ...aggregates.map(({ height }) => height),
];

/** The studies of a composite, by name. */
export const studies: Readonly<Record<string, Study>> = {
  stages: ({ composite: { made }, structure }) => [
    ...cells(made.raw, 'raw'),
    ...cells(made.denominated, 'denominated'),
    ...cells(made.imputed, 'imputed'),
    ...cells(made.screened, 'screened'),
    ...cells(made.treated, 'treated'),
    ...cells(made.normalised, 'normalised'),
    ...cells(
      {
        units: made.screened.units,
        codes: structure.aggregates.map(({ code }) => code),
        columns: made.aggregated.columns,
      },
      'aggregated',
    ),
  ],

  summary: ({ composite: { made } }) =>
    summarise(made.raw).flatMap(({ code, ...numbers }) =>
      Object.entries(numbers).map(([measure, value]) => ({ code, measure, value })),
    ),

  screening: ({ composite: { made } }) =>
    made.screening.flatMap(({ unit, available, nonZero, included }) => [
      { unit, measure: 'available', value: available },
      { unit, measure: 'nonZero', value: nonZero },
      { unit, measure: 'included', value: included ? 1 : 0 },
    ]),

  weights: ({ structure, composite: { recipe } }) => {
    const effective = effectiveWeights({ ...structure, weights: recipe.weights });
    return structure.codes.flatMap((code, at) => [
      { code, measure: 'weight', value: recipe.weights[at] ?? null },
      { code, measure: 'effective', value: effective[at] ?? null },
    ]);
  },

  correlations: ({ structure, composite }) => {
    const columns = columnsOf(composite);
    const heights = heightsOf(structure);
    const rows: Row[] = [];
    structure.codes.forEach((code, a) => {
      structure.codes.forEach((other, b) => {
        const [x, y] = [columns[a], columns[b]];
        const last = b === structure.codes.length - 1;
        if (b <= a || x === undefined || y === undefined || (heights[a] !== heights[b] && !last)) return;
        for (const measure of ['pearson', 'spearman', 'kendall'] as const)
          rows.push({ code, other, measure, value: correlation(x, y, measure) });
      });
    });
    return rows;
  },

  alpha: ({ structure, composite }) => {
    const columns = columnsOf(composite);
    return structure.aggregates.map(({ code, parts }) => ({
      code,
      measure: 'alpha',
      value: cronbachAlpha(parts.flatMap((part) => columns[part] ?? [])),
    }));
  },

  components: ({ structure, composite }) => {
    const columns = columnsOf(composite);
    return structure.aggregates.flatMap(({ code, parts }) =>
      (principalComponents(parts.flatMap((part) => columns[part] ?? [])) ?? []).flatMap((component, at) => {
        const other = `PC${at + 1}`;
        return [
          { code, other, measure: 'deviation', value: component.deviation },
          { code, other, measure: 'share', value: component.share },
          ...parts.map((part, place) => ({
            code: structure.codes[part] ?? '',
            other,
            measure: 'loading',
            value: component.loadings[place] ?? null,
          })),
        ];
      }),
    );
  },

  outranking: ({ structure, composite: { made, recipe } }) => {
    const { units } = made.normalised;
    const matrix = outrankMatrix(
      made.normalised.columns,
      recipe.weights.subarray(0, structure.indicators.length),
    );
    const scores = copelandScores(matrix);
    return units.flatMap((unit, a) => [
      ...units.map((other, b) => ({ unit, other, measure: 'outranks', value: matrix[a]?.[b] ?? null })),
      { unit, measure: 'copeland', value: scores[a] ?? null },
    ]);
  },

  strengths: ({ structure, composite: { made } }) =>
    made.raw.units.flatMap((unit) => {
      const { strengths, weaknesses } = standpoints(made.raw, structure, unit, 5, true);
      return [
        ...strengths.map(({ code, rank }) => ({ unit, code, measure: 'strength', value: rank })),
        ...weaknesses.map(({ code, rank }) => ({ unit, code, measure: 'weakness', value: rank })),
      ];
    }),

  removal: ({ structure, composite: { from, recipe } }) =>
    removeEach(from, recipe, structure.codes.slice(0, -1)).flatMap(({ code, mean, largest, agreement }) => [
      { code, measure: 'mean', value: mean },
      { code, measure: 'largest', value: largest },
      { code, measure: 'agreement', value: agreement },
    ]),

  comparison: ({ composite, against }) => {
    if (against === null)
      return { unread: 'a comparison needs the settings of the other composite: --against NAME=VALUE' };
    const { shifts, mean, largest, agreement } = compareIndices(indexOf(composite), indexOf(against));
    return [
      ...shifts.flatMap(({ unit, before, after, gained }) => [
        { unit, measure: 'before', value: before },
        { unit, measure: 'after', value: after },
        { unit, measure: 'gained', value: gained },
      ]),
      { measure: 'mean', value: mean },
      { measure: 'largest', value: largest },
      { measure: 'agreement', value: agreement },
    ];
  },

  uncertainty: ({ input, structure, composite: { from, recipe }, vary, runs, seed }) => {
    const alternatives = alternativesOf(vary, input, structure, recipe);
    if ('unread' in alternatives) return alternatives;
    const prepared = prepare(from, recipe, alternatives);
    return summariseRanks(prepared, rankReplicates(prepared, 0, runs, seed)).flatMap(({ unit, ...spread }) =>
      // A unit without a rank in any replicate has no spread.
      spread.median === 0 ? [] : Object.entries(spread).map(([measure, value]) => ({ unit, measure, value })),
    );
  },

  sensitivity: ({ input, structure, composite: { from, recipe }, vary, runs, seed }) => {
    const alternatives = alternativesOf(vary, input, structure, recipe);
    if ('unread' in alternatives) return alternatives;
    const prepared = prepare(from, recipe, alternatives);
    const sets = Array.from({ length: weightSets }, (_, at) =>
      noisyWeights(prepared, randomStream(seed, at + 1)),
    );
    const inputs = [
      ...(alternatives.treatments.length > 1 ? ['treat'] : []),
      ...(alternatives.normalisations.length > 1 ? ['normalise'] : []),
      ...(alternatives.aggregations.length > 1 ? ['aggregate'] : []),
      ...(alternatives.weightNoise.some((noise) => noise > 0) ? ['weights'] : []),
    ];
    if (inputs.length < 2)
      return { unread: 'a sensitivity needs two stages left open: --vary, twice at least' };
    const points = sobolDesign(runs, inputs.length, randomStream(seed, 0));
    const outcomes = Float64Array.from({ length: points.length / inputs.length }, (_, row) => {
      const at = (name: string): number => {
        const place = inputs.indexOf(name);
        return place < 0 ? 0 : (points[row * inputs.length + place] ?? 0);
      };
      return rankChange(
        prepared,
        indexUnder(prepared, {
          treatment: at('treat'),
          normalisation: at('normalise'),
          aggregation: at('aggregate'),
          weights: inputs.includes('weights')
            ? (sets[Math.floor(at('weights') * weightSets)] ?? recipe.weights)
            : recipe.weights,
        }),
      );
    });
    const found = sobolIndices(outcomes, inputs, bootstraps, seed);
    if (found === null) return [];
    return found.indices.flatMap(({ input: code, first, total, firstInterval, totalInterval }) => [
      { code, measure: 'first', value: first },
      { code, measure: 'first-low', value: firstInterval[0] },
      { code, measure: 'first-high', value: firstInterval[1] },
      { code, measure: 'total', value: total },
      { code, measure: 'total-low', value: totalInterval[0] },
      { code, measure: 'total-high', value: totalInterval[1] },
    ]);
  },
};
