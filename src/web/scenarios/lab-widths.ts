/** Widths at which the lab draws: in a column beside the levers, across both, and on a phone. */
export const labWidths = { half: 420, whole: 860, narrow: 328 } as const;
