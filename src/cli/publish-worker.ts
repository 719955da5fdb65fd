import { auditOnce, type PlaceAudit } from '../review/index.ts';
import { withAuditFiles } from './audit-files.ts';
import { withFigures } from './open-places.ts';
import { type PublishTask, publishPlaces } from './publish-places.ts';

// Audits and publishes beside a running server, in a process of its own: neither keeps a reader waiting, and the shield
// against fonts of the machine, a variable of the environment, holds (a thread's environment is only a copy).
process.once('message', (task: PublishTask) => {
  void work(task).finally(() => process.disconnect());
});
process.once('disconnect', () => process.exit());

/** A line of what was done, or the audit of a place as it was handed over. */
export type WorkerMessage = string | { readonly city: string; readonly audit: PlaceAudit };

const tell = (message: WorkerMessage): void => {
  process.send?.(message);
};

/** The audit of more records takes minutes: it is made when somebody asks for it. */
const mostAudited = 30_000;

async function work(task: PublishTask): Promise<void> {
  const places = await withAuditFiles(withFigures(task.places));
  for (const place of places) {
    const { workspace } = place;
    if (workspace.observations.length > mostAudited) continue;
    const districts = places.filter((each) => each.workspace.city.partOf === workspace.city.id);
    try {
      tell({ city: workspace.city.id, audit: auditOnce(place, districts) });
    } catch (error) {
      tell(`${workspace.city.id}: the audit stopped: ${messageOf(error)}`);
    }
  }
  for (const city of task.cities)
    try {
      for await (const { review, published } of publishPlaces({
        ...task,
        places,
        city,
        site: true,
        log: tell,
      }))
        tell(
          published.folder === null
            ? `${city} ${review}: not published; 'modelcity publish' tells why`
            : `Published ${published.folder}`,
        );
    } catch (error) {
      tell(`${city}: publishing stopped: ${messageOf(error)}`);
    }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
