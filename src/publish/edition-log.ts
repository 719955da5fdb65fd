import { z } from 'zod';
import { canonicalJson, consistencyProof, treeHash, verifyConsistency } from '../figures/index.ts';
import type { Finding } from '../model/index.ts';
import { checkSignature, fingerprintOf, type SigningKey, signText } from './signing-key.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);
const short = z.string().max(1000);

const entrySchema = z.strictObject({
  city: short,
  review: short,
  date: short,
  size: z.int().min(1),
  root: hex,
});

/** One edition in its city's log: how many entries its manifest has, and their root. */
export type LogEntry = z.infer<typeof entrySchema>;

const headSchema = z.strictObject({ size: z.int().min(1), root: hex });

/** The head of the log: what is signed. */
export type LogHead = z.infer<typeof headSchema>;

export const sealSchema = z.strictObject({
  modelcity: z.literal(1),
  /** Every edition of the city so far, the newest last. */
  log: z.array(entrySchema).min(1).max(100_000),
  head: headSchema,
  /** For each earlier edition: its head, and the proof that the log has only grown since (RFC 6962 §2.1.2). */
  earlier: z.array(z.strictObject({ head: headSchema, proof: z.array(hex).max(64) })).max(100_000),
  algorithm: z.literal('Ed25519'),
  publicKey: short,
  signature: short,
});

/** The seal of an edition: the city's signature under everything published so far. */
export type Seal = z.infer<typeof sealSchema>;

const leaf = (entry: LogEntry): string => canonicalJson({ ...entry });

export function logHead(log: readonly LogEntry[]): LogHead {
  return { size: log.length, root: treeHash(log.map(leaf)) };
}

/** The bytes under the signature: the head of the log and the edition that it ends with. */
function signedText(head: LogHead, entry: LogEntry): string {
  return canonicalJson({ modelcity: 'edition seal 1', head: { ...head }, edition: { ...entry } });
}

export function sealEdition(entry: LogEntry, before: readonly LogEntry[], key: SigningKey): Seal {
  const log = [...before, entry];
  const head = logHead(log);
  const leaves = log.map(leaf);
  return {
    modelcity: 1,
    log,
    head,
    earlier: before.map((_, at) => ({
      head: logHead(log.slice(0, at + 1)),
      proof: consistencyProof(leaves, at + 1),
    })),
    algorithm: 'Ed25519',
    publicKey: key.publicPem,
    signature: signText(signedText(head, entry), key),
  };
}

/** What a verifier knows from elsewhere. */
export interface Trusted {
  /** Fingerprint of the city's key, as the city prints it. */
  readonly fingerprint?: string | undefined;
  /** The head of the log that an edition at hand ended with. */
  readonly earlierHead?: LogHead | undefined;
}

/** Checks log, proofs and signature. The first finding is the first thing that is wrong. */
export function checkSeal(seal: Seal, trusted: Trusted = {}): Finding[] {
  const findings: Finding[] = [];
  const report = (rule: string, pointer: string, what: string, why: string) => {
    findings.push({
      rule,
      severity: 'error',
      where: { file: 'seal.json', pointer },
      what,
      why,
      mend: 'take the edition again from its publisher, and compare the fingerprint of the key',
    });
  };
  const head = logHead(seal.log);
  if (head.size !== seal.head.size || head.root !== seal.head.root)
    report(
      'seal.log',
      '/head',
      `the log of editions gives the head ${head.root}, the seal says ${seal.head.root}`,
      'an entry of the log was changed, added or taken out',
    );
  seal.earlier.forEach(({ head: old, proof }, at) => {
    const own = logHead(seal.log.slice(0, old.size));
    if (old.size !== at + 1 || own.root !== old.root || !verifyConsistency(old, seal.head, proof))
      report(
        'seal.history',
        `/earlier/${at}`,
        `the log does not continue the one of edition ${at + 1}`,
        'published history may only grow',
      );
  });
  if (seal.earlier.length !== seal.log.length - 1)
    report(
      'seal.history',
      '/earlier',
      `${seal.log.length - 1} earlier editions need as many proofs, there are ${seal.earlier.length}`,
      'published history may only grow',
    );
  const { earlierHead } = trusted;
  if (earlierHead !== undefined) {
    const known = earlierHead.size <= seal.log.length ? logHead(seal.log.slice(0, earlierHead.size)) : null;
    if (known?.root !== earlierHead.root)
      report(
        'seal.fork',
        '/log',
        `the log does not contain the earlier edition with the head ${earlierHead.root}`,
        'the publisher shows different histories to different readers',
      );
  }
  const entry = seal.log.at(-1);
  const verdict =
    entry === undefined ? null : checkSignature(signedText(seal.head, entry), seal.signature, seal.publicKey);
  if (verdict === null)
    report('seal.key', '/publicKey', 'the public key is not an Ed25519 key', 'without it nothing is signed');
  else if (!verdict)
    report(
      'seal.signature',
      '/signature',
      'the signature does not belong to this log and edition',
      'someone without the city’s key changed it',
    );
  const fingerprint = fingerprintOf(seal.publicKey);
  if (
    trusted.fingerprint !== undefined &&
    fingerprint !== trusted.fingerprint.toLowerCase().replace(/[\s:]/g, '')
  )
    report(
      'seal.stranger',
      '/publicKey',
      `it is signed with the key ${fingerprint}, not with ${trusted.fingerprint}`,
      'anyone can sign with a key of their own',
    );
  return findings;
}
