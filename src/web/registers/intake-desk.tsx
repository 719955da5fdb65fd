import type { Answer, AtDesk, Desk } from './desk.ts';
import { isOffice } from './hall.ts';
import { IntakePage } from './intake-page.tsx';
import { readTable } from './sheet.ts';

/** A whole table of new cases: checked only, or stored. */
export async function takenTable(desk: Desk, { c, register, standing, view }: AtDesk): Promise<Answer> {
  const starts = register.declaration.steps.filter(
    ({ after, by }) =>
      after.length === 0 && by.some((role) => role !== 'public' && standing.roles.includes(role)),
  );
  if (!isOffice(standing) || starts.length === 0) return null;
  if (c.req.method !== 'POST')
    return <IntakePage register={register} standing={standing} starts={starts} outcome={null} view={view} />;
  const posted = await c.req.formData();
  const file = posted.get('file');
  const step = starts.find(({ kind }) => kind === posted.get('kind'));
  const as = step?.by.find((role) => role !== 'public' && standing.roles.includes(role));
  if (step === undefined || as === undefined || !(file instanceof File)) return null;
  const table = await readTable(file.name.slice(0, 120) || 'table', new Uint8Array(await file.arrayBuffer()));
  const only = posted.get('only') === 'yes';
  const outcome =
    'rows' in table
      ? await register.takeTable(
          table,
          {
            area: view.here.place.workspace.city.area,
            kind: step.kind,
            as,
            actor: standing.person?.id ?? null,
            now: desk.hall.now(),
            ...(standing.department === undefined ? {} : { department: standing.department }),
          },
          only,
        )
      : { stored: 0, findings: table };
  return desk.site.show(
    c,
    <IntakePage
      register={register}
      standing={standing}
      starts={starts}
      outcome={{ ...outcome, only }}
      view={view}
    />,
    outcome.findings.length === 0 ? 200 : 422,
  );
}
