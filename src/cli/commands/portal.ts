import { join, resolve } from 'node:path';
import { findingText } from '../../model/index.ts';
import { buildPortal, type PortalBuilt } from '../../publish/index.ts';
import { createApp } from '../../web/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { followPlaces } from '../follow-places.ts';
import { followPortal } from '../follow-portal.ts';
import { onPlaces, refuse } from '../place-command.ts';
import { keepHeapSmall, portalSource } from '../portal-app.ts';
import { productVersion } from './version.ts';

const help = `modelcity portal --out DIR [--workspace DIR] [--base URL] [--stored] [--follow] [--pack] [--json]

Writes the pages of all places, in both languages, as files that open from any host, a folder or a USB stick. Run again with
the same folder, it makes only the pages that changed. The evidence of figures stands in one page an indicator.

  --out DIR         the folder of the portal
  --workspace DIR   the workspace, or a folder of several; default: this folder
  --base URL        the address at which it will stand: for the sitemap, the feeds and the cards of links
  --stored          what the database holds, without loading what changed in the folders first
  --follow          go on until stopped: what others store on the server (DATABASE_URL) from now on is put in as it comes
  --pack            also .gz and .br beside text files, for servers that hand them out
  --json            what was written as JSON on standard output

Exit code: 0 done, 1 done, but pages link to nothing, 2 bad input.
`;

export const portalCommand: Command = (args) => {
  keepHeapSmall();
  return onPlaces(
    {
      name: 'portal',
      help,
      packed: true,
      options: {
        out: { type: 'string' },
        base: { type: 'string' },
        stored: { type: 'boolean', default: false },
        follow: { type: 'boolean', default: false },
        pack: { type: 'boolean', default: false },
      },
    },
    args,
    async ({ places, store }, { values }) => {
      if (typeof values.out !== 'string') return refuse('portal', 'name the folder of the portal: --out DIR');
      const base = typeof values.base === 'string' ? values.base : undefined;
      if (base !== undefined && !/^https?:\/\/[^\s?#]+$/.test(base))
        return refuse('portal', '--base is the address of the portal, such as https://data.example.org');
      const out = resolve(values.out);
      const source = portalSource(places, createApp, productVersion(), base, (sha256) => store.file(sha256));
      const build = async (): Promise<PortalBuilt> => {
        const built = await buildPortal({ ...source.options(), out, pack: values.pack === true });
        process.stdout.write(values.json === true ? `${JSON.stringify(built, null, 1)}\n` : told(built, out));
        return built;
      };
      const { findings } = await build();
      if (values.follow === true) {
        const onFault = (error: unknown): void => {
          process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        };
        const follower = followPortal(places, source, () => build().then(() => undefined, onFault));
        const following = followPlaces({ store, places, live: follower, onFault });
        await following.refresh();
        await new Promise<void>((done) => {
          for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
        });
        await following.stop();
        await follower.idle();
      }
      return findings.length === 0 ? exitCode.done : exitCode.findings;
    },
  );
};

function told({ pages, bytes, made, written, removed, findings }: PortalBuilt, out: string): string {
  const lines = findings.map((finding) => `${findingText(finding)}\n`).join('');
  return `${pages} pages, ${bytes} bytes; ${made} made, ${written} files written, ${removed} removed: ${join(out, 'en/index.html')}\n${lines}`;
}
