import type { Finding } from '../model/index.ts';
import type { Case } from './case.ts';
import type { FormValues } from './form.ts';
import { contractsIn, type OcdsContract, packageFault } from './ocds-package.ts';

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
  /** Who bought, by the publisher's id; null where none is given. */
  readonly buyerId: string | null;
}

/**
 * Reads a release package or a record package of OCDS 1.1: each contract is one purchase of a register whose form asks for
 * ocid, buyer, category, amount, green and signed_on. Every fault of every contract is told by its pointer, and then nothing
 * of it is taken.
 */
export function readReleasePackage(content: unknown): {
  readonly purchases: readonly OcdsPurchase[];
  readonly findings: readonly Finding[];
} {
  const read = contractsIn(content);
  const findings = [...read.findings];
  const purchases = read.contracts.flatMap((each) => {
    const found = purchaseOf(each);
    if ('values' in found) return [found];
    findings.push(...found.faults);
    return [];
  });
  if (purchases.length === 0 && findings.length === 0)
    findings.push(
      packageFault(
        'releases',
        'no release has a contract',
        'a purchase is a contract that was signed',
        'send releases with contracts',
      ),
    );
  return { purchases: findings.length > 0 ? [] : purchases, findings };
}

function purchaseOf(told: OcdsContract): OcdsPurchase | { readonly faults: readonly Finding[] } {
  const { pointer, ocid, contract, buyer } = told;
  const faults: Finding[] = [];
  const category = categoryOf(told);
  const green = contract['modelcity:green'] ?? markOf(told);
  if (buyer === null)
    faults.push(
      packageFault(
        `${pointer.slice(0, pointer.indexOf('/contracts'))}/buyer/name`,
        'the buyer has no name',
        'a purchase is somebody’s',
        'name the buyer, or the party that is the buyer',
      ),
    );
  if (contract.value.currency !== 'CNY')
    faults.push(
      packageFault(
        `${pointer}/value/currency`,
        `the currency is ${contract.value.currency}`,
        'the register keeps CNY, and rates are not guessed',
        'convert it before, at the rate of the day',
      ),
    );
  if (category === null)
    faults.push(
      packageFault(
        `${pointer}/items`,
        'the items are of no one category: each needs a classification of scheme CPV, all of the same category',
        'the share is of purchases of the same categories',
        'classify the items of the contract, its award or the tender by CPV, or split the contract by category',
      ),
    );
  if (green === null)
    faults.push(
      packageFault(
        `${pointer}/modelcity:green`,
        'it is not said whether the purchase is green',
        'what is not said is missing, not none',
        "say 'modelcity:green': national, eu, other or none, or give tender/sustainability",
      ),
    );
  if (buyer === null || category === null || green === null || faults.length > 0) return { faults };
  return {
    pointer,
    buyerId: told.buyerId,
    values: {
      ocid: `${ocid} ${contract.id}`,
      buyer,
      category,
      amount: String(contract.value.amount),
      green,
      signed_on: contract.dateSigned.slice(0, 10),
    },
  };
}

function categoryOf({ items }: OcdsContract): string | null {
  const found = new Set(
    items.map(({ classification }) =>
      classification?.scheme !== 'CPV' || classification.id === undefined
        ? null
        : (categories.find(([prefix]) => String(classification.id).startsWith(prefix))?.[1] ?? 'other'),
    ),
  );
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
}

/** The sustainability extension says that a purchase has an environmental goal, not by which label. */
function markOf({ goals }: OcdsContract): string | null {
  if (goals === null) return null;
  return goals.some((goal) => goal?.startsWith('environmental') === true) ? 'other' : 'none';
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
        parties: [{ id: values.buyer_body ?? 'buyer', name: values.buyer, roles: ['buyer'] }],
        buyer: { id: values.buyer_body ?? 'buyer', name: values.buyer },
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
