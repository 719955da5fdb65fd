/** Digits after the point of a number's shortest text; null when it is no finite number. */
export function decimalsOf(text: string): number | null {
  const match = /^-?\d+(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(text);
  if (match === null) return null;
  return Math.max(0, (match[1]?.length ?? 0) - Number(match[2] ?? 0));
}
