import type { Child } from 'hono/jsx';

/** A table that may be wider than the page: it scrolls by itself, by keyboard too, and is named for screen readers. */
export function Scroll({ label, children }: { readonly label: string; readonly children?: Child }) {
  return (
    <section class="scroll" aria-label={label} tabindex={0}>
      {children}
    </section>
  );
}
