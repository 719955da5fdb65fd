import { z } from 'zod';
import { canonicalJson } from '../figures/index.ts';
import { checkSignature, fingerprintOf, type SigningKey, signText } from './signing-key.ts';

const hex = z.string().regex(/^[0-9a-f]{64}$/);

/** The city's signature under a responsibility letter: what it says, and the hashes of its PDFs. */
export const letterSealSchema = z.strictObject({
  modelcity: z.literal('responsibility letter 1'),
  letter: z.json(),
  pdf: z.strictObject({ en: hex, zh: hex }),
  algorithm: z.literal('Ed25519'),
  publicKey: z.string().max(1000),
  signature: z.string().max(1000),
});
export type LetterSeal = z.infer<typeof letterSealSchema>;

type Signed = LetterSeal['letter'];

const signedText = (letter: Signed, pdf: LetterSeal['pdf']): string =>
  canonicalJson({ modelcity: 'responsibility letter 1', letter, pdf });

/** Signs with the key that signs the city's editions. */
export function sealLetter(letter: Signed, pdf: LetterSeal['pdf'], key: SigningKey): LetterSeal {
  return {
    modelcity: 'responsibility letter 1',
    letter,
    pdf,
    algorithm: 'Ed25519',
    publicKey: key.publicPem,
    signature: signText(signedText(letter, pdf), key),
  };
}

/** Whether the signature fits, and the fingerprint of the key that it was made with; null where the key is none. */
export function checkLetter({ letter, pdf, signature, publicKey }: LetterSeal): {
  readonly holds: boolean;
  readonly fingerprint: string | null;
} {
  return {
    holds: checkSignature(signedText(letter, pdf), signature, publicKey) === true,
    fingerprint: fingerprintOf(publicKey),
  };
}
