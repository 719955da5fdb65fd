import { createHash } from 'node:crypto';
import type { SubmittedFile, Workspace } from '../model/index.ts';
import type { FindingList } from './finding-list.ts';

/**
 * Photographs of projects stand in `photos/` under their hash, as `modelcity export` writes them; they go into the log as
 * they are. What is no JPEG, or has changed since it was named, is refused: a reader's browser is given nothing else.
 */
export function checkPhotos(files: readonly SubmittedFile[], findings: FindingList): void {
  for (const { path, bytes } of files) {
    const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
    if (!isJpeg)
      findings.error(
        'photo.not-jpeg',
        { file: path },
        {
          what: 'this is no JPEG photograph',
          why: 'its bytes begin differently, whatever its name says',
          mend: 'add the photograph in the office, which makes it anew, or leave it out',
        },
      );
    else if (path !== `photos/${createHash('sha256').update(bytes).digest('hex')}.jpg`)
      findings.error(
        'photo.changed',
        { file: path },
        {
          what: 'the photograph is not the one that its name says',
          why: 'its name is the SHA-256 hash of its bytes, by which projects name it',
          mend: 'put the file back as it was exported, or leave it out',
        },
      );
  }
}

/** The photographs that the projects of a place name, as files of its folder; one that its log does not have is left out. */
export async function exportPhotos(
  workspace: Workspace,
  fileOf: (sha256: string) => Promise<Uint8Array>,
): Promise<readonly SubmittedFile[]> {
  const named = new Set(
    (workspace.portfolios ?? []).flatMap(({ projects }) =>
      projects.flatMap(({ photos = [] }) => photos.map(({ sha256 }) => sha256)),
    ),
  );
  const files: SubmittedFile[] = [];
  for (const sha256 of [...named].sort()) {
    const bytes = await fileOf(sha256).catch(() => null);
    if (bytes !== null) files.push({ path: `photos/${sha256}.jpg`, bytes });
  }
  return files;
}
