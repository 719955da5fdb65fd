import {
  add,
  compare,
  decimal,
  divide,
  type Finding,
  multiply,
  parseDecimal,
  type Rational,
  subtract,
  toDecimal,
} from '../model/index.ts';
import type { Indicator } from './indicator.ts';
import type { Observation } from './observation.ts';

/** An input of a sub-index: its code, its name in the standard, its unit. */
interface Input {
  readonly code: string;
  readonly zh: string;
}

/** Classes of land cover with their weight in habitat quality: weight of the group times weight within it. */
const habitats: readonly (Input & { readonly group: string; readonly share: string })[] = [
  { code: 'forest_wooded', zh: '有林地', group: '0.35', share: '0.6' },
  { code: 'forest_shrub', zh: '灌木林地', group: '0.35', share: '0.25' },
  { code: 'forest_other', zh: '疏林地和其他林地', group: '0.35', share: '0.15' },
  { code: 'grass_high', zh: '高覆盖度草地', group: '0.21', share: '0.6' },
  { code: 'grass_medium', zh: '中覆盖度草地', group: '0.21', share: '0.3' },
  { code: 'grass_low', zh: '低覆盖度草地', group: '0.21', share: '0.1' },
  { code: 'water_river', zh: '河流', group: '0.28', share: '0.1' },
  { code: 'water_lake', zh: '湖泊（库）', group: '0.28', share: '0.3' },
  { code: 'water_wetland', zh: '滩涂湿地', group: '0.28', share: '0.5' },
  { code: 'water_ice', zh: '永久性冰川雪地', group: '0.28', share: '0.1' },
  { code: 'farm_paddy', zh: '水田', group: '0.11', share: '0.6' },
  { code: 'farm_dry', zh: '旱地', group: '0.11', share: '0.4' },
  { code: 'built_urban', zh: '城镇建设用地', group: '0.04', share: '0.3' },
  { code: 'built_rural', zh: '农村居民点', group: '0.04', share: '0.4' },
  { code: 'built_other', zh: '其他建设用地', group: '0.04', share: '0.3' },
  { code: 'unused_sand', zh: '沙地', group: '0.01', share: '0.2' },
  { code: 'unused_saline', zh: '盐碱地', group: '0.01', share: '0.3' },
  { code: 'unused_bare', zh: '裸土地', group: '0.01', share: '0.2' },
  { code: 'unused_rock', zh: '裸岩石砾', group: '0.01', share: '0.2' },
  { code: 'unused_other', zh: '其他未利用地', group: '0.01', share: '0.1' },
];

/** Areas under stress with their weight. */
const stresses: readonly (Input & { readonly weight: string })[] = [
  { code: 'erosion_severe', zh: '重度侵蚀面积', weight: '0.4' },
  { code: 'erosion_medium', zh: '中度侵蚀面积', weight: '0.2' },
  { code: 'stress_built', zh: '建设用地面积', weight: '0.2' },
  { code: 'stress_other', zh: '其他土地胁迫', weight: '0.2' },
];

const area: Input = { code: 'area', zh: '区域面积' };
const ndvi: Input = { code: 'ndvi', zh: '植被指数均值' };
const river: Input = { code: 'river_length', zh: '河流长度' };
const lake: Input = { code: 'lake_area', zh: '水域面积' };
const water: Input = { code: 'water_resources', zh: '水资源量' };
const usualWater: Input = { code: 'water_resources_mean', zh: '多年平均水资源量' };

/** Normalisation coefficients of the standard: they bring the highest county of the country to 100. */
const coefficient = {
  habitat: '511.2642131067',
  vegetation: '0.0121165124',
  river: '84.3704083981',
  lake: '591.7908642005',
  water: '86.3869548281',
  land: '236.0435677948',
} as const;

/** What a sub-index is made of, where a codebook gives land cover instead of the sub-index itself. */
interface Derivation {
  readonly inputs: readonly Input[];
  /** Inputs without which nothing can be said; of the others, those that the codebook names. */
  readonly needed: readonly Input[];
  readonly make: (read: (input: Input) => Rational | null) => Rational | null;
}

const sumOf = (terms: readonly Rational[]) => terms.reduce((sum, one) => add(sum, one), decimal('0'));
const times = (value: Rational, ...factors: readonly string[]) =>
  factors.reduce((product, factor) => multiply(product, decimal(factor)), value);
const over = (value: Rational | null, by: Rational | null): Rational | null =>
  value === null || by === null || by.n <= 0n ? null : divide(value, by);

