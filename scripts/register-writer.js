// A process that tests kill: files complaints and moves its own block of allowances between two enterprises, back and forth,
// saying each case once the store has acknowledged it. A lost connection is tried again with the same message.
//   node scripts/register-writer.js <directory> <databaseUrl> <number of the writer> <name of this life>
import { openRegisters } from '../dist/registers/index.js';
import { openStore } from '../dist/store/index.js';

const [, , directory = '', databaseUrl = '', writer = '0', life = ''] = process.argv;
const store = await openStore({ directory, databaseUrl });
const workspace = await store.workspace('shanghai');
const all = openRegisters(workspace, store, directory);
const common = {
  area: '310117',
  as: 'administrator',
  actor: `writer ${writer}`,
  now: '2022-06-01T02:00:00Z',
};
const block = `W${writer}:1-10`;

async function taken(register, kind, values, message) {
  for (;;) {
    try {
      const result = await all.get(register).take({ ...common, kind, values, message });
      if (result.case !== null) return result.case.number;
      const [{ rule }] = result.findings;
      // The answer was lost, not the step.
      if (rule === 'register.replayed') return 'again';
      if (rule === 'serial.held') return null;
      console.log(`fault ${JSON.stringify(result.findings)}`);
      process.exit(3);
    } catch (error) {
      console.log(`lost ${error instanceof Error ? error.message.replaceAll('\n', ' ') : error}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

console.log('ready');
let [from, to] = Number(writer) % 2 === 0 ? ['e1', 'e2'] : ['e2', 'e1'];
for (let turn = 1; ; turn += 1) {
  const filed = await taken(
    'complaints',
    'filed',
    { category: 'water', description: `turn ${turn}`, location: '31.0,121.0' },
    `${life} ${turn}`,
  );
  console.log(`filed ${filed} ${life} ${turn}`);
  const moved = await taken(
    'carbon',
    'transferred',
    { seller: from, buyer: to, moved_item: 'allowance', moved_blocks: block },
    `${life} ${turn}`,
  );
  if (moved !== null) console.log(`moved ${moved} ${life} ${turn}`);
  [from, to] = [to, from];
}
