// One engine's part of bench/store.ts, each step in a process of its own so that its peak memory is its own:
//   node bench/store-load.js load <empty folder> [<URL of an empty database>]
//   node bench/store-load.js read|workspace|figures <the same folder> [<the same URL>]
// Loads 630,000 observations (250 indicators × 21 areas × 20 years × 6 groups) beside plain COPY of the same rows, reads
// them by indicator and all at once, and computes every figure of them by indicator.
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { figureReaderOf } from '../dist/figures/index.js';
import { openPglite } from '../dist/store/engine-pglite.js';
import { openPostgres } from '../dist/store/engine-postgres.js';
import { openStore } from '../dist/store/index.js';

const both = (text) => ({ en: text, zh: text });
const groups = ['sex=f', 'sex=m', 'age=child', 'age=old', 'age=working', ''];
const [indicators, areas, years] = [250, 21, 20];
const rows = indicators * areas * years * groups.length;

function* observations(shift = 0) {
  for (let indicator = 0; indicator < indicators; indicator += 1)
    for (let area = 0; area < areas; area += 1)
      for (let year = 0; year < years; year += 1)
        for (const [at, group] of groups.entries()) {
          const [dimension, value] = group.split('=');
          yield {
            indicator: `indicator.${indicator}`,
            area: String(310100 + area),
            period: String(2002 + year),
            breakdown: group === '' ? {} : { [dimension]: value },
            value: (
              ((indicator * 7919 + area * 104729 + year * 1299709 + at * 15485863 + shift) % 1000000) /
              100
            ).toFixed(2),
            unit: 't',
            status: 'A',
            reason: null,
            qualifier: null,
            source: 'yearbook',
            locator: `table ${indicator}, row ${year}`,
            ref: null,
            note: null,
          };
        }
}

const workspace = (list) => ({
  city: {
    modelcity: 1,
    id: 'bench',
    name: both('Bench'),
    area: '310100',
    languages: ['en'],
    areas: Array.from({ length: areas }, (_, at) => ({
      id: String(310100 + at),
      name: both(`Area ${at}`),
      kind: 'district',
    })),
    sources: [
      { id: 'yearbook', title: both('Yearbook'), producer: both('Office'), date: '2022', licence: 'public' },
    ],
    dimensions: [],
  },
  indicators: Array.from({ length: indicators }, (_, at) => ({
    id: `indicator.${at}`,
    version: 1,
    name: both(`Indicator ${at}`),
    unit: 't',
    rollup: 'none',
    direction: 'none',
    nature: 'level',
    goals: [],
    targets: [],
    key: false,
  })),
  observations: list,
  targets: [],
  claims: [],
  frameworks: [],
  plans: [],
  reviews: [],
});

const submission = (list) => ({
  city: 'bench',
  kind: 'workspace',
  agent: 'bench',
  received: '2022-01-01T00:00:00Z',
  files: [{ path: 'city.yaml', bytes: Buffer.from('modelcity: 1\n') }],
  workspace: workspace(list),
});

/** The columns of plain COPY are those of the table that the store writes, as text in COPY's format. */
function* copyChunks(list) {
  let text = '';
  for (const { indicator, area, period, breakdown, value, unit, status, source, locator } of list) {
    const group = Object.entries(breakdown)
      .map((pair) => pair.join('='))
      .join(',');
    text += `${area}\tbench\t${indicator}\t${period}\t${group}\t1\tf\t${value}\t${unit}\t${status}\t\\N\t\\N\t\\N\t${source}\t${locator}\t\\N\t\\N\t\\N\t\\N\n`;
    if (text.length > 1 << 20) {
      yield Buffer.from(text);
      text = '';
    }
  }
  if (text !== '') yield Buffer.from(text);
}

const peak = () => Math.round(process.resourceUsage().maxRSS / 1024);

