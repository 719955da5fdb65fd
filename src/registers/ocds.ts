import { z } from 'zod';
import type { Finding } from '../model/index.ts';
import type { Case } from './case.ts';
import type { FormValues } from './form.ts';

/**
 * Purchases as releases of the Open Contracting Data Standard 1.1: each contract of a release package is one purchase of a
 * register whose form asks for ocid, buyer, category, amount, green and signed_on, and the other way about.
 */
const text = z.string().min(1).max(500);
const itemSchema = z.looseObject({
  id: z.union([text, z.int()]),
  classification: z.looseObject({ scheme: text, id: z.union([text, z.int()]) }).optional(),
});
const contractSchema = z.looseObject({
  id: z.union([text, z.int()]),
  awardID: z.union([text, z.int()]),
  dateSigned: z.iso.datetime({ offset: true }),
  // An amount is a JSON number: exact as far as the sender's fifteen digits go.
  value: z.looseObject({ amount: z.number().nonnegative(), currency: z.string().length(3) }),
  items: z.array(itemSchema).min(1).max(1000),
  'modelcity:green': z.enum(['national', 'eu', 'other', 'none']).optional(),
});
const releaseSchema = z.looseObject({
  ocid: text,
  id: text,
  date: z.iso.datetime({ offset: true }),
  tag: z.array(text).min(1),
  initiationType: z.literal('tender'),
  buyer: z.looseObject({ id: z.union([text, z.int()]).optional(), name: text.optional() }).optional(),
  tender: z
    .looseObject({ sustainability: z.array(z.looseObject({ goal: text.optional() })).optional() })
    .optional(),
  contracts: z.array(contractSchema).max(1000).default([]),
});
const packageSchema = z.looseObject({
  uri: text,
  version: z
    .string()
    .regex(/^\d+\.\d+$/)
    .optional(),
  publishedDate: z.iso.datetime({ offset: true }),
  publisher: z.looseObject({ name: text }),
  releases: z.array(releaseSchema).min(1).max(5000),
});
type Release = z.infer<typeof releaseSchema>;
type Contract = z.infer<typeof contractSchema>;

/** Beginnings of codes of the Common Procurement Vocabulary (EC 213/2008) of the categories that have an eco-label standard. */
const categories: readonly (readonly [prefix: string, category: string])[] = [
  ['301976', 'paper'],
  ['30213', 'computers'],
  ['391', 'furniture'],
  ['341', 'vehicles'],
  ['315', 'lighting'],
];

/** A contract of a package as a purchase, and where in the package it stands: `releases/0/contracts/1`. */
export interface OcdsPurchase {
  readonly pointer: string;
  readonly values: FormValues;
}

/** Reads a release package; every fault of every contract is told by its pointer, and then nothing of it is taken. */
export function readReleasePackage(content: unknown): {
  readonly purchases: readonly OcdsPurchase[];
  readonly findings: readonly Finding[];
} {
  const read = packageSchema.safeParse(content);
  if (!read.success)
    return {
      purchases: [],
      findings: read.error.issues
        .slice(0, 100)
        .map(({ path, message }) =>
          fault(
            path.map(String).join('/'),
            message,
            'a release package has the form of OCDS 1.1',
            'correct this place',
          ),
        ),
    };
  const findings: Finding[] = [];
  const purchases = read.data.releases.flatMap((release, at) =>
    release.contracts.flatMap((contract, each) => {
      const pointer = `releases/${at}/contracts/${each}`;
      const found = purchaseOf(release, contract, pointer);
      if ('values' in found) return [found];
      findings.push(...found.faults);
      return [];
    }),
  );
  if (purchases.length === 0 && findings.length === 0)
    findings.push(
      fault(
        'releases',
        'no release has a contract',
        'a purchase is a contract that was signed',
        'send releases with contracts',
      ),
    );
  return { purchases: findings.length > 0 ? [] : purchases, findings };
}

