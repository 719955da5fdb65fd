import type { Finding } from '../../model/index.ts';
import type { Indicator } from '../indicator.ts';
import { type MethodInput, numberSetting, type Option, setting } from '../method.ts';
import type { Aggregation } from './aggregate.ts';
import { presetRecipe, type Recipe } from './build.ts';
import type { Imputation } from './impute.ts';
import type { Normalisation } from './normalise.ts';
import type { Structure } from './structure.ts';
import { presetTreatment, type Treatment } from './treat.ts';
import { optimisedLevels, weightings } from './weights-of.ts';

const imputations: readonly Imputation[] = [
  'none',
  'mean',
  'median',
  'group-mean',
  'group-median',
  'row-mean',
  'expectation',
];
const overTime = ['none', 'latest', 'linear'] as const;
const treatments = ['none', 'winsorise', 'winsorise-log'] as const;
const transforms = ['log', 'log-plus', 'log-gii', 'box-cox'] as const;
const normalisations = [
  'minmax',
  'zscore',
  'scaled',
  'rank',
  'borda',
  'prank',
  'fracmax',
  'dist2max',
  'dist2ref',
  'dist2targ',
  'goalposts',
  'none',
] as const;
const aggregations = ['arithmetic', 'geometric', 'harmonic', 'generalised', 'copeland'] as const;

/** The stages of a composite as settings of the command. */
export const compositeOptions: readonly Option[] = [
  { name: 'impute', values: imputations, preset: 'none', tells: 'what stands in for a missing value' },
  {
    name: 'impute-series',
    values: overTime,
    preset: 'none',
    tells:
      'first, what stands in for a gap in a series: the value before, or the line between its neighbours',
  },
  {
    name: 'screen',
    values: 'number',
    preset: '0',
    tells: 'least share of values a unit needs to be included',
  },
  {
    name: 'screen-zeros',
    values: 'number',
    preset: '0',
    tells: 'least share of values other than zero, of those it has, a unit needs to be included',
  },
  {
    name: 'treat',
    values: treatments,
    preset: 'none',
    tells: 'treatment of outliers',
  },
  {
    name: 'winsorise-most',
    values: 'number',
    preset: '5',
    tells: 'most values that are replaced in a column',
  },
  {
    name: 'transform',
    values: transforms,
    preset: 'log',
    tells: 'what winsorise-log does to a column that winsorising does not mend',
  },
  { name: 'lambda', values: 'number', preset: '0', tells: 'exponent of box-cox' },
  {
    name: 'skewness',
    values: 'number',
    preset: '2',
    tells: 'size of skewness below which a column passes',
  },
  { name: 'kurtosis', values: 'number', preset: '3.5', tells: 'kurtosis below which a column passes' },
  {
    name: 'normalise',
    values: normalisations,
    preset: 'minmax',
    tells: 'how values are brought to one scale',
  },
  { name: 'low', values: 'number', preset: '0', tells: 'low end of minmax and scaled; mean of zscore' },
  {
    name: 'high',
    values: 'number',
    preset: '100',
    tells: 'high end of minmax and scaled; deviation of zscore',
  },
  {
    name: 'reference',
    values: 'number',
    preset: '1',
    tells: 'row (from 1) of the reference unit of dist2ref',
  },
  { name: 'cap', values: ['yes', 'no'], preset: 'no', tells: 'whether dist2ref and dist2targ stop at 1' },
  {
    name: 'weights',
    values: weightings,
    preset: 'given',
    tells:
      'as given; of indicators all alike, or their loadings on the first principal component of their group; or so that correlations with the index stand as the column importance asks, or sum to the most',
  },
  {
    name: 'optimise',
    values: optimisedLevels,
    preset: 'top',
    tells: 'whose weights are optimised: the parts of the index, the groups of indicators, or the indicators',
  },
  {
    name: 'aggregate',
    values: aggregations,
    preset: 'arithmetic',
    tells: 'the mean that joins indicators',
  },
  {
    name: 'aggregate-above',
    values: ['same', ...aggregations],
    preset: 'same',
    tells: 'the mean that joins groups',
  },
  {
    name: 'aggregate-top',
    values: ['same', ...aggregations],
    preset: 'same',
    tells: 'the mean that makes the index',
  },
  { name: 'power', values: 'number', preset: '0.5', tells: 'power of the generalised mean' },
  { name: 'least', values: 'number', preset: '0', tells: 'least share of its parts that a group needs' },
];

