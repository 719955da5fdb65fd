// A process that tests kill while it publishes: opens a store on each engine, puts the sample city into it if it is not
// there, says how far its log is, then publishes from all of them at once and says what came of it. One kill strikes all.
//   node scripts/publish-writer.js (<name of the engine> <directory> <databaseUrl or -> <folder of editions>)…
import { FigureSet } from '../dist/figures/index.js';
import { parseWorkspace } from '../dist/intake/index.js';
import { publishEdition } from '../dist/publish/publish.js';
import { sampleFiles } from '../dist/publish/sample.js';
import { openSigningKey } from '../dist/publish/signing-key.js';
import { openStore } from '../dist/store/index.js';

// The sample in one language, as a city without a model of its own: what is written of it is of every kind, and a life spends
// more of its time writing, which is where a kill may leave a half.
const city = 'small';
const changed = {
  'city.yaml': sampleFiles['city.yaml'].replace('id: shanghai', `id: ${city}`).replace('[en, zh]', '[en]'),
};
const files = Object.entries({ ...sampleFiles, ...changed })
  .filter(([path]) => !path.endsWith('.zh.md'))
  .map(([path, text]) => ({ path, bytes: new TextEncoder().encode(text) }));
const page = (n) =>
  new Response(`<title>${n}</title>${n < 300 ? `<a href="/en/${n + 1}/">on</a>` : ''}`, {
    headers: { 'content-type': 'text/html' },
  });

async function openWithCity({ name, directory, databaseUrl }) {
  const store = await openStore({ directory, ...(databaseUrl === '-' ? {} : { databaseUrl }) });
  if ((await store.cities()).length === 0) {
    const { workspace } = parseWorkspace(files);
    await store.submit({
      city,
      agent: 'writer',
      received: '2022-10-31T08:00:00Z',
      files,
      kind: 'workspace',
      workspace,
    });
  }
  const [{ head }] = await store.cities();
  console.log(`head ${name} ${head}`);
  return { store, head };
}

async function publishFrom({ name, directory, out }, { store, head }) {
  const workspace = await store.workspace(city, head);
  const result = await publishEdition({
    city,
    review: '2022',
    places: [{ workspace, figures: new FigureSet(workspace, { asOf: head }), asOf: head }],
    out,
    key: openSigningKey(directory, city),
    request: (path) => page(Number(/\d+/.exec(path)?.[0] ?? 0)),
    starts: ['/en/'],
  });
  console.log(
    result.archive === null
      ? `fault ${name} ${JSON.stringify(result.findings)}`
      : `published ${name} ${result.archive}`,
  );
  await store.close();
}

const words = process.argv.slice(2);
const engines = Array.from({ length: words.length / 4 }, (_, at) => {
  const [name, directory, databaseUrl, out] = words.slice(4 * at, 4 * at + 4);
  return { name, directory, databaseUrl, out };
});
const opened = await Promise.all(engines.map(openWithCity));
await Promise.all(engines.map((engine, at) => publishFrom(engine, opened[at])));
