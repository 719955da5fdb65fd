import { withFigures } from './open-places.ts';
import { type PublishTask, publishPlaces } from './publish-places.ts';

// Publishes beside a running server, in a process of its own: typesetting keeps no reader waiting, and the shield
// against fonts of the machine, a variable of the environment, holds (a thread's environment is only a copy).
process.once('message', (task: PublishTask) => {
  void publish(task).finally(() => process.disconnect());
});
process.once('disconnect', () => process.exit());

const tell = (line: string): void => {
  process.send?.(line);
};

async function publish(task: PublishTask): Promise<void> {
  const places = withFigures(task.places);
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
      tell(`${city}: publishing stopped: ${error instanceof Error ? error.message : String(error)}`);
    }
}
