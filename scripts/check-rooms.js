// The import rule: rooms import only downward, and another room only through its index.ts.
// A planted violation proves on every run that the rule still bites.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { browserRooms, rooms } from './rooms.js';

const fromProduct = { pathNot: '\\.test\\.tsx?$' };

export const forbidden = [
  {
    name: 'no-circular',
    severity: 'error',
    from: {},
    to: { circular: true, dependencyTypesNot: ['type-only'] },
  },
  ...rooms.map((room, at) => ({
    name: `down-from-${room}`,
    severity: 'error',
    from: { path: `^src/${room}/` },
    to: { path: `^src/(${rooms.slice(0, at).join('|') || '$^'})/` },
  })),
  ...rooms.map((room) => ({
    name: `door-of-${room}`,
    severity: 'error',
    from: { path: '^src/', pathNot: `^src/${room}/` },
    to: { path: `^src/${room}/`, pathNot: `^src/${room}/index\\.ts$` },
  })),
  {
    name: 'runs-in-a-browser',
    severity: 'error',
    from: { ...fromProduct, path: `^src/(${browserRooms.join('|')})/` },
    to: { path: `^(node:)?(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})(/|$)` },
  },
];

async function violations(paths, base) {
  const { output } = await cruise(paths, {
    ruleSet: { forbidden },
    validate: true,
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    ...(base ? { baseDir: base } : {}),
  });
  return output.summary;
}

const planted = mkdtempSync(join(process.cwd(), '.rooms-'));
try {
  for (const room of ['model', 'store']) mkdirSync(join(planted, 'src', room), { recursive: true });
  writeFileSync(
    join(planted, 'src/model/index.ts'),
    "import { deep } from '../store/deep.ts';\nexport const a = deep;\n",
  );
  writeFileSync(join(planted, 'src/store/index.ts'), 'export {};\n');
  writeFileSync(join(planted, 'src/store/deep.ts'), 'export const deep = 1;\n');
  const found = (await violations(['src'], planted)).violations.map((violation) => violation.rule.name);
  for (const rule of ['down-from-model', 'door-of-store'])
    if (!found.includes(rule))
      throw new Error(`the import rule is asleep: a planted violation of ${rule} passed`);
} finally {
  rmSync(planted, { recursive: true, force: true });
}

const summary = await violations(['src']);
if (summary.totalCruised === 0) throw new Error('no module was read: the import rule checked nothing');
for (const { from, to, rule } of summary.violations) console.error(`${rule.name}: ${from} imports ${to}`);
console.log(`rooms: ${summary.totalCruised} modules read, ${summary.violations.length} violations`);
process.exitCode = summary.violations.length === 0 ? 0 : 1;
