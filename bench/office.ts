// Many people enter values at once into one office. npm run bench -- office [SECONDS] [PEOPLE] [SERVERS] [PACE] [WORD…]
//   SERVERS  2 or 1 server processes on one PostgreSQL (needs MODELCITY_TEST_PG), or pglite: one on the embedded database
//   PACE     seconds between two saves of one person, 4 by default, give or take a quarter; 0: as fast as they are answered
//   WORD     kill: SIGKILL for the second server half-way
//            backup: modelcity backup is taken meanwhile, restored into another database, and compared
//            browsers: all come with the cookie of somebody signed in, as the grid of a page does, not with a key
// BENCH_NODE="--cpu-prof --cpu-prof-dir=DIR" gives the servers options of node.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { Kysely } from 'kysely';
import pg from 'pg';
import { FigureSet } from '../src/figures/index.ts';
import { roundSchema } from '../src/plan/index.ts';
import { recordsPath, type Store } from '../src/store/index.ts';
import { officeRegisters } from '../src/web/office/log.ts';
import { keeperDialect } from '../src/web/sign-in/dialect.ts';

interface Entry {
  readonly area: string;
  readonly department: string;
  readonly indicator: string;
  /** How the person is known: by the key of a program, or the cookie of a browser. */
  readonly by: Readonly<Record<string, string>>;
}

const ports = [28391, 28392];
const secret = 'the same secret in both of the servers';

export async function office([
  seconds = '60',
  people = '200',
  servers = '2',
  pace = '4',
  ...words
]: readonly string[]) {
  const isServer = servers !== 'pglite';
  const folder = mkdtempSync(join(tmpdir(), 'modelcity-bench-'));
  await cp('examples/shanghai', join(folder, 'shanghai'), { recursive: true });
  const workspace = join(folder, 'shanghai');
  const name = `modelcity_bench_${process.pid}`;
  const base = process.env.MODELCITY_TEST_PG;
  if (isServer && base === undefined) throw new Error('set MODELCITY_TEST_PG, or say pglite');
  const url = isServer ? new URL(base ?? '') : null;
  if (url !== null) {
    await asOwner(base ?? '', `CREATE DATABASE ${name}`);
    url.pathname = `/${name}`;
  }
  const running: (ChildProcess | null)[] = [];
  try {
    const entries = await prepare(workspace, url, Number(people), words.includes('browsers'));
    const started = ports.slice(0, servers === '2' ? 2 : 1);
    for (const port of started) running.push(await startServer(port, workspace, url));
    const pids = running.flatMap((each) => each?.pid ?? []);
    const used = { servers: 0 };
    const before = cpuOf(pids);
    const own = process.cpuUsage();
    const backs = words.includes('backup') && url !== null;
    let backup: Promise<BackedUp> | null = null;
    const kills = words.includes('kill') && servers === '2';
    const result = await enter(entries, started, Number(seconds), Number(pace), (acknowledged) => {
      if (backs) backup = backUp(workspace, url, join(folder, 'backup'), acknowledged);
      if (!kills) return;
      used.servers += cpuOf(pids.slice(1));
      running[1]?.kill('SIGKILL');
      running[1] = null;
    });
    used.servers += cpuOf(pids) - before;
    const load = loadavg()[0] ?? 0;
    const { user, system } = process.cpuUsage(own);
    const backends = cpuOf(backendsOf(name));
    await Promise.all(running.map((server) => (server === null ? null : ended(server))));
    const store = await openAt(workspace, url);
    const kept = new Set(
      (await store.events('shanghai', { register: 'cell' })).map(({ body }) => String(body.save)),
    );
    const backedUp = backs ? await compared(await backup, store, folder, base ?? '', name) : {};
    await store.close();
    const lost = [...result.acknowledged].filter((save) => !kept.has(save));
    const sorted = result.times.sort((a, b) => a - b);
    const at = (share: number): number => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
    const each = (cpu: number): number => Math.round((cpu * 10_000) / sorted.length) / 10;
    return {
      engine: isServer ? 'postgres' : 'pglite',
      people: entries.length,
      seconds: Number(seconds),
      pace: Number(pace),
      servers: started.length,
      killed: kills ? 1 : 0,
      saved: result.acknowledged.size,
      lost: lost.length,
      conflictsShown: result.conflicts,
      repeatedAfterTheKill: result.repeats,
      answersPerSecond: Math.round(sorted.length / Number(seconds)),
      p50: at(0.5),
      p95: at(0.95),
      p99: at(0.99),
      slowest: at(0.9999),
      cpuMillisecondsOfAnAnswer: {
        servers: each(used.servers),
        postgres: each(backends),
        people: each((user + system) / 1e6),
      },
      ...backedUp,
      loadAtTheEnd: Math.round(load * 10) / 10,
    };
  } finally {
    for (const server of running) server?.kill('SIGKILL');
    if (url !== null)
      for (const each of [name, `${name}_restored`])
        await asOwner(base ?? '', `DROP DATABASE IF EXISTS ${each} WITH (FORCE)`);
    rmSync(folder, { recursive: true, force: true });
  }
}

