import { parentPort, workerData } from 'node:worker_threads';
import { withFigures } from './open-places.ts';
import { type PublishTask, publishPlaces } from './publish-places.ts';

// Publishes beside a running server, in a thread of its own, so that typesetting never keeps a reader waiting.
const task: PublishTask = workerData;
const places = withFigures(task.places);
const log = (line: string): void => parentPort?.postMessage(line);
for (const city of task.cities)
  for await (const { review, published } of publishPlaces({ ...task, places, city, site: true, log }))
    log(
      published.folder === null
        ? `${city} ${review}: not published; 'modelcity publish' tells why`
        : `Published ${published.folder}`,
    );
