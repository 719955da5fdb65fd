/** A piece of a text, and whether a line may end within it. */
export interface Piece {
  readonly text: string;
  readonly whole: boolean;
}

/**
 * A number with the sign before it and the unit behind it: "≥ 0.68 tce", "约 12.5 万吨标准煤", "−3 %", "2020年". A unit of several
 * words is kept with its first; Chinese counts as one unit up to the next mark, but no more than six characters.
 */
const quantity =
  /(?:[≥≤><≈约] ?)?[−+-]?\d+(?:[,.\u202f ]\d+)*(?: ?[%‰°][^\s·；;，,。.（(：:]*| [\p{Script=Latin}µ][^\s·；;，,（(：:]*| ?\p{Script=Han}{1,6})?/gu;

/** Cuts a text into what may be parted at a line end and what is kept on one line. */
export function keptTogether(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  const add = (piece: string, whole: boolean): void => {
    if (piece !== '') pieces.push({ text: piece, whole });
  };
  for (const { 0: found, index } of text.matchAll(quantity)) {
    add(text.slice(at, index), false);
    add(found, true);
    at = index + found.length;
  }
  add(text.slice(at), false);
  return pieces;
}
