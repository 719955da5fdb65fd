// Trips with running balances, case events, and pages over 34,554 complaints.
// npm run bench -- registers [TRIPS] [CASES] [pglite|postgres]; postgres needs MODELCITY_TEST_PG.
import type { Workspace } from '../src/model/index.ts';
import type { Store } from '../src/store/index.ts';
import { measured } from './measured.ts';
import { builtRooms, onEngine } from './on-engine.ts';

const received = '2024-12-31T00:00:00Z';
const area = '310000';
const batch = 2500;
const visits = 60;

type Built = typeof import('../src/store/index.ts') &
  typeof import('../src/registers/index.ts') &
  typeof import('../src/figures/index.ts') &
  typeof import('../src/intake/index.ts') &
  typeof import('../src/web/index.ts');

export async function registers([trips = '50000', cases = '34554', engine = 'pglite']: readonly string[]) {
  const built = await builtRooms<Built>(['store', 'registers', 'figures', 'intake', 'web']);
  return onEngine('registers', engine, built.openStore, async ({ store, folder }) => {
    const loaded = await built.loadWorkspace(store, 'examples/shanghai', { agent: 'bench', received });
    const workspace = loaded.receipt === null ? null : await store.workspace('shanghai');
    if (workspace === null) throw new Error('the example did not load');
    const flows = await measured(() => writeTrips(store, Number(trips)));
    const events = await measured(() => writeCases(store, built, Number(cases)));
    const first = await measured(() => built.withRegisters(workspace, store, Number.MAX_SAFE_INTEGER));
    const pages = await visit(built, store, first.result, folder);
    await oneMore(store, 900_000);
    const again = await measured(() => built.withRegisters(workspace, store, Number.MAX_SAFE_INTEGER));
    return {
      engine,
      trips: Number(trips),
      cases: Number(cases),
      flows: flows.cost,
      events: events.cost,
      derive: first.cost,
      deriveAfterOneMore: again.cost,
      pages,
    };
  });
}

/** Each trip: what a truck loads it unloads at one of ten stations; balances run with every submission. */
async function writeTrips(store: Store, count: number): Promise<void> {
  const holder = (id: string, boundary = false) => ({ area, holder: `domestic-waste.${id}`, boundary });
  const trucks = Array.from({ length: 100 }, (_, at) => holder(`truck.t${at}`));
  const stations = Array.from({ length: 10 }, (_, at) => holder(`station.s${at}`));
  for (let at = 0; at < count; at += batch) {
    const receipt = await store.submit({
      city: 'shanghai',
      kind: 'record',
      agent: 'bench',
      received,
      files: [],
      records: {
        items: [{ item: 'domestic-waste.dry', unit: 't' }],
        holders: [holder('households', true), ...trucks, ...stations],
        flows: Array.from({ length: Math.min(batch, count - at) }, (_, each) => at + each).flatMap((trip) => {
          const flow = (leg: number, from: string, to: string) => ({
            id: `domestic-waste.trip-${trip}:1:${leg}`,
            occurred: '2024-06-01T00:00:00Z',
            item: 'domestic-waste.dry',
            unit: 't',
            quantity: '7.5',
            from: { area, holder: from },
            to: { area, holder: to },
            event: null,
          });
          const truck = `domestic-waste.truck.t${trip % 100}`;
          return [
            flow(1, 'domestic-waste.households', truck),
            flow(2, truck, `domestic-waste.station.s${trip % 10}`),
          ];
        }),
      },
    });
    if (receipt.outcome !== 'stored') throw new Error(JSON.stringify(receipt));
  }
}

