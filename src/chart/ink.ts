import type { ChartRole } from './state.ts';
import type { TextStyle } from './text.ts';

/**
 * Colours for print and for a file that stands alone. Every mark also carries a class, so that a page's style sheet
 * can restate them for a dark screen: presentation attributes give way to any rule.
 */
export const ink = {
  paper: '#fcfbf8',
  ink: '#1b1f24',
  quiet: '#5a6068',
  rule: '#d9d6cd',
  axis: '#8a8f96',
  focus: '#1f6f5c',
  comparison: '#9a5b13',
  context: '#a3a7ab',
  /** A fourth line beside focus, comparison and ink; grey would be too faint for a line that is looked at. */
  fourth: '#2f5f8a',
} as const;

/** Classes of a sequential map from little to much: one hue, even steps of lightness, readable in greyscale. */
export const steps = ['#e3efe9', '#b9d8cb', '#86b9a6', '#4c947f', '#1f6f5c'] as const;

/** Parts of a stack: neighbours differ in lightness, so that they stay apart in greyscale and for every eye. */
export const parts = [
  '#1f6f5c',
  '#b9d8cb',
  '#9a5b13',
  '#e6c48f',
  '#4a5058',
  '#b9bdc2',
  '#2f5f8a',
  '#bcd3e6',
] as const;

export const families = "'Source Sans 3', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif";

export const tickText: TextStyle = { size: 12, class: 'c-tick', fill: ink.quiet };
export const labelText: TextStyle = { size: 13, class: 'c-label', fill: ink.ink, halo: true };

export function roleColour(role: ChartRole): string {
  return ink[role];
}

/** Grey first and the focus last: what is drawn later lies on top. */
const depths = { context: 0, fourth: 1, ink: 2, comparison: 3, focus: 4 } as const satisfies Record<
  ChartRole,
  number
>;

/** In the order in which rows are drawn. */
export function byDepth(a: { readonly role: ChartRole }, b: { readonly role: ChartRole }): number {
  return depths[a.role] - depths[b.role];
}
