import { z } from 'zod';
import type { Finding } from '../model/index.ts';

/**
 * Packages of the Open Contracting Data Standard 1.1: releases, or records with a compiled release or the releases that it
 * comes from.
 */
const text = z.string().min(1).max(500);
const idSchema = z.union([text, z.int()]);
const itemSchema = z.looseObject({
  id: idSchema,
  classification: z.looseObject({ scheme: text.optional(), id: idSchema.optional() }).optional(),
});
const itemsSchema = z.array(itemSchema).max(1000);
const contractSchema = z.looseObject({
  id: idSchema,
  awardID: idSchema,
  dateSigned: z.iso.datetime({ offset: true }),
  // An amount is a JSON number: exact as far as the sender's fifteen digits go.
  value: z.looseObject({ amount: z.number().nonnegative(), currency: z.string().length(3) }),
  items: itemsSchema.optional(),
  'modelcity:green': z.enum(['national', 'eu', 'other', 'none']).optional(),
});
const partySchema = z.looseObject({ id: idSchema.optional(), name: text.optional() });
const releaseSchema = z.looseObject({
  ocid: text,
  id: text,
  date: z.iso.datetime({ offset: true }),
  tag: z.array(text).min(1),
  initiationType: z.literal('tender'),
  parties: z
    .array(z.looseObject({ ...partySchema.shape, roles: z.array(text).optional() }))
    .max(1000)
    .optional(),
  buyer: partySchema.optional(),
  tender: z
    .looseObject({
      sustainability: z.array(z.looseObject({ goal: text.optional() })).optional(),
      items: itemsSchema.optional(),
    })
    .optional(),
  awards: z
    .array(z.looseObject({ id: idSchema, items: itemsSchema.optional() }))
    .max(1000)
    .optional(),
  contracts: z.array(contractSchema).max(1000).default([]),
});
const packaged = {
  uri: text,
  version: z
    .string()
    .regex(/^\d+\.\d+$/)
    .optional(),
  publishedDate: z.iso.datetime({ offset: true }),
  publisher: z.looseObject({ name: text }),
};
const releasePackageSchema = z.looseObject({
  ...packaged,
  releases: z.array(releaseSchema).min(1).max(5000),
});
const recordPackageSchema = z.looseObject({
  ...packaged,
  records: z
    .array(
      z.looseObject({
        ocid: text,
        compiledRelease: releaseSchema.optional(),
        releases: z
          .array(z.union([releaseSchema, z.looseObject({ url: text })]))
          .max(1000)
          .optional(),
      }),
    )
    .min(1)
    .max(5000),
});
type Release = z.infer<typeof releaseSchema>;

/** A contract, and what its own release or another of the same process says about it. */
export interface OcdsContract {
  /** Where it stands: `releases/0/contracts/1`, `records/2/compiledRelease/contracts/0`. */
  readonly pointer: string;
  readonly ocid: string;
  readonly contract: z.infer<typeof contractSchema>;
  readonly buyer: string | null;
  /** The buyer's id, as its publisher gives it. */
  readonly buyerId: string | null;
  /** Its own, else its award's, else the tender's. */
  readonly items: z.infer<typeof itemsSchema>;
  readonly goals: readonly (string | undefined)[] | null;
}

