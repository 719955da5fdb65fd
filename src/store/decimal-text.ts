/**
 * A decimal as the database gives it back: no plus sign, no leading zeros, no exponent, no negative zero; digits after
 * the point stay as the source printed them. Takes what `parseDecimal` of the model reads.
 */
export function plainDecimal(text: string): string {
  const match = /^([+-]?)0*(\d+?)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text);
  if (match === null) throw new RangeError(`not a decimal: ${text.slice(0, 40)}`);
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] = match;
  const [digits, places] = shifted(whole, fraction, Number(exponent));
  const padded = digits.padStart(places + 1, '0');
  const cut = padded.length - places;
  const plain =
    (padded.slice(0, cut).replace(/^0+(?=\d)/, '') || '0') + (places > 0 ? `.${padded.slice(cut)}` : '');
  return sign === '-' && /[1-9]/.test(plain) ? `-${plain}` : plain;
}

/** All digits, and how many of them stand after the point. */
function shifted(whole: string, fraction: string, exponent: number): [string, number] {
  const places = fraction.length - exponent;
  return places >= 0 ? [whole + fraction, places] : [whole + fraction + '0'.repeat(-places), 0];
}
