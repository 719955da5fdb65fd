import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RegisterDeclaration } from './declaration.ts';
import { readDeclaration } from './read-declaration.ts';

const folder = fileURLToPath(new URL('./shipped/', import.meta.url));

/** Ids of the registers that are shipped, in order. */
export function shippedRegisters(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/** A shipped register's declaration. Throws when there is none of this id, or it is not whole. */
export function shippedRegister(id: string): RegisterDeclaration {
  if (!shippedRegisters().includes(id)) throw new RangeError(`no register '${id}' is shipped`);
  const { declaration, findings } = readDeclaration(
    `${id}.yaml`,
    readFileSync(`${folder}${id}.yaml`, 'utf8'),
  );
  if (declaration === null) throw new Error(`${id}.yaml: ${findings[0]?.what ?? ''}`);
  return declaration;
}