interface BackedUp {
  readonly folder: string;
  /** Saves that were acknowledged before it began. */
  readonly before: readonly string[];
  readonly seconds: number;
}

/** Takes a backup with the command, beside the servers. */
async function backUp(
  workspace: string,
  url: URL,
  folder: string,
  acknowledged: ReadonlySet<string>,
): Promise<BackedUp> {
  const before = [...acknowledged];
  const begun = performance.now();
  await command(['backup', '--workspace', workspace, '--out', folder], url);
  return { folder, before, seconds: Math.round((performance.now() - begun) / 100) / 10 };
}

/** Restores it elsewhere with the command, and compares: the log, the cells, the roots of figures as of its position. */
async function compared(
  backup: BackedUp | null,
  store: Store,
  folder: string,
  base: string,
  name: string,
): Promise<object> {
  if (backup === null) throw new Error('the backup was not begun');
  const elsewhere = new URL(base);
  elsewhere.pathname = `/${name}_restored`;
  await asOwner(base, `CREATE DATABASE ${name}_restored`);
  await command(['restore', backup.folder, '--check'], null);
  const into = join(folder, 'elsewhere');
  const begun = performance.now();
  await command(['restore', backup.folder, '--into', into, '--into-url', elsewhere.href], null);
  const restoring = Math.round((performance.now() - begun) / 100) / 10;
  const restored = await openAt(into, elsewhere);
  const head = (await restored.cities()).find(({ id }) => id === 'shanghai')?.head ?? 0;
  const of = async (each: Store) => {
    const workspace = await each.workspace('shanghai', head);
    if (workspace === null) throw new Error('no workspace');
    const figures = new FigureSet(workspace, { asOf: head });
    return {
      // Records are written anew by the store that takes them in: the same, in bytes of its own.
      log: (await each.submissions('shanghai'))
        .filter(({ position }) => position <= head)
        .map(({ files, ...entry }) => ({
          ...entry,
          files: files.filter(({ path }) => path !== recordsPath),
        })),
      cells: await each.events('shanghai', { register: 'cell', asOf: head }),
      roots: [...figures.all()].map(({ code, root }) => `${code} ${root}`),
    };
  };
  const [ours, theirs] = [await of(store), await of(restored)];
  await restored.close();
  const kept = new Set(theirs.cells.map(({ body }) => String(body.save)));
  return {
    backup: {
      seconds: backup.seconds,
      restoredIn: restoring,
      submissions: theirs.log.length,
      acknowledgedBeforeAndMissing: backup.before.filter((save) => !kept.has(save)).length,
      sameLog: isDeepStrictEqual(ours.log, theirs.log),
      sameCells: isDeepStrictEqual(ours.cells, theirs.cells),
      roots: ours.roots.length,
      sameRoots: isDeepStrictEqual(ours.roots, theirs.roots),
    },
  };
}

async function command(words: readonly string[], url: URL | null): Promise<void> {
  const { DATABASE_URL: _, ...env } = process.env;
  const child = spawn(process.execPath, ['bin/modelcity.js', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, ...(url === null ? {} : { DATABASE_URL: url.href }) },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const code = await new Promise((done) => child.once('close', done));
  if (code !== 0) throw new Error(`modelcity ${words[0]} ended with ${code}: ${said.slice(-800)}`);
}

/** CPU seconds that processes have used so far, as Linux counts them in hundredths (proc(5), stat, fields 14 and 15). */
function cpuOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ');
      return sum + (Number(fields[11]) + Number(fields[12])) / 100;
    } catch {
      return sum;
    }
  }, 0);
}

