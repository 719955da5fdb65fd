/** Why a password will not do; null when it will. Length beats rules of composition (NIST SP 800-63B §5.1.1.2). */
export type PasswordFault = 'short' | 'long' | 'common' | 'personal';

export const shortestPassword = 12;
export const longestPassword = 128;

/** Beginnings of what everybody tries first; a password that is one of them with digits or signs added is refused. */
const common = [
  'password',
  'passw0rd',
  'qwerty',
  'qwertyuiop',
  'letmein',
  'welcome',
  'administrator',
  'admin',
  'iloveyou',
  'monkey',
  'dragon',
  'abc',
  'abcd',
  'woaini',
  'wodemima',
  'mima',
  'modelcity',
  'shanghai',
  'chengdu',
  'shenyang',
  'changeme',
  'secret',
];

export function passwordFault(
  password: string,
  { email, name }: { readonly email: string; readonly name: string },
): PasswordFault | null {
  const characters = [...password].length;
  if (characters < shortestPassword) return 'short';
  if (characters > longestPassword) return 'long';
  const plain = password.toLowerCase();
  const letters = plain.replace(/[^\p{L}]/gu, '');
  if (new Set(plain).size < 5 || letters === '' || common.includes(letters)) return 'common';
  const own = [email.toLowerCase().split('@')[0] ?? '', ...name.toLowerCase().split(/\s+/)];
  if (own.some((word) => word.length >= 4 && plain.includes(word) && plain.length - word.length < 8))
    return 'personal';
  return null;
}
