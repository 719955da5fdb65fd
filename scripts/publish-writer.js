// A process that tests kill while it publishes: opens a store, puts the sample city into it if it is not there, says how
// far its log is, then publishes and says what came of it.
//   node scripts/publish-writer.js <directory> <databaseUrl or -> <folder of editions>
import { FigureSet } from '../dist/figures/index.js';
import { parseWorkspace } from '../dist/intake/index.js';
import { publishEdition } from '../dist/publish/publish.js';
import { sampleFiles } from '../dist/publish/sample.js';
import { openSigningKey } from '../dist/publish/signing-key.js';
import { openStore } from '../dist/store/index.js';

const [, , directory = '', databaseUrl = '-', out = ''] = process.argv;
const city = 'shanghai';
const store = await openStore({ directory, ...(databaseUrl === '-' ? {} : { databaseUrl }) });
if ((await store.cities()).length === 0) {
  const files = Object.entries(sampleFiles).map(([path, text]) => ({
    path,
    bytes: new TextEncoder().encode(text),
  }));
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
console.log(`head ${head}`);

const workspace = await store.workspace(city, head);
const page = (n) =>
  new Response(`<title>${n}</title>${n < 300 ? `<a href="/en/${n + 1}/">on</a>` : ''}`, {
    headers: { 'content-type': 'text/html' },
  });
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
  result.archive === null ? `fault ${JSON.stringify(result.findings)}` : `published ${result.archive}`,
);
await store.close();