/** Four steps a complaint: filed, routed, answered, closed. */
async function writeCases(store: Store, { shippedRegister }: Built, count: number): Promise<void> {
  const { steps } = shippedRegister('complaints');
  const allowed = steps.flatMap(({ after, kind }) =>
    after.length === 0 ? [{ from: '', to: kind }] : after.map((from) => ({ from, to: kind })),
  );
  const kinds = ['filed', 'routed', 'answered', 'closed'];
  for (let at = 0; at < count; at += batch) {
    const receipt = await store.submit({
      city: 'shanghai',
      kind: 'record',
      agent: 'bench',
      received,
      files: [],
      records: {
        registers: [{ register: 'complaints', version: 1, steps: allowed }],
        events: Array.from({ length: Math.min(batch, count - at) }, (_, each) => at + each + 1).flatMap(
          (number) =>
            kinds.slice(0, number % 20 === 0 ? 1 : 4).map((kind, step) => ({
              area,
              stream: `complaints.2024-${String(number).padStart(6, '0')}`,
              seq: step + 1,
              register: 'complaints',
              version: 1,
              kind,
              from: kinds[step - 1] ?? '',
              occurred: `2024-${String((number % 11) + 1).padStart(2, '0')}-${String(step * 3 + 1).padStart(2, '0')}T02:00:00Z`,
              actor: null,
              body:
                step === 0
                  ? {
                      category: 'water',
                      urgency: 'complaint',
                      location: `31.${number % 90},121.${number % 90}`,
                    }
                  : step === 1
                    ? { department: `Office ${number % 12}`, publish: 'yes' }
                    : step === 2
                      ? { answer: 'Done.' }
                      : { outcome: 'resolved' },
            })),
        ),
      },
    });
    if (receipt.outcome !== 'stored') throw new Error(JSON.stringify(receipt));
  }
}

async function visit(built: Built, store: Store, workspace: Workspace, home: string) {
  const figures = new built.FigureSet(workspace, { asOf: 1 });
  const app = built.createApp({
    places: [{ workspace, figures, asOf: 1, store }],
    store,
    registers: { home, now: () => received, apiKeys: new Map() },
  });
  const root = '/en/shanghai/registers/';
  const visit = async (path: string): Promise<number> => {
    const start = performance.now();
    const response = await app.request(`http://localhost${path.startsWith('/') ? '' : root}${path}`);
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
    await response.text();
    return performance.now() - start;
  };
  const first = await measured(() => visit('complaints/'));
  const times: Record<string, object> = { firstAfterStart: first.cost };
  let filed = 0;
  for (const [label, path, writes] of [
    ['list', 'complaints/', false],
    ['open', 'complaints/?state=open', false],
    ['overdue', 'complaints/?state=overdue', false],
    ['listAfterStep', 'complaints/?state=open', true],
    ['case', 'complaints/cases/2024-000100/', false],
    ['caseAfterStep', 'complaints/cases/2024-000100/', true],
    ['answers', 'complaints/answers/', false],
    ['georeport', '/open311/v2/requests.json?start_date=2024-03-01T00:00:00Z', false],
    ['openData', '/api/places/shanghai/registers/complaints/cases.csv', false],
  ] as const) {
    const taken: number[] = [];
    let cpuSeconds = 0;
    for (let at = 0; at < (path.startsWith('/') ? visits / 10 : visits); at += 1) {
      if (writes) {
        filed += 1;
        await oneMore(store, filed);
      }
      const { result, cost } = await measured(() => visit(path));
      taken.push(result);
      cpuSeconds += cost.cpuSeconds;
    }
    const [firstMs = 0] = taken;
    const sorted = taken.sort((a, b) => a - b);
    const at = (share: number): number => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
    times[label] = {
      visits: taken.length,
      firstMs: Math.round(firstMs),
      medianMs: at(0.5),
      p95Ms: at(0.95),
      cpuSeconds: Math.round(cpuSeconds * 1000) / 1000,
    };
  }
  return times;
}

/** A complaint that another process files between two visits. */
async function oneMore(store: Store, number: number): Promise<void> {
  const receipt = await store.submit({
    city: 'shanghai',
    kind: 'record',
    agent: 'bench',
    received,
    files: [],
    records: {
      events: [
        {
          area,
          stream: `complaints.2025-${String(number).padStart(6, '0')}`,
          seq: 1,
          register: 'complaints',
          version: 1,
          kind: 'filed',
          from: '',
          occurred: received,
          actor: null,
          body: { category: 'water', urgency: 'complaint', location: '31.2,121.4' },
        },
      ],
    },
  });
  if (receipt.outcome !== 'stored') throw new Error(JSON.stringify(receipt));
}
