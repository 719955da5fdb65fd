import { z } from 'zod';
import { isPeriod } from './period.ts';
import { isDecimal } from './rational.ts';
import { parseUnit } from './unit.ts';

/** Pieces that the schemas of all nouns share. Every error text says what is expected, for a person who edits a file. */

/** Ids are stable, lower-case and safe in a file name and a URL. */
export const idSchema = z
  .string()
  .regex(
    /^[a-z0-9]+(?:[._-][a-z0-9]+)*$/,
    'an id has lower-case letters, digits, and single . _ - between them',
  )
  .max(120);

/** An area code: ISO 3166-2 style or a national code (`CN-31`, `310117`), letters, digits, `-`, `_`. */
export const areaIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*$/, 'an area code has letters, digits, - and _')
  .max(60);

export const localizedSchema = z
  .strictObject({ en: z.string().max(4000).default(''), zh: z.string().max(4000).default('') })
  .refine(({ en, zh }) => en.trim() !== '' || zh.trim() !== '', 'a name in at least one language');

export const decimalSchema = z.string().refine(isDecimal, 'a plain decimal such as 12.5');
export const unitSchema = z
  .string()
  .refine((text) => parseUnit(text) !== null, 'a unit code, see docs/units.md');
export const periodSchema = z
  .string()
  .refine(isPeriod, 'a period such as 2021, 2021-09, 2015/2021 or undated');
export const isoDateSchema = z
  .string()
  .regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/, 'a date such as 2022-10-31, 2022-10 or 2022');
