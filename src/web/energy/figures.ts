import { type CoalBasis, meterUse } from '../../figures/index.ts';
import {
  type Contribution,
  type ContributionRole,
  type DerivedCell,
  decimal,
  type Indicator,
  isConvertible,
  type Localized,
  multiply,
  parseUnit,
  toDecimal,
  type Workspace,
} from '../../model/index.ts';
import { type Derived, nothingDerived } from '../../registers/index.ts';
import type { ReadingMonth, Store } from '../../store/index.ts';
import { beatOf, seriesOf } from '../sensorthings/beat.ts';
import type { Entity } from '../sensorthings/model.ts';
import { Sensors } from '../sensorthings/sensors.ts';
import { DueReadings } from './due-readings.ts';
import { dueOf, fuelOf, type Span, spanOf, streamsOf, thingOf } from './metering.ts';

/** The source document that stands for the meters in traces. */
const meters = 'register.energy-meters';
const bases: readonly CoalBasis[] = ['calorific', 'equivalent'];

interface Kept {
  readonly asked: string;
  readonly derived: Derived;
}
const kept = new WeakMap<Store, Map<string, Kept>>();

/**
 * What the meters of key energy users (重点用能单位) give to the figures of a place, as of a position of its log: tonnes of
 * standard coal on either basis, a contribution for each meter and month; readings received of those due; units with a
 * value of all units. By year, for each area with meters and every area above it. Worked out anew only when a day block
 * or a sensor changed.
 */
export async function meteredDerived(workspace: Workspace, store: Store, asOf: number): Promise<Derived> {
  const { id, areas } = workspace.city;
  const position = await store.sensedPosition(id, { asOf });
  if (position === 0) return nothingDerived;
  const asked = JSON.stringify([position, areas, coalIndicators(workspace)]);
  const ofStore = kept.get(store) ?? new Map<string, Kept>();
  kept.set(store, ofStore);
  const known = ofStore.get(id);
  if (known?.asked === asked) return known.derived;
  const derived = await work(workspace, new Sensors(store, id, asOf));
  ofStore.set(id, { asked, derived });
  return derived;
}

async function work(workspace: Workspace, sensors: Sensors): Promise<Derived> {
  const { store, city, asOf } = sensors;
  const streams = (await streamsOf(sensors, undefined)).meters;
  const series = streams.map(({ id }) => seriesOf(id));
  const months = series.length === 0 ? [] : await store.readingMonths(city, { ...asOf, series });
  if (months.length === 0) return nothingDerived;
  await sensors.load('Thing', streams.map(thingOf));
  const bySeries = new Map<string, ReadingMonth[]>();
  for (const each of months) bySeries.set(each.series, [...(bySeries.get(each.series) ?? []), each]);
  const cells = new Cells(workspace);
  for (const year of [...new Set(months.map(({ month }) => month.slice(0, 4)))].sort()) {
    const span = spanOf(year);
    if (span === null) continue;
    const bounds = { ...asOf, series, from: span.from, to: span.to };
    const through = await store.readingDay(city, { ...bounds, end: 'last' });
    const valued = new Set<number>();
    const due = new DueReadings(workspace);
    for (const meter of streams) {
      const read = (bySeries.get(seriesOf(meter.id)) ?? []).filter(({ month }) => month.startsWith(year));
      const unit = String(sensors.known('Thing', thingOf(meter))?.values.name ?? thingOf(meter));
      const received = read.reduce((sum, { present }) => sum + present, 0);
      due.add(beatOf(meter)?.area ?? meter.area, unit, received, dueOf(meter, span, through));
      if (putMeter(cells, meter, read, { span, through }, nameOf(sensors, meter))) valued.add(thingOf(meter));
    }
    cells.rest(year, due);
    putUnits(cells, streams, valued, sensors, year);
  }
  return {
    indicators,
    sources: [
      {
        id: meters,
        title: titleOf(workspace.city.synthetic),
        producer: workspace.city.synthetic ?? {
          en: 'Meters of key energy users, as they report',
          zh: '重点用能单位计量器具上传数据',
        },
        date: 'undated',
        licence: 'public figures',
        locators: { en: 'unit, meter and month', zh: '单位、计量器具与月份' },
      },
    ],
    cells: cells.all(),
    official: new Map([
      ...bases.map((basis) => [`energy.metered_${basis}`, coalIndicators(workspace)] as const),
      ['energy.metered_per_gdp', ['energy_per_gdp']] as const,
    ]),
  };
}

