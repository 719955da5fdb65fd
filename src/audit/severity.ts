/**
 * How a finding weighs: *contradiction*: not both can be true; *wording*: the meaning is clear, the form wrong;
 * *unlike*: another scope or date probably explains it, so the values must not be merged; *gap*: something promised is
 * not there.
 */
export const severities = ['contradiction', 'wording', 'unlike', 'gap'] as const;
export type Severity = (typeof severities)[number];
