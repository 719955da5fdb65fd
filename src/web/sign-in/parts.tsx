import type { Child } from 'hono/jsx';

/** A field of a form with its label, hint and fault. */
export function Field({
  name,
  label,
  type = 'text',
  value = '',
  hint,
  autocomplete,
  required = true,
  children,
}: {
  readonly name: string;
  readonly label: string;
  readonly type?: string;
  readonly value?: string;
  readonly hint?: string;
  readonly autocomplete?: string;
  readonly required?: boolean;
  readonly children?: Child;
}) {
  const described = hint === undefined ? undefined : `${name}-hint`;
  return (
    <p class="field">
      <label for={name}>{label}</label>
      {children ?? (
        <input
          id={name}
          name={name}
          type={type}
          value={value}
          required={required}
          autocomplete={autocomplete}
          aria-describedby={described}
          maxlength={400}
        />
      )}
      {hint === undefined ? null : (
        <small id={described} class="quiet">
          {hint}
        </small>
      )}
    </p>
  );
}

/** What came of the last thing done: told to screen readers at once. */
export function Told({ text, alarm = false }: { readonly text: string | null; readonly alarm?: boolean }) {
  return text === null ? null : (
    <p class={alarm ? 'told alarm' : 'told'} role={alarm ? 'alert' : 'status'}>
      {text}
    </p>
  );
}
