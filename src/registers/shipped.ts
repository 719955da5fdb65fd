import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { RegisterDeclaration } from '../model/index.ts';
import { readDeclaration } from './read-declaration.ts';

const folder = fileURLToPath(new URL('./shipped/', import.meta.url));
const read = new Map<string, RegisterDeclaration>();

/** Ids of the registers that are shipped, in order. */
export function shippedRegisters(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.slice(0, -'.yaml'.length))
    .sort();
}

/** A shipped register's declaration. Throws when there is none of this id, or it is not whole. */
export function shippedRegister(id: string): RegisterDeclaration {
  const known = read.get(id);
  if (known !== undefined) return known;
  if (!shippedRegisters().includes(id)) throw new RangeError(`no register '${id}' is shipped`);
  const { declaration, findings } = readDeclaration(
    `${id}.yaml`,
    readFileSync(`${folder}${id}.yaml`, 'utf8'),
  );
  if (declaration === null)
    throw new Error(
      `${id}.yaml: ${findings.map(({ where, what }) => `${where.pointer ?? ''} ${what}`).join('; ')}`,
    );
  read.set(id, declaration);
  return declaration;
}

/** The registers of a city: its own, and the shipped ones that it has no own of the same id for. */
export function registersOf(own: readonly RegisterDeclaration[] = []): readonly RegisterDeclaration[] {
  const named = new Set(own.map(({ id }) => id));
  return [
    ...own,
    ...shippedRegisters()
      .filter((id) => !named.has(id))
      .map(shippedRegister),
  ];
}