/** Whether the meter has a value on the calorific basis. */
function putMeter(
  cells: Cells,
  meter: Entity,
  read: readonly ReadingMonth[],
  { span, through }: { readonly span: Span; readonly through: string | null },
  name: string,
): boolean {
  const beat = beatOf(meter);
  if (beat === null) return false;
  const place = { area: beat.area, period: span.period };
  const record = `reading/${beat.area}/${seriesOf(meter.id)}/`;
  let hasValue = false;
  for (const { month, total, present } of read)
    for (const basis of bases) {
      const due = { received: present, expected: present, billed: null };
      const of = { meter: meter.id, fuel: fuelOf(meter), unit: beat.unit, total, ...due };
      const { tce, factor } = meterUse(of, basis, span.year);
      if (tce === null || factor === null) continue;
      if (basis === 'calorific') hasValue = true;
      cells.put(`energy.metered_${basis}`, 'num', {
        ...place,
        record: record + month,
        quantity: toDecimal(multiply(tce, decimal('1000'))),
        unit: 'kgce',
        locator: `${name}, ${month}: ${total} ${beat.unit} × ${factor.kgce} kgce/${factor.unit}`,
      });
    }
  const received = read.reduce((sum, { present }) => sum + present, 0);
  const expected = dueOf(meter, span, through);
  const locator = `${name}, ${span.period}`;
  const count = { ...place, record: record + span.period, unit: '{reading}', locator };
  if (expected > 0) {
    cells.put('energy.readings_received', 'num', { ...count, quantity: String(received) });
    cells.put('energy.readings_received', 'den', { ...count, quantity: String(expected) });
  }
  return hasValue;
}

function putUnits(
  cells: Cells,
  streams: readonly Entity[],
  valued: ReadonlySet<number>,
  sensors: Sensors,
  period: string,
): void {
  for (const [thing, meter] of new Map(
    [...streams].reverse().map((each) => [thingOf(each), each] as const),
  )) {
    const unit = {
      area: beatOf(meter)?.area ?? meter.area,
      period,
      record: `sensor/Thing/${thing}`,
      quantity: '1',
      unit: '{unit}',
      locator: String(sensors.known('Thing', thing)?.values.name ?? thing),
    };
    if (valued.has(thing)) cells.put('energy.units_covered', 'num', unit);
    cells.put('energy.units_covered', 'den', unit);
  }
}

type Entry = Pick<Contribution, 'record' | 'quantity' | 'unit' | 'locator'> & {
  readonly area: string;
  readonly period: string;
};

/** Cells as they fill, each entry in its own area and in those above. */
class Cells {
  readonly #parents: ReadonlyMap<string, string | undefined>;
  readonly #cells = new Map<
    string,
    Pick<DerivedCell, 'indicator' | 'area' | 'period'> & { num: Contribution[]; den: Contribution[] }
  >();

  readonly #due = new Map<string, DueReadings>();

  constructor({ city }: Workspace) {
    this.#parents = new Map(city.areas.map(({ id, parent }) => [id, parent]));
  }

  put(indicator: string, side: 'num' | 'den', { area, period, ...entry }: Entry): void {
    const isShare = shares.has(indicator);
    const role: ContributionRole = side === 'den' ? 'den' : isShare ? 'num' : 'term';
    const above = new Set<string>();
    for (let at: string | undefined = area; at !== undefined && !above.has(at); at = this.#parents.get(at)) {
      above.add(at);
      if (!this.#parents.has(at)) continue;
      const key = `${indicator} ${at} ${period}`;
      const cell = this.#cells.get(key) ?? { indicator, area: at, period, num: [], den: [] };
      this.#cells.set(key, cell);
      cell[side].push({ ...entry, role, status: 'A', source: meters });
    }
  }

  /** Which readings the sums of a year rest on. */
  rest(year: string, due: DueReadings): void {
    this.#due.set(year, due);
  }

  all(): readonly DerivedCell[] {
    return [...this.#cells]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, { num, den, ...cell }]) => ({
        ...cell,
        numerator: num,
        denominator: shares.has(cell.indicator) ? den : null,
        completeness: shares.has(cell.indicator) ? null : (this.#due.get(cell.period)?.of(cell.area) ?? null),
      }));
  }
}

