// Faults planted at random in the records of a workspace: is each heard, and what is told about the records as they are?
// Run: node bench/audit/planted-data.js [--seed N] [--each N] [--missed] WORKSPACE… (default: examples/shanghai and a made city)
import { build, isFresh } from '../../scripts/build.js';
import { option, pick, random } from './planting.js';

if (!isFresh()) await build();
const { auditData, recordRows } = await import('../../dist/audit/index.js');
const { parseWorkspace, readFolder } = await import('../../dist/intake/index.js');

const each = option('each', 20);
const showMissed = process.argv.includes('--missed');

/** A city of forty districts in two layers, twelve years, five indicators that behave as statistics do. */
function madeCity() {
  const areas = new Map([['city', null]]);
  for (let d = 1; d <= 8; d += 1) {
    areas.set(`d${d}`, 'city');
    for (let s = 1; s <= 5; s += 1) areas.set(`d${d}s${s}`, `d${d}`);
  }
  const leaves = [...areas.keys()].filter((area) => /s/.test(area));
  const indicators = new Map([
    ['population', { unit: '{person}', name: 'Resident population', additive: true, share: false }],
    ['waste', { unit: 't', name: 'Waste collected', additive: true, share: false, decimals: 1 }],
    ['energy', { unit: 'tce', name: 'Energy used', additive: true, share: false }],
    ['recycled', { unit: '%', name: 'Share of waste recycled', additive: false, share: true, decimals: 1 }],
    ['growth', { unit: '%', name: 'Growth of output', additive: false, share: false, decimals: 1 }],
  ]);
  const rows = [];
  const put = (indicator, area, period, value, unit) =>
    rows.push({
      indicator,
      area,
      period,
      breakdown: {},
      value,
      unit,
      status: 'A',
      file: `${indicator}.csv`,
      row: rows.length + 2,
    });
  const level = new Map(leaves.map((area) => [area, 20_000 + Math.floor(random() * 200_000)]));
  for (let year = 2010; year <= 2021; year += 1) {
    const sums = { population: new Map(), waste: new Map(), energy: new Map() };
    const add = (indicator, area, value) => {
      for (let at = area; at !== null; at = areas.get(at) ?? null)
        sums[indicator].set(at, (sums[indicator].get(at) ?? 0) + value);
    };
    for (const area of leaves) {
      const people = Math.round(level.get(area) * (1 + 0.012 * (year - 2010) + 0.01 * (random() - 0.5)));
      add('population', area, people);
      add('waste', area, Math.round(people * (3.1 + 0.3 * random())));
      add('energy', area, Math.round(people * (2.4 - 0.05 * (year - 2010) + 0.2 * random())));
    }
    for (const area of areas.keys()) {
      put('population', area, String(year), String(sums.population.get(area)), '{person}');
      const tenths = sums.waste.get(area);
      put('waste', area, String(year), `${Math.floor(tenths / 10)}.${tenths % 10}`, 't');
      put('energy', area, String(year), String(sums.energy.get(area)), 'tce');
    }
    for (const area of leaves) {
      put('recycled', area, String(year), (20 + 2.2 * (year - 2010) + 2 * random()).toFixed(1), '%');
      put('growth', area, String(year), (6 - 9 * random()).toFixed(1), '%');
    }
  }
  return { rows, context: { areas, indicators, asOf: '2022-06-30', staleAfter: 5, final: true } };
}

