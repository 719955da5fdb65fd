/** Names in an event's content that are not fields. */

/** Checks that found a fault, joined by `,`. */
export const flagsKey = '_flags';
/** What a prefilled field was taken from. */
export const evidenceKey = '_evidence';
/** When and why it was corrected, and the submission that its files came with. */
export const correctedKey = '_corrected';
export const reasonKey = '_reason';
export const filesAtKey = '_files';
/** The name that the sender of a message gave it. */
export const messageKey = '_message';
