// npm run schemas: writes docs/schemas/ from the schemas of the code. A test fails when they are not current.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { build } from './build.js';

await build();
const { jsonSchemas } = await import('../dist/intake/index.js');
const folder = new URL('../docs/schemas/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const name of readdirSync(folder)) rmSync(new URL(name, folder));
for (const [name, text] of jsonSchemas()) writeFileSync(new URL(name, folder), text);
