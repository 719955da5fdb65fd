// A process that tests kill: opens a store on each engine, checks that what is there is whole, says its heads, then submits
// without end, saying each position once the store has acknowledged it. Two writers a store do so at once, so that one kill
// strikes all: one loads whole workspaces of the city `load`, the other enters records of the city `record`.
//   node scripts/store-writer.js (<engine> <directory> <databaseUrl or ->)…
import { EventEmitter, once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';
import { openStore, readEntryFiles } from '../dist/store/index.js';

const cells = 200;
const both = (text) => ({ en: text, zh: text });

const observation = (at, value) => ({
  indicator: `indicator-${at % 20}`,
  area: '310117',
  period: String(2000 + Math.floor(at / 20)),
  breakdown: {},
  value: String(value),
  unit: 't',
  status: 'A',
  reason: null,
  qualifier: null,
  source: 'book',
  locator: `row ${at}`,
  ref: null,
  note: null,
});

/** Everything in the workspace of turn n says n. */
const workspace = (turn) => ({
  city: {
    modelcity: 1,
    id: 'load',
    name: both(`turn ${turn}`),
    area: '310117',
    languages: ['en'],
    areas: [{ id: '310117', name: both(`turn ${turn}`), kind: 'district' }],
    sources: [{ id: 'book', title: both('Book'), producer: both('Office'), date: '2021', licence: 'public' }],
    dimensions: [],
  },
  indicators: [],
  observations: Array.from({ length: cells }, (_, at) => observation(at, turn)),
  targets: [],
  claims: [],
  frameworks: [],
  plans: [],
  reviews: [],
});

/** Turn n moves n, adds event n to one case, and enters five observations. */
const records = (turn) => ({
  ...(turn > 1
    ? {}
    : {
        items: [{ item: 'waste', unit: 't' }],
        holders: [
          { area: '310117', holder: 'households', boundary: true },
          { area: '310117', holder: 'plant', boundary: false },
        ],
        registers: [
          {
            register: 'log',
            version: 1,
            steps: [
              { from: '', to: 'entered' },
              { from: 'entered', to: 'entered' },
            ],
          },
        ],
      }),
  events: [
    {
      area: '310117',
      stream: 'one',
      seq: turn,
      register: 'log',
      version: 1,
      kind: 'entered',
      from: turn === 1 ? '' : 'entered',
      occurred: '2021-09-01T08:00:00Z',
      actor: null,
      body: { turn },
    },
  ],
  flows: [
    {
      id: String(turn),
      occurred: '2021-09-01T08:00:00Z',
      item: 'waste',
      unit: 't',
      quantity: String(turn),
      from: { area: '310117', holder: 'households' },
      to: { area: '310117', holder: 'plant' },
      event: { stream: 'one', seq: turn },
    },
  ],
  observations: Array.from({ length: 5 }, (_, at) => observation(turn * 5 + at, turn)),
});

function demand(truth, what) {
  if (truth) return;
  console.log(`fault ${what}`);
  process.exit(3);
}

async function check(store, city, head, onDisk) {
  const log = await store.submissions(city);
  demand(
    log.length === head && log.every(({ position }, at) => position === at + 1),
    `the log has ${log.length} entries, the head is ${head}`,
  );
  for (const entry of log) {
    demand(
      isDeepStrictEqual(onDisk.get(`${city} ${entry.position}`), entry),
      `entry ${entry.position} on disk is another`,
    );
    for (const { sha256, size } of entry.files)
      demand((await store.file(sha256)).byteLength === size, 'a source file is lost');
  }
  if (city === 'load') {
    for (const asOf of new Set([1, Math.ceil(head / 2), head])) {
      const found = await store.workspace(city, asOf);
      demand(
        found.city.name.en === `turn ${asOf}`,
        `the workspace as of ${asOf} is of ${found.city.name.en}`,
      );
      demand(
        found.observations.length === cells &&
          found.observations.every(({ value }) => value === String(asOf)),
        `the observations as of ${asOf} are not those of one load`,
      );
    }
  } else {
    const sum = String((head * (head + 1)) / 2);
    const balances = await store.balances(city);
    demand(
      JSON.stringify(balances.map(({ quantity }) => quantity)) === JSON.stringify([`-${sum}`, sum]),
      `balances ${JSON.stringify(balances)} at head ${head}`,
    );
    demand((await store.events(city)).length === head, 'an event is lost or half-done');
    demand((await store.flows(city)).length === head, 'a flow is lost or half-done');
    demand((await store.observations(city)).length === head * 5, 'an observation is lost or half-done');
  }
}

async function open(engine, directory, databaseUrl) {
  const store = await openStore({ directory, ...(databaseUrl === '-' ? {} : { databaseUrl }) });
  const heads = new Map((await store.cities()).map(({ id, head }) => [id, head]));
  const onDisk = new Map(
    (await readEntryFiles(directory)).map((entry) => [`${entry.city} ${entry.position}`, entry]),
  );
  for (const [city, head] of heads) if (head > 0) await check(store, city, head, onDisk);
  for (const city of ['load', 'record']) console.log(`head ${engine} ${city} ${heads.get(city) ?? 0}`);
  return { engine, store, heads };
}

async function write({ engine, store, heads }, city, content) {
  for (let turn = (heads.get(city) ?? 0) + 1; ; turn += 1) {
    const receipt = await store.submit({
      city,
      agent: 'writer',
      received: '2021-09-01T08:00:00Z',
      files: [{ path: 'turn.txt', bytes: new TextEncoder().encode(`turn ${turn} of ${city}\n`) }],
      ...content(turn),
    });
    demand(receipt.outcome === 'stored' && receipt.position === turn, JSON.stringify(receipt));
    console.log(`stored ${engine} ${city} ${turn}`);
    if (waiting > 0) await allBegun();
  }
}

/** The first of each is waited for: the embedded engine would else write dozens before the server's first, all to be checked. */
let waiting = 0;
const begun = new EventEmitter();
function allBegun() {
  waiting -= 1;
  if (waiting > 0) return once(begun, 'all');
  begun.emit('all');
}

const words = process.argv.slice(2);
const places = Array.from({ length: words.length / 3 }, (_, at) => words.slice(at * 3, at * 3 + 3));
const opened = await Promise.all(places.map((place) => open(...place)));
waiting = opened.length * 2;
await Promise.all(
  opened.flatMap((one) => [
    write(one, 'load', (turn) => ({ kind: 'workspace', workspace: workspace(turn) })),
    write(one, 'record', (turn) => ({ kind: 'record', records: records(turn) })),
  ]),
);