/** The recipe that the settings ask for. */
export function recipeOf(input: MethodInput, structure: Structure): Recipe {
  const number = (name: string) => numberSetting(input, name);
  const kind = setting(input, 'normalise');
  const first = aggregationOf(setting(input, 'aggregate'), number('power'));
  const above = setting(input, 'aggregate-above');
  const tall = Math.max(1, ...structure.aggregates.map(({ height }) => height));
  const top = setting(input, 'aggregate-top');
  const heights = Array.from({ length: tall }, (_, at) => {
    const own = at + 1 === tall && top !== 'same' ? top : at > 0 && above !== 'same' ? above : null;
    return own === null ? first : aggregationOf(own, number('power'));
  });
  const treatment = treatmentOf(setting(input, 'treat'), input);
  return {
    ...presetRecipe(structure),
    impute: imputations.find((one) => one === setting(input, 'impute')) ?? 'none',
    screen:
      number('screen') > 0 || number('screen-zeros') > 0
        ? {
            by: 'both',
            leastAvailable: number('screen'),
            leastNonZero: number('screen-zeros'),
            force: new Map(),
          }
        : null,
    treat: treatment,
    treatEach: new Map(
      structure.indicators.flatMap(({ code, treat }): [string, Treatment | null][] =>
        treatments.some((one) => one === treat) && treat !== null ? [[code, treatmentOf(treat, input)]] : [],
      ),
    ),
    normalise: normalisationOf(kind, input),
    normaliseEach: new Map(
      structure.indicators.flatMap((indicator): [string, Normalisation][] => {
        const own = ownNormalisation(indicator, kind, input);
        return own === null ? [] : [[indicator.code, own]];
      }),
    ),
    weights: structure.weights,
    aggregate: {
      byHeight: heights,
      least: number('least'),
    },
  };
}

/** How an indicator is normalised where its row says so, or its own target or goalposts do; null: as all are. */
function ownNormalisation(
  { normalise, target, best, worst }: Indicator,
  kind: string,
  input: MethodInput,
): Normalisation | null {
  const own = normalisations.find((one) => one === normalise);
  const word = own ?? kind;
  if (word === 'dist2targ' && target !== null)
    return { kind: 'dist2targ', target, cap: setting(input, 'cap') === 'yes' };
  if (word === 'goalposts' && best !== null && worst !== null)
    return posts(Math.min(best, worst), Math.max(best, worst), numberSetting(input, 'high'));
  return own === undefined ? null : normalisationOf(own, input);
}

/** A treatment by its word; null for `none`. */
function treatmentOf(word: string, input: MethodInput): Treatment | null {
  const number = (name: string) => numberSetting(input, name);
  if (word === 'none') return null;
  return {
    ...presetTreatment,
    most: number('winsorise-most'),
    fallback:
      word === 'winsorise'
        ? 'none'
        : (transforms.find((one) => one === setting(input, 'transform')) ?? 'log'),
    lambda: number('lambda'),
    limits: { skewness: number('skewness'), kurtosis: number('kurtosis') },
  };
}

/** Words in the columns `treat` and `normalise` that name nothing: the cell is passed over. */
export function unknownWords(indicators: readonly Indicator[]): Finding[] {
  const unknown = (column: 'treat' | 'normalise', words: readonly string[]) =>
    indicators.flatMap((indicator): Finding[] => {
      const word = indicator[column];
      if (word === null || words.includes(word)) return [];
      return [
        {
          rule: `codebook.unknown-${column}`,
          severity: 'error',
          where: indicator.where,
          what: `'${word.slice(0, 40)}' in column ${column} of indicator '${indicator.code}' is not known; the setting for all indicators is used`,
          why: 'the column holds the words of the setting of the same name',
          mend: `write one of ${words.join(', ')}, or leave the cell empty`,
        },
      ];
    });
  return [...unknown('treat', treatments), ...unknown('normalise', normalisations)];
}

function posts(low: number, high: number, scale: number): Normalisation {
  return { kind: 'goalposts', low, high, scale, truncate: true };
}

/** The normalisation for columns that name no target or goalposts of their own. */
function normalisationOf(kind: string, input: MethodInput): Normalisation {
  const [low, high] = [numberSetting(input, 'low'), numberSetting(input, 'high')];
  const cap = setting(input, 'cap') === 'yes';
  switch (kind) {
    case 'minmax':
    case 'scaled':
      return { kind, low, high };
    case 'zscore':
      return { kind, mean: low, deviation: high };
    case 'rank':
    case 'borda':
    case 'prank':
    case 'fracmax':
    case 'dist2max':
    case 'none':
      return { kind };
    case 'dist2ref':
      return { kind, reference: numberSetting(input, 'reference') - 1, cap };
    case 'dist2targ':
      return { kind, target: Number.NaN, cap };
    default:
      return posts(0, 0, high);
  }
}

function aggregationOf(kind: string, power: number): Aggregation {
  switch (kind) {
    case 'generalised':
      return { kind, power };
    case 'geometric':
    case 'harmonic':
    case 'copeland':
      return { kind };
    default:
      return { kind: 'arithmetic' };
  }
}
