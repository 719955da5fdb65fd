import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { auditFolders, folderPlaces } from './audit-folder.ts';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));
const answered = readdirSync(examples).filter((name) => existsSync(`${examples}${name}/audit/answers.yaml`));

it.each(answered)('every answer given in %s still meets its finding', async (name) => {
  const { places, errors } = await folderPlaces(`${examples}${name}`);
  expect(errors).toEqual([]);
  const [audited] = auditFolders(places);
  expect(audited).toBeDefined();
  const ids = new Set(
    audited?.audit.findings.flatMap(({ finding: { id, formerly } }) => [id, formerly ?? id]),
  );
  const answers = audited?.place.answers ?? [];
  expect(answers.length).toBeGreaterThan(0);
  expect(answers.filter((answer) => !ids.has(answer.id)).map(({ id }) => id)).toEqual([]);
});