/** The processes of a PostgreSQL on this machine that work for a database; they carry its name. */
function backendsOf(database: string): readonly number[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(` ${database} `)
        ? [Number(pid)]
        : [];
    } catch {
      return [];
    }
  });
}

function ended(server: ChildProcess): Promise<unknown> {
  const closed = new Promise((done) => server.once('close', done));
  server.kill('SIGTERM');
  return closed;
}

/** The built store: it reads its migrations from beside itself, which a bundle does not. */
async function openAt(workspace: string, url: URL | null): Promise<Store> {
  const built: typeof import('../src/store/index.ts') = await import(
    pathToFileURL(resolve('dist/store/index.js')).href
  );
  return built.openStore({
    directory: join(workspace, '.modelcity'),
    ...(url === null ? {} : { databaseUrl: url.href }),
  });
}

/** A round with a sheet for each person, and a key for each; every tenth shares the cell of the one before. */
async function prepare(
  workspace: string,
  url: URL | null,
  people: number,
  browsers: boolean,
): Promise<readonly Entry[]> {
  const store = await openAt(workspace, url);
  const districts = [
    '310101',
    '310104',
    '310105',
    '310106',
    '310107',
    '310109',
    '310110',
    '310112',
    '310113',
    '310114',
    '310115',
    '310116',
    '310117',
    '310118',
    '310120',
    '310151',
  ];
  const indicators = [
    'gas_users',
    'nev_promoted',
    'nonfossil_share',
    'energy_per_gdp',
    'energy_per_iva',
    'gas_supply',
    'pv_installed_capacity',
  ];
  const departments = Array.from({ length: Math.ceil(people / districts.length) }, (_, at) => `d${at}`);
  const round = roundSchema.parse({
    id: 'bench',
    name: { en: 'Bench', zh: '测试' },
    theme: { en: 'Load', zh: '负载' },
    period: '2022',
    goals: ['7'],
    areas: districts,
    departments: departments.map((id) => ({ id, name: { en: id, zh: id } })),
    asked: indicators.map((indicator, at) => ({
      indicator,
      department: departments[at % departments.length],
      reason: 'bench',
    })),
    calendar: { opens: '2023-01-01', due: '2033-02-01', check: '2033-02-15', approve: '2033-03-01' },
    release: null,
  });
  const now = '2023-01-01T00:00:00.000Z';
  await store.submit({
    city: 'shanghai',
    kind: 'record',
    agent: 'bench',
    received: now,
    files: [],
    records: {
      registers: [{ register: 'round', version: 1, steps: [...officeRegisters.round] }],
      events: [
        {
          area: '310000',
          stream: 'round:bench',
          seq: 1,
          register: 'round',
          version: 1,
          kind: 'opened',
          from: '',
          occurred: now,
          actor: 'bench',
          body: { round },
        },
      ],
    },
  });
  const sheets = districts.flatMap((area) =>
    indicators.map((indicator, at) => ({
      area,
      indicator,
      department: departments[at % departments.length] ?? 'd0',
    })),
  );
  const entries: Entry[] = [];
  for (let at = 0; at < people; at++) {
    const sheet = sheets[at % sheets.length];
    if (sheet === undefined) continue;
    const [id, part] = [randomBytes(12).toString('base64url'), randomBytes(32).toString('base64url')];
    const person = `bench-${at}`;
    await store.people.addPerson({ id: person, name: `Person ${at}`, email: `p${at}@bench.example` }, now);
    await store.people.grant({
      city: 'shanghai',
      id: `g${at}`,
      person,
      role: 'reporter',
      area: sheet.area,
      department: '*',
      givenBy: 'bench',
      givenAt: now,
    });
    if (browsers) {
      entries.push({ ...sheet, by: { cookie: await cookieFor(store, person) } });
      continue;
    }
    const [made, expires] = [new Date(), new Date(Date.now() + 86_400_000)];
    await store.people.makeKey({
      id,
      sha256: createHash('sha256').update(part).digest('hex'),
      person,
      label: 'bench',
      roles: ['reporter'],
      area: '*',
      made: made.toISOString(),
      expires: expires.toISOString(),
      ended: null,
    });
    entries.push({ ...sheet, by: { authorization: `Bearer mck_${id}_${part}` } });
  }
  await store.close();
  return entries;
}

