// A composite of the size the benchmark names: 200 units, 60 indicators in 8 groups and 2 halves, with skew, gaps and ties.
import {
  prepare,
  presetRecipe,
  presetTreatment,
  randomStream,
  readCodebook,
  structureOf,
} from '../dist/assess/index.js';

const units = 200;
const indicators = 60;

export function composite() {
  const rows = [
    ...Array.from({ length: indicators }, (_, at) => [
      `i${at}`,
      `g${at % 8}`,
      at % 5 === 0 ? '-1' : '1',
      '1',
      at % 3 === 0 ? 'size' : '',
    ]),
    ...Array.from({ length: 8 }, (_, at) => [`g${at}`, `h${at % 2}`, '1', '1', '']),
    ['h0', 'index', '1', '1', ''],
    ['h1', 'index', '1', '1', ''],
  ];
  const { indicators: read } = readCodebook({
    file: 'bench',
    columns: ['indicator', 'parent', 'direction', 'weight', 'denominator'],
    rows: rows.map((cells, at) => ({ row: at + 2, cells })),
  });
  const { structure } = structureOf(read);
  const random = randomStream(2026, 0);
  const column = (at) =>
    Float64Array.from({ length: units }, () =>
      at % 9 === 4 && random() < 0.05
        ? Number.NaN
        : at % 4 === 0
          ? Math.exp(3 * random() + 3 * random())
          : 10 + 90 * random(),
    );
  const codes = [...structure.indicators.map(({ code }) => code), 'size'];
  const columns = codes.map((code, at) => (code === 'size' ? column(1) : column(at)));
  const from = {
    structure,
    values: { units: Array.from({ length: units }, (_, at) => `u${at}`), codes, columns },
    groups: Array.from({ length: units }, (_, at) => `r${at % 6}`),
  };
  const recipe = {
    ...presetRecipe(structure),
    impute: 'group-mean',
    screen: { by: 'missing', leastAvailable: 0.8, leastNonZero: 0, force: new Map() },
  };
  const alternatives = {
    treatments: [1, 2, 3, 4, 5].map((most) => ({ ...presetTreatment, most })),
    normalisations: [
      { kind: 'minmax', low: 1, high: 100 },
      { kind: 'zscore', mean: 10, deviation: 2 },
      { kind: 'rank' },
    ],
    aggregations: [recipe.aggregate],
    weightNoise: [0.25],
  };
  return { from, recipe, prepared: () => prepare(from, recipe, alternatives) };
}