function purchaseOf(
  release: Release,
  contract: Contract,
  pointer: string,
): OcdsPurchase | { readonly faults: readonly Finding[] } {
  const faults: Finding[] = [];
  const category = categoryOf(contract);
  const green = contract['modelcity:green'] ?? markOf(release);
  const buyer = release.buyer?.name;
  if (buyer === undefined)
    faults.push(
      fault(
        `${pointer.slice(0, pointer.indexOf('/contracts'))}/buyer/name`,
        'the buyer has no name',
        'a purchase is somebody’s',
        'name the buyer',
      ),
    );
  if (contract.value.currency !== 'CNY')
    faults.push(
      fault(
        `${pointer}/value/currency`,
        `the currency is ${contract.value.currency}`,
        'the register keeps CNY, and rates are not guessed',
        'convert it before, at the rate of the day',
      ),
    );
  if (category === null)
    faults.push(
      fault(
        `${pointer}/items`,
        'the items are of no one category: each needs a classification of scheme CPV, all of the same category',
        'the share is of purchases of the same categories',
        'classify the items by CPV, or split the contract by category',
      ),
    );
  if (green === null)
    faults.push(
      fault(
        `${pointer}/modelcity:green`,
        'it is not said whether the purchase is green',
        'what is not said is missing, not none',
        "say 'modelcity:green': national, eu, other or none, or give tender/sustainability",
      ),
    );
  if (buyer === undefined || category === null || green === null || faults.length > 0) return { faults };
  return {
    pointer,
    values: {
      ocid: `${release.ocid} ${contract.id}`,
      buyer,
      category,
      amount: String(contract.value.amount),
      green,
      signed_on: contract.dateSigned.slice(0, 10),
    },
  };
}

function categoryOf({ items }: Contract): string | null {
  const found = new Set(
    items.map(({ classification }) =>
      classification?.scheme !== 'CPV'
        ? null
        : (categories.find(([prefix]) => String(classification.id).startsWith(prefix))?.[1] ?? 'other'),
    ),
  );
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

/** The sustainability extension says that a purchase has an environmental goal, not by which label. */
function markOf({ tender }: Release): string | null {
  const goals = tender?.sustainability;
  if (goals === undefined) return null;
  return goals.some(({ goal }) => goal?.startsWith('environmental') === true) ? 'other' : 'none';
}

function fault(pointer: string, what: string, why: string, mend: string): Finding {
  return {
    rule: 'ocds.release',
    severity: 'error',
    where: { file: 'release package', pointer: `/${pointer}` },
    what,
    why,
    mend,
  };
}

/** Purchases as one release package: each a release of its own with one contract. `at`: when it is written. */
export function releasePackage(
  cases: readonly Case[],
  { uri, publisher, at }: { readonly uri: string; readonly publisher: string; readonly at: string },
): object {
  return {
    uri,
    version: '1.1',
    publishedDate: at,
    publisher: { name: publisher },
    releases: cases.map(({ values, number, steps }) => {
      const [ocid = number, contract = number] = (values.ocid ?? number).split(' ');
      const code = categories.find(([, category]) => category === values.category)?.[0];
      return {
        ocid,
        id: number,
        date: steps.at(-1)?.occurred ?? at,
        tag: ['contract'],
        initiationType: 'tender',
        parties: [{ id: 'buyer', name: values.buyer, roles: ['buyer'] }],
        buyer: { id: 'buyer', name: values.buyer },
        contracts: [
          {
            id: contract,
            awardID: contract,
            dateSigned: `${values.signed_on ?? ''}T00:00:00+08:00`,
            value: { amount: Number(values.amount), currency: 'CNY' },
            items: [
              {
                id: '1',
                description: values.category,
                // Codes have eight digits; what has no eco-label standard has no code here.
                ...(code === undefined ? {} : { classification: { scheme: 'CPV', id: code.padEnd(8, '0') } }),
              },
            ],
            'modelcity:green': values.green,
          },
        ],
      };
    }),
  };
}