/** A session as signing in makes it, without the work of a password for each of two hundred. */
async function cookieFor(store: Store, person: string): Promise<string> {
  const token = randomBytes(24).toString('base64url');
  const now = new Date();
  await new Kysely<{ session: Record<string, unknown> }>({ dialect: keeperDialect(store.people) })
    .insertInto('session')
    .values({
      id: randomBytes(12).toString('base64url'),
      token,
      userId: person,
      createdAt: now,
      updatedAt: now,
      expiresAt: new Date(now.getTime() + 36_000_000),
    })
    .execute();
  const signature = createHmac('sha256', secret).update(token).digest('base64');
  return `modelcity.session_token=${encodeURIComponent(`${token}.${signature}`)}`;
}

function startServer(port: number, workspace: string, url: URL | null): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    [
      ...(process.env.BENCH_NODE ?? '').split(' ').filter((option) => option !== ''),
      'bin/modelcity.js',
      'serve',
      '--workspace',
      workspace,
      '--no-publish',
      '--port',
      String(port),
    ],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...process.env,
        MODELCITY_SECRET: secret,
        ...(url === null ? {} : { DATABASE_URL: url.href }),
      },
    },
  );
  return new Promise((done, fail) => {
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (/Ready after/.test(said)) done(child);
    });
    child.on('exit', (code) => fail(new Error(`the server ended with ${code}: ${said.slice(-800)}`)));
  });
}

/** Everybody saves a value once in a while, to a server by turns; to the other one when theirs is gone. */
async function enter(
  entries: readonly Entry[],
  started: readonly number[],
  seconds: number,
  pace: number,
  halfWay: (acknowledged: ReadonlySet<string>) => void,
) {
  const acknowledged = new Set<string>();
  const times: number[] = [];
  let [conflicts, repeats] = [0, 0];
  const until = Date.now() + seconds * 1000;
  setTimeout(() => halfWay(acknowledged), seconds * 500).unref();
  await Promise.all(
    entries.map(async (entry, who) => {
      let expected = 0;
      let value = who;
      await wait((who * pace * 1000) / entries.length);
      for (let turn = 0; Date.now() < until; turn++) {
        const save = `bench-${who}-${turn}`;
        value += 1;
        for (let attempt = 0; ; attempt++) {
          const port = started[(who + attempt) % started.length] ?? ports[0];
          const begun = performance.now();
          try {
            const response = await fetch(`http://localhost:${port}/api/office/shanghai/rounds/bench/cells`, {
              method: 'POST',
              headers: {
                ...entry.by,
                origin: `http://localhost:${port}`,
                'content-type': 'application/json',
              },
              body: JSON.stringify({
                save,
                cells: [
                  {
                    area: entry.area,
                    department: entry.department,
                    indicator: entry.indicator,
                    value: String(value),
                    expected,
                  },
                ],
              }),
            });
            const { cells }: { cells: { outcome: string; seq: number }[] } = await response.json();
            const [cell] = cells;
            times.push(performance.now() - begun);
            if (cell === undefined) throw new Error('no answer');
            expected = cell.seq;
            if (cell.outcome === 'saved') acknowledged.add(save);
            else if (cell.outcome === 'conflict') conflicts += 1;
            else throw new Error(`refused: ${JSON.stringify(cell)}`);
            break;
          } catch (error) {
            if (error instanceof Error && /^refused/.test(error.message)) throw error;
            repeats += 1;
            if (attempt > 20) throw error;
            await wait(200);
          }
        }
        await wait(pace * (750 + ((who * 37 + turn * 101) % 500)));
      }
    }),
  );
  return { acknowledged, times, conflicts, repeats };
}

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

async function asOwner(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
