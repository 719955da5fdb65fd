import type { RegisterDeclaration } from '../model/index.ts';

/** The value of a parameter for a year; null when there is none. */
export function parameterOf({ parameters }: RegisterDeclaration, id: string, year: string): string | null {
  const found = parameters.find((each) => each.id === id);
  if (found === undefined) return null;
  return (Object.hasOwn(found.values, year) ? found.values[year] : found.otherwise) ?? null;
}

/** A parameter that is a date, `2019-06-30`; null when the year has none. */
export function dateOfYear(declaration: RegisterDeclaration, id: string, year: string): string | null {
  const value = parameterOf(declaration, id, year);
  return value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : null;
}