/** What may be done to one row, or null where the row does not allow it; and the rules that must then be told. */
const faults = {
  text: (row) => ({ ...row, value: `约${row.value}` }),
  comma: (row) => (/^\d+\.\d{1,2}$/.test(row.value) ? { ...row, value: row.value.replace('.', ',') } : null),
  empty: (row) => ({ ...row, value: null }),
  year: (row) => ({ ...row, period: `${row.period}5` }),
  future: (row) => ({ ...row, period: '2049' }),
  area: (row) => ({ ...row, area: `${row.area}x` }),
  percent: (row) => (row.unit === '%' ? { ...row, value: '140000' } : null),
  negative: (row) =>
    /^(?:\{|k?g$|t$|tce|km2|m3|kW|[um]g\/m3)/.test(row.unit) && Number(row.value) > 0
      ? { ...row, value: `-${row.value}` }
      : null,
  unit: (row) => (row.unit.length > 1 ? { ...row, unit: row.unit === 't' ? 'kg' : 't' } : null),
  provisional: (row, { context }) => (context.final ? { ...row, status: 'P' } : null),
  missing: (row) => ({ ...row, status: 'M' }),
  decimals: (row, { context }) =>
    context.indicators.get(row.indicator)?.decimals === undefined
      ? null
      : { ...row, value: `${row.value}${row.value.includes('.') ? '' : '.'}12347` },
  thousand: (row, { long }) =>
    long(row) && Number(row.value) !== 0 && row.unit !== '%'
      ? { ...row, value: `${Number(row.value) * 1000}` }
      : null,
  digits: (row, { long }) => {
    const value = row.value.replace(/\d(?=\d)/, (first) => String((Number(first) + 5) % 10 || 1));
    return long(row) && value !== row.value ? { ...row, value } : null;
  },
};

function planted(name, { rows, context }) {
  const before = auditData(rows, context);
  const rules = {};
  for (const { rule } of before) rules[rule] = (rules[rule] ?? 0) + 1;
  console.log(`${name}: ${rows.length} rows; as they are ${before.length} findings ${JSON.stringify(rules)}`);
  const known = new Set(before.map(({ id }) => id));
  const seriesOf = (row) => `${row.area} ${row.indicator} ${JSON.stringify(row.breakdown)}`;
  const lengths = new Map();
  for (const row of rows) lengths.set(seriesOf(row), (lengths.get(seriesOf(row)) ?? 0) + 1);
  const long = (row) => lengths.get(seriesOf(row)) >= 6;
  const whole = rows.filter(
    ({ value, period }) => value !== null && /^-?\d/.test(value) && /^\d{4}$/.test(period),
  );
  const heard = (changed, at) =>
    auditData(changed, context).filter(
      ({ id, places, values }) =>
        !known.has(id) &&
        (places.some(({ file, line }) => file === at.file && line === at.row) ||
          Object.values(values).join(' ').includes(at.indicator)),
    );
  const count = (kind, tries) => {
    const missed = [];
    let told = 0;
    for (const { changed, at } of tries) {
      if (heard(changed, at).length > 0) told += 1;
      else missed.push(`${at.area} ${at.indicator} ${at.period} ${at.value} ${at.unit}`);
    }
    if (tries.length > 0) console.log(`  ${kind}: ${told} of ${tries.length}`);
    if (showMissed) for (const one of missed.slice(0, 6)) console.log(`    missed: ${one}`);
  };
  const draw = (make) => {
    const tries = [];
    for (let trial = 0; tries.length < each && trial < each * 40; trial += 1) {
      const made = make(pick(whole));
      if (made !== null) tries.push(made);
    }
    return tries;
  };
  const put = (row, other) => rows.map((one) => (one === row ? other : one));
  for (const [kind, fault] of Object.entries(faults))
    count(
      kind,
      draw((row) => {
        const other = fault(row, { context, long });
        return other === null ? null : { changed: put(row, other), at: row };
      }),
    );
  count(
    'twice',
    draw((row) => ({ changed: [...rows, { ...row, value: `${row.value}1`, row: 99_999 }], at: row })),
  );
  count(
    'hole',
    draw((row) => {
      const years = rows.filter((one) => seriesOf(one) === seriesOf(row)).map(({ period }) => Number(period));
      const inside = Number(row.period) > Math.min(...years) && Number(row.period) < Math.max(...years);
      return inside && years.length >= 5 && Math.max(...years) - Math.min(...years) === years.length - 1
        ? { changed: rows.filter((one) => one !== row), at: row }
        : null;
    }),
  );
  const totals = whole.filter(
    (row) =>
      context.indicators.get(row.indicator)?.additive === true &&
      Object.keys(row.breakdown).length === 0 &&
      whole.some(
        ({ indicator, period, area }) =>
          indicator === row.indicator && period === row.period && context.areas.get(area) === row.area,
      ),
  );
  if (totals.length > 0)
    count(
      'total',
      Array.from({ length: each }, () => pick(totals)).map((row) => ({
        changed: put(row, {
          ...row,
          value: row.value.replace(/^\d+/, (digits) =>
            String(Number(digits) + 7 + Math.floor(Number(digits) / 50)),
          ),
        }),
        at: row,
      })),
    );
  const lines = [...new Set(whole.filter(long).map(seriesOf))];
  const series = (key) =>
    rows.filter((row) => seriesOf(row) === key).sort((a, b) => (a.period < b.period ? -1 : 1));
  count(
    'steps',
    Array.from({ length: Math.min(each, lines.length) }, () => series(pick(lines))).map((all) => ({
      changed: rows.map((row) =>
        all.includes(row) ? { ...row, value: String(40 + 3 * all.indexOf(row)) } : row,
      ),
      at: all[0],
    })),
  );
  count(
    'stale',
    context.asOf === undefined
      ? []
      : Array.from({ length: Math.min(each, lines.length) }, () => series(pick(lines)))
          .filter((all) => Number(all.at(-1).period) > Number(context.asOf.slice(0, 4)) - 4)
          .map((all) => ({
            changed: rows.filter((row) => !all.slice(3).includes(row)),
            at: all[0],
          }))
          .filter(({ at }) => Number(context.asOf.slice(0, 4)) - Number(at.period) > context.staleAfter + 3),
  );
}

const folders = process.argv
  .slice(2)
  .filter((word, at, all) => !word.startsWith('--') && !/^--(?:seed|each)$/.test(all[at - 1] ?? ''));
for (const folder of folders.length > 0 ? folders : ['examples/shanghai']) {
  const { workspace, origins } = parseWorkspace((await readFolder(folder)).files);
  planted(folder, recordRows(workspace, origins));
}
planted('made city of 48 districts', madeCity());