/** Water in a year: more than 1.4 times the usual counts less the more it is (flood), more than 2.4 times not at all. */
function usable(now: Rational, usual: Rational): Rational {
  if (usual.n <= 0n) return now;
  const ratio = divide(now, usual);
  if (compare(ratio, decimal('1.4')) <= 0) return now;
  if (compare(ratio, decimal('2.4')) > 0) return decimal('0');
  return multiply(usual, subtract(decimal('2.4'), ratio));
}

/** Sums weighted values; null as soon as one that is named has none: missing is not zero. */
function weighted(values: readonly (readonly [Rational | null, readonly string[]])[]): Rational | null {
  const known = values.flatMap(([value, factors]) => (value === null ? [] : [times(value, ...factors)]));
  return known.length < values.length ? null : sumOf(known);
}

/** Sub-indices that can be made from areas, by their code. */
const derivations: Readonly<Record<string, (named: (input: Input) => boolean) => Derivation>> = {
  bio_abundance: (named) => {
    const classes = habitats.filter(named);
    return {
      inputs: [area, ...classes],
      needed: [area, ...(classes.length > 0 ? [] : habitats.slice(0, 1))],
      make: (read) => {
        const sum = weighted(classes.map((one) => [read(one), [one.group, one.share, coefficient.habitat]]));
        return over(sum, read(area));
      },
    };
  },
  vegetation: () => ({
    inputs: [ndvi],
    needed: [ndvi],
    make: (read) => weighted([[read(ndvi), [coefficient.vegetation]]]),
  }),
  water_network: (named) => ({
    inputs: [area, river, lake, water, ...(named(usualWater) ? [usualWater] : [])],
    needed: [area, river, lake, water],
    make: (read) => {
      const [now, usual] = [read(water), named(usualWater) ? read(usualWater) : null];
      const counted = now === null || usual === null ? now : usable(now, usual);
      const sum = weighted([
        [read(river), [coefficient.river]],
        [read(lake), [coefficient.lake]],
        [counted, [coefficient.water]],
      ]);
      const density = over(sum, read(area));
      return density === null ? null : divide(density, decimal('3'));
    },
  }),
  land_stress: (named) => {
    const kinds = stresses.filter(named);
    return {
      inputs: [area, ...kinds],
      needed: [area, ...(kinds.length > 0 ? [] : stresses.slice(0, 1))],
      make: (read) =>
        over(weighted(kinds.map((one) => [read(one), [one.weight, coefficient.land]])), read(area)),
    };
  },
};

/** A sub-index made from land cover: the codes of its inputs, and its value for what is observed in a unit and period. */
export interface Derived {
  readonly codes: readonly string[];
  readonly value: (observed: (code: string) => Observation | undefined) => Rational | null;
}

/** The derivation of a sub-index from what a codebook names; null where it names too little. */
export function derivedFrom(subIndex: string, indicators: readonly Indicator[]): Derived | null {
  const codeOf = ({ code, zh }: Input): string | null =>
    indicators.find((one) => one.code.toLowerCase() === code || one.code === zh)?.code ?? null;
  const derivation = derivations[subIndex]?.((input) => codeOf(input) !== null);
  if (derivation === undefined || derivation.needed.some((input) => codeOf(input) === null)) return null;
  return {
    codes: derivation.inputs.flatMap((input) => codeOf(input) ?? []),
    value: (observed) =>
      derivation.make((input) => {
        const code = codeOf(input);
        const found = code === null ? undefined : observed(code);
        return found === undefined ? null : parseDecimal(found.text);
      }),
  };
}

/** Classes of land cover that add up to more than the area of the unit: told, since every share would be too large. */
export function landBeyondArea(
  indicators: readonly Indicator[],
  observed: (code: string) => Observation | undefined,
): Finding[] {
  const of = ({ code, zh }: Input): Observation | undefined => {
    const own = indicators.find((one) => one.code.toLowerCase() === code || one.code === zh);
    return own === undefined ? undefined : observed(own.code);
  };
  const whole = of(area);
  const size = whole === undefined ? null : parseDecimal(whole.text);
  if (whole === undefined || size === null) return [];
  const covered = sumOf(habitats.flatMap((one) => parseDecimal(of(one)?.text ?? '') ?? []));
  if (compare(covered, multiply(size, decimal('1.01'))) <= 0) return [];
  return [
    {
      rule: 'ei.land-beyond-area',
      severity: 'error',
      where: whole.where,
      what: `the classes of land cover of '${whole.unit}' add up to ${toDecimal(covered)}, more than its area ${toDecimal(size)}`,
      why: 'each class counts by its share in the area',
      mend: 'give areas in square kilometres, each piece of land in one class',
    },
  ];
}

/** The inputs from which sub-indices can be made, for messages. */
export const landInputs: readonly string[] = [area, ...habitats, ndvi, river, lake, water, ...stresses].map(
  ({ code }) => code,
);