/** Reads the contracts of a package; what has not the form of one is told by its pointer. */
export function contractsIn(content: unknown): {
  readonly contracts: readonly OcdsContract[];
  readonly findings: readonly Finding[];
} {
  const isRecords = typeof content === 'object' && content !== null && 'records' in content;
  const read = isRecords ? recordPackageSchema.safeParse(content) : releasePackageSchema.safeParse(content);
  if (!read.success)
    return {
      contracts: [],
      findings: read.error.issues
        .slice(0, 100)
        .map(({ path, message }) =>
          packageFault(
            path.map(String).join('/'),
            message,
            'a release or record package has the form of OCDS 1.1',
            'correct this place',
          ),
        ),
    };
  const found: Told[] = [];
  const findings: Finding[] = [];
  if ('releases' in read.data && Array.isArray(read.data.releases))
    for (const [at, release] of releasePackageSchema.parse(content).releases.entries())
      found.push({ pointer: `releases/${at}`, release });
  else
    for (const [at, { compiledRelease, releases = [] }] of recordPackageSchema
      .parse(content)
      .records.entries()) {
      if (compiledRelease !== undefined)
        found.push({ pointer: `records/${at}/compiledRelease`, release: compiledRelease });
      else
        for (const [each, release] of releases.entries()) {
          const whole = releaseSchema.safeParse(release);
          if (whole.success) found.push({ pointer: `records/${at}/releases/${each}`, release: whole.data });
        }
      if (found.at(-1)?.pointer.startsWith(`records/${at}/`) !== true)
        findings.push(
          packageFault(
            `records/${at}`,
            'the record only links to its releases',
            'nothing is fetched from elsewhere',
            'send records with a compiledRelease, or with their releases whole',
          ),
        );
    }
  return { contracts: findings.length > 0 ? [] : ofProcesses(found), findings };
}

interface Told {
  readonly pointer: string;
  readonly release: Release;
}

/** A contracting process is told by releases one after the other; a contract that is told again is told as it is now. */
function ofProcesses(all: readonly Told[]): readonly OcdsContract[] {
  const processes = new Map<string, Told[]>();
  for (const each of all) {
    const of = processes.get(each.release.ocid);
    if (of === undefined) processes.set(each.release.ocid, [each]);
    else of.push(each);
  }
  return [...processes].flatMap(([ocid, told]) => {
    const newestFirst = [...told].sort(
      (a, b) => Date.parse(b.release.date) - Date.parse(a.release.date) || (a.pointer < b.pointer ? 1 : -1),
    );
    const first = <T>(of: (release: Release) => T | undefined): T | undefined => {
      for (const { release } of newestFirst) {
        const value = of(release);
        if (value !== undefined) return value;
      }
      return undefined;
    };
    const later = new Set<string>();
    const contracts = newestFirst.flatMap(({ pointer, release }) => {
      const told = release.contracts.flatMap((contract, at): OcdsContract[] => {
        if (later.has(String(contract.id))) return [];
        const award = first(({ awards }) =>
          filled(awards?.find(({ id }) => String(id) === String(contract.awardID))?.items),
        );
        return [
          {
            pointer: `${pointer}/contracts/${at}`,
            ocid,
            contract,
            buyer: first((release) => buyerOf(release)?.name) ?? null,
            buyerId: String(first((release) => buyerOf(release)?.id) ?? '') || null,
            items: filled(contract.items) ?? award ?? first(({ tender }) => filled(tender?.items)) ?? [],
            goals: first(({ tender }) => tender?.sustainability)?.map(({ goal }) => goal) ?? null,
          },
        ];
      });
      for (const { id } of release.contracts) later.add(String(id));
      return told;
    });
    return contracts.sort((a, b) => order(a.pointer, b.pointer));
  });
}

const filled = <T>(list: readonly T[] | undefined): T[] | undefined =>
  list === undefined || list.length === 0 ? undefined : [...list];

/** The buyer's name stands with the buyer, or with the party that is one. */
function buyerOf({ buyer, parties = [] }: Release): z.infer<typeof partySchema> | undefined {
  if (buyer?.name !== undefined) return buyer;
  return parties.find(({ id, roles }) =>
    buyer?.id === undefined
      ? roles?.includes('buyer') === true
      : id !== undefined && String(id) === String(buyer.id),
  );
}

function order(a: string, b: string): number {
  const [x, y] = [a, b].map((each) => each.split('/').map(Number));
  for (const [at, value] of (x ?? []).entries()) {
    const other = y?.[at] ?? 0;
    if (!Number.isNaN(value) && value !== other) return value - other;
  }
  return 0;
}

export function packageFault(pointer: string, what: string, why: string, mend: string): Finding {
  return {
    rule: 'ocds.release',
    severity: 'error',
    where: { file: 'release package', pointer: `/${pointer}` },
    what,
    why,
    mend,
  };
}