const shares = new Set(['energy.readings_received', 'energy.units_covered']);

const indicatorOf = (
  id: string,
  unit: string,
  name: Localized,
  definition: Localized,
  nature: Indicator['nature'],
): Indicator => ({
  id,
  version: 1,
  name,
  definition,
  unit,
  direction: unit === '%' ? 'up' : 'none',
  nature,
  goals: ['7'],
  targets: [],
  key: false,
  rollup: 'none',
  topic: 'registers',
  decimals: 1,
});

const indicators: readonly Indicator[] = [
  indicatorOf(
    'energy.metered_calorific',
    'tce',
    { en: 'Energy used by metered key units, calorific basis', zh: '重点用能单位计量能耗（当量值）' },
    {
      en: 'Day totals of meters that say their fuel, times the coal-equivalent factor of the fuel by the heat it holds. Only units that report are in it.',
      zh: '按当量值折标准煤系数，由各计量器具日总量折算加总；仅含已上传数据的单位。',
    },
    'flow',
  ),
  indicatorOf(
    'energy.metered_equivalent',
    'tce',
    { en: 'Energy used by metered key units, equivalent basis', zh: '重点用能单位计量能耗（等价值）' },
    {
      en: 'The same by the coal that was burnt to make it. Fuels without a factor on this basis are not in it.',
      zh: '按等价值折标准煤系数折算；无等价值系数的能源品种不计入。',
    },
    'flow',
  ),
  indicatorOf(
    'energy.readings_received',
    '%',
    { en: 'Meter readings received', zh: '计量数据完整率' },
    {
      en: 'Readings received of those due from the beginning of the year, or from when the meter was due, to the last day that any meter reported.',
      zh: '年初（或计量器具应上传之日）至最近上传日，实收读数占应收读数的比例。',
    },
    'ratio',
  ),
  indicatorOf(
    'energy.units_covered',
    '%',
    { en: 'Metered key units with a value', zh: '有计量能耗的重点用能单位比例' },
    {
      en: 'Units whose meters give a value on the calorific basis, of all units with meters.',
      zh: '按当量值有能耗数值的单位占全部已装表单位的比例。',
    },
    'ratio',
  ),
  {
    ...indicatorOf(
      'energy.metered_per_gdp',
      'tce/10*4/CNY',
      { en: 'Energy used by metered key units per GDP', zh: '重点用能单位计量能耗与生产总值之比' },
      {
        en: 'Metered energy on the equivalent basis by the gross domestic product that is reported as `gdp`. Only units that report are in it; official statistics count all energy.',
        zh: '计量能耗（等价值）除以以 gdp 报告的地区生产总值；仅含已上传数据的单位，官方统计为全社会口径。',
      },
      'ratio',
    ),
    direction: 'down',
    decimals: 4,
    formula: 'energy.metered_equivalent / gdp',
  },
];

export const meteredIndicators: readonly string[] = indicators.map(({ id }) => id);

/** Indicators that are reported in coal equivalents: official statistics to hold the meters' sum against. */
function coalIndicators({ indicators: all, derived }: Workspace): readonly string[] {
  const tce = parseUnit('tce');
  const own = new Set(derived?.indicators ?? []);
  return all.flatMap(({ id, unit }) => {
    const code = parseUnit(unit);
    return code !== null &&
      tce !== null &&
      isConvertible(code, tce) &&
      !own.has(id) &&
      !id.startsWith('energy.metered_')
      ? [id]
      : [];
  });
}

function titleOf(synthetic: Localized | undefined): Localized {
  const title = { en: 'Meters of key energy users', zh: '重点用能单位计量器具' };
  return synthetic === undefined ? title : { en: `Synthetic: ${title.en}`, zh: `合成数据：${title.zh}` };
}

function nameOf(sensors: Sensors, meter: Entity): string {
  const unit = sensors.known('Thing', thingOf(meter))?.values.name;
  return `${String(unit ?? thingOf(meter))}: ${String(meter.values.name)}`;
}
