import type { Localized } from '../../model/index.ts';
import type { Table } from '../run/run.ts';

/** One band of the material diagram of a year, in million tonnes. */
export interface MaterialFlow {
  readonly from: string;
  readonly to: string;
  readonly value: number;
}

/** Nodes of the diagram. Recycling enters at its own node and leaves at another: the diagram has no loops. */
export const materialNodes: Readonly<Record<string, Localized>> = {
  virgin: { en: 'Virgin material', zh: '原生材料' },
  secondary: { en: 'Secondary material', zh: '再生材料' },
  demand: { en: 'Goods and buildings made', zh: '产品与建筑' },
  stock: { en: 'Added to stocks in use', zh: '净增在用存量' },
  dissipated: { en: 'Dissipated', zh: '耗散' },
  release: { en: 'Taken from stocks', zh: '存量释放' },
  waste: { en: 'End of life and demolition', zh: '报废与拆除' },
  household: { en: 'Household waste', zh: '生活垃圾' },
  industrial: { en: 'Industrial solid waste', zh: '一般工业固废' },
  recycling: { en: 'Recycling', zh: '再生利用' },
  biological: { en: 'Biological treatment', zh: '生物处理' },
  incineration: { en: 'Incineration', zh: '焚烧' },
  disposal: { en: 'Storage and disposal', zh: '贮存与处置' },
};

/** Which variables make up which band; of arrays all elements are added. */
const bands: readonly {
  readonly from: string;
  readonly to: string;
  readonly of: readonly string[];
  readonly less?: readonly string[];
}[] = [
  { from: 'virgin', to: 'demand', of: ['Virgin input', 'Mineral virgin'] },
  { from: 'secondary', to: 'demand', of: ['Secondary use', 'Mineral recycled'] },
  { from: 'demand', to: 'dissipated', of: ['Dissipation'] },
  { from: 'demand', to: 'waste', of: ['End of life', 'Construction and demolition waste'] },
  {
    from: 'demand',
    to: 'stock',
    of: ['Into use', 'Mineral demand'],
    less: ['End of life', 'Construction and demolition waste'],
  },
  { from: 'waste', to: 'recycling', of: ['Sorted for recycling', 'Mineral recycled'] },
  { from: 'waste', to: 'disposal', of: ['Residual', 'Mineral disposed'] },
  { from: 'household', to: 'recycling', of: ['Recyclables'] },
  { from: 'household', to: 'biological', of: ['Biologically treated'] },
  { from: 'household', to: 'incineration', of: ['Burnt'] },
  { from: 'household', to: 'disposal', of: ['Household waste landfilled'] },
  { from: 'industrial', to: 'recycling', of: ['Industrial waste used'] },
  { from: 'industrial', to: 'disposal', of: ['Industrial waste stored'] },
];

/**
 * The material flows of one year of a run of the city model. Where more leaves the stocks than enters them, the
 * difference comes from the node `release`, so that no band is negative and every node balances.
 */
export function materialFlows(table: Table, year: number): MaterialFlow[] {
  const row = table.times.findIndex((time) => Math.abs(time - year) < 1e-6);
  const total = (names: readonly string[]) =>
    table.columns.reduce(
      (sum, column, index) =>
        names.includes(column.replace(/\[.*\]$/, ''))
          ? sum + (table.values[row * table.width + index] ?? 0)
          : sum,
      0,
    );
  const flows = bands.map(({ from, to, of, less }) => ({ from, to, value: total(of) - total(less ?? []) }));
  const growth = flows.find((flow) => flow.to === 'stock');
  const left = growth === undefined || growth.value >= 0 ? 0 : -growth.value;
  return flows
    .flatMap((flow) => {
      if (left === 0 || flow.from !== 'demand') return [flow];
      if (flow.to === 'stock') return [{ from: 'release', to: 'waste', value: left }];
      return flow.to === 'waste' ? [{ ...flow, value: flow.value - left }] : [flow];
    })
    .filter((flow) => flow.value > 0);
}