async function timed(work) {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds: Number(seconds.toFixed(2)),
    rowsPerSecond: Math.round(rows / seconds),
    processCpuSeconds: Number(((user + system) / 1e6).toFixed(2)),
    peakMemoryMB: peak(),
  };
}

const opened = (directory, databaseUrl) =>
  openStore({ directory, ...(databaseUrl === undefined ? {} : { databaseUrl }) });

const steps = {
  load,
  async read(directory, databaseUrl) {
    const store = await opened(directory, databaseUrl);
    const result = {
      readByIndicator: await timed(async () => {
        let count = 0;
        for await (const batch of store.observationBatches('bench', { asOf: 1 })) count += batch.length;
        if (count !== rows) throw new Error(`${count} observations`);
      }),
    };
    await store.close();
    return result;
  },
  async workspace(directory, databaseUrl) {
    const store = await opened(directory, databaseUrl);
    const result = {
      readWhole: await timed(async () => {
        const { observations: all } = await store.workspace('bench');
        if (all.length !== rows) throw new Error(`${all.length} observations`);
      }),
    };
    await store.close();
    return result;
  },
  async figures(directory, databaseUrl) {
    const store = await opened(directory, databaseUrl);
    let figures = 0;
    const reader = await figureReaderOf(store, { city: 'bench', asOf: 1 });
    const cost = await timed(async () => {
      for await (const set of reader.each())
        for (const figure of set.all()) figures += figure.root === '' ? 0 : 1;
    });
    await store.close();
    return { figuresByIndicator: { figures, figuresPerSecond: Math.round(figures / cost.seconds), ...cost } };
  },
};

async function load(directory, databaseUrl) {
  const result = { rows, load: loadavg()[0] };
  const engine = await (databaseUrl === undefined
    ? openPglite(join(directory, 'plain'))
    : openPostgres(databaseUrl));
  result.memoryOpenMB = peak();
  const columns = `area text COLLATE "C" NOT NULL, city text COLLATE "C" NOT NULL, indicator text COLLATE "C" NOT NULL,
    period text COLLATE "C" NOT NULL, breakdown text COLLATE "C" NOT NULL, position bigint NOT NULL, withdrawn boolean NOT NULL,
    value numeric, unit text, status text, reason_en text, reason_zh text, qualifier text, source text, locator text, ref text,
    note text, file text, file_row integer`;
  await engine.use(async (connection) => {
    for (const [name, key] of [
      ['plainCopy', ''],
      ['plainCopyWithKey', ', PRIMARY KEY (city, indicator, area, period, breakdown, position)'],
    ]) {
      await connection.script(`CREATE TABLE ${name} (${columns}${key})`);
      result[name] = await timed(async () => {
        await connection.script('BEGIN');
        await connection.copy(name, copyChunks(observations()));
        await connection.script('COMMIT');
      });
      await connection.script(`DROP TABLE ${name}`);
    }
  });
  await engine.close();

  const store = await opened(directory, databaseUrl);
  result.engine = store.describe();
  let list = [...observations()];
  result.memoryWithInputMB = Math.round(process.memoryUsage().rss / 1048576);
  const expect = async (outcome, work) => {
    const receipt = await work();
    if (receipt.outcome !== outcome) throw new Error(JSON.stringify(receipt));
  };
  result.load630k = await timed(() => expect('stored', () => store.submit(submission(list))));
  result.loadAgainUnchanged = await timed(() => expect('unchanged', () => store.submit(submission(list))));
  list = list.map((each, at) => (at % 100 === 0 ? { ...each, value: '1.5' } : each));
  result.loadOnePercentChanged = await timed(() => expect('stored', () => store.submit(submission(list))));
  list = [];
  const one = performance.now();
  const found = await store.observations('bench', { indicators: ['indicator.7'], asOf: 1 });
  result.readOneIndicator = { rows: found.length, milliseconds: Math.round(performance.now() - one) };
  await store.close();
  return result;
}

const [step, ...where] = process.argv.slice(2);
console.log(JSON.stringify(await steps[step](...where)));
