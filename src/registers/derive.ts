import type {
  Completeness,
  Contribution,
  ContributionRole,
  DerivedCell,
  DerivedIndicator,
  Indicator,
  Localized,
  RegisterDeclaration,
  RegisterMeasure,
  SourceDocument,
} from '../model/index.ts';
import type { StoredReadingDay } from '../store/index.ts';
import { AreaTree } from './area-tree.ts';
import { type Derived, registerSource } from './derived.ts';
import { Entries, type Entry } from './entries.ts';
import { expectedOf } from './expected.ts';
import { looksOf, registersRead } from './reads.ts';
import type { Registers } from './registers.ts';

/**
 * Works out the records behind the indicators of all registers that hold any. `now` is the moment at which deadlines are
 * judged: when the newest source that the figures may see was received, never a clock.
 */
export function derive(all: Registers, now: string, readings: readonly StoredReadingDay[] = []): Derived {
  const used = all
    .all()
    .filter(
      ({ id }) => all.projection.count(id) > 0 || readings.some(({ series }) => series.startsWith(`${id}.`)),
    );
  const areas = new AreaTree(all.at.areas, all.at.area);
  const cells = used.flatMap(({ declaration }) => {
    const entries = new Entries(all, declaration, now, readings);
    return declaration.indicators.flatMap((indicator) => keptCells(indicator, entries, areas));
  });
  const filled = new Set(cells.map(({ indicator }) => indicator));
  const indicators = used.flatMap(({ declaration }) =>
    declaration.indicators
      .filter(({ id, formula }) => formula !== undefined || filled.has(id))
      .map((each) => indicatorOf(each)),
  );
  return {
    indicators,
    sources: used.map(({ declaration }) => sourceOf(declaration, all.at.synthetic)),
    cells,
    official: new Map(
      used.flatMap(({ declaration }) =>
        declaration.indicators.flatMap(({ id, official }) =>
          official.length === 0 ? [] : [[id, official] as const],
        ),
      ),
    ),
  };
}

function indicatorOf({
  id,
  version,
  name,
  definition,
  unit,
  direction,
  nature,
  goals,
  decimals,
  formula,
}: DerivedIndicator): Indicator {
  return {
    id,
    version,
    name,
    definition,
    unit,
    direction,
    nature,
    goals,
    targets: [],
    key: false,
    rollup: 'none',
    topic: 'registers',
    // What is counted in things has no decimals.
    ...(decimals !== undefined ? { decimals } : /^\{[^}]*\}$/.test(unit) ? { decimals: 0 } : {}),
    ...(formula === undefined ? {} : { formula }),
  };
}

function sourceOf({ id, name }: RegisterDeclaration, synthetic: Localized | undefined): SourceDocument {
  const prefix = synthetic === undefined ? { en: '', zh: '' } : { en: 'Synthetic: ', zh: '合成数据：' };
  return {
    id: registerSource(id),
    title: { en: `${prefix.en}Register: ${name.en}`, zh: `${prefix.zh}登记：${name.zh}` },
    producer: synthetic ?? { en: 'The city, from its own records', zh: '本市业务记录' },
    date: 'undated',
    licence: 'public figures; single records as the register allows',
    locators: { en: 'number of the case and step', zh: '编号与环节' },
  };
}

interface KeptCells {
  readonly of: string;
  readonly cells: readonly DerivedCell[];
}

const kept = new WeakMap<Registers, Map<string, KeptCells>>();

/**
 * The cells of an indicator, worked out again only when something that they are made of has changed: records of its register,
 * of one that a field names, or the time, where deadlines are judged. Cells that did not change stay the same objects.
 */
function keptCells(indicator: DerivedIndicator, entries: Entries, areas: AreaTree): readonly DerivedCell[] {
  const { all, declaration, now } = entries;
  const looks = looksOf(indicator);
  if (looks.readings) return cellsOf(indicator, entries, areas);
  const of = [
    ...[...registersRead(declaration, indicator, (id) => all.declaration(id))].map(
      (id) => `${id} ${all.projection.revision(id)}`,
    ),
    ...(looks.time ? [now] : []),
  ].join('; ');
  const ofAll = kept.get(all) ?? new Map<string, KeptCells>();
  kept.set(all, ofAll);
  const known = ofAll.get(indicator.id);
  if (known?.of === of) return known.cells;
  const cells = cellsOf(indicator, entries, areas);
  ofAll.set(indicator.id, { of, cells });
  return cells;
}

/** The cells of an indicator: each area with records, and every area above it. */
function cellsOf(indicator: DerivedIndicator, entries: Entries, areas: AreaTree): readonly DerivedCell[] {
  const { numerator, denominator, everyDistrict } = indicator;
  if (numerator === undefined) return [];
  const cells = new Map<
    string,
    { area: string; period: string; num: Contribution[]; den: Contribution[]; districts: Set<string> }
  >();
  const counted: Entry[] = [];
  const put = (measure: RegisterMeasure, role: 'num' | 'den', as: ContributionRole): void => {
    const isWhole = role === 'den' || denominator === undefined;
    for (const entry of entries.of(measure, indicator, as)) {
      const { area, period, contribution } = entry;
      if (isWhole && indicator.expects !== undefined) counted.push(entry);
      const above = areas.upwards(area);
      for (const at of above) {
        const key = `${at} ${period}`;
        const cell = cells.get(key) ?? { area: at, period, num: [], den: [], districts: new Set() };
        cells.set(key, cell);
        cell[role].push(contribution);
        if (everyDistrict) for (const each of above) cell.districts.add(each);
      }
    }
  };
  put(numerator, 'num', denominator === undefined ? 'term' : 'num');
  if (denominator !== undefined) put(denominator, 'den', 'den');
  const expected = expectedOf(entries, indicator, counted, areas);
  return [...cells.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, { area, period, num, den, districts }]) =>
      denominator !== undefined && den.length === 0
        ? []
        : [
            {
              indicator: indicator.id,
              area,
              period,
              numerator: num,
              denominator: denominator === undefined ? null : den,
              completeness:
                expected.get(key) ??
                (everyDistrict && area === entries.all.at.area
                  ? ofDistricts(areas.districts, districts)
                  : null),
            },
          ],
    );
}

function ofDistricts(expected: readonly string[], present: ReadonlySet<string>): Completeness | null {
  if (expected.length === 0) return null;
  const missing = expected.filter((id) => !present.has(id));
  return { present: expected.length - missing.length, expected: expected.length, missing };
}
