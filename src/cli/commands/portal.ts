import { join, resolve } from 'node:path';
import { findingText } from '../../model/index.ts';
import { buildPortal } from '../../publish/index.ts';
import { createApp } from '../../web/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { onPlaces, refuse } from '../place-command.ts';
import { portalApp } from '../portal-app.ts';
import { pageKeys, valueHashes } from '../portal-keys.ts';
import { productVersion } from './version.ts';

const help = `modelcity portal --out DIR [--workspace DIR] [--base URL] [--pack] [--json]

Writes the pages of all places, in both languages, as files that open from any host, a folder or a USB stick. Run again with
the same folder, it makes only the pages that changed. The evidence of figures stands in one page an indicator.

  --out DIR         the folder of the portal
  --workspace DIR   the workspace, or a folder of several; default: this folder
  --base URL        the address at which it will stand: for the sitemap, the feeds and the cards of links
  --pack            also .gz and .br beside text files, for servers that hand them out
  --json            what was written as JSON on standard output

Exit code: 0 done, 1 done, but pages link to nothing, 2 bad input.
`;

export const portalCommand: Command = (args) =>
  onPlaces(
    {
      name: 'portal',
      help,
      options: {
        out: { type: 'string' },
        base: { type: 'string' },
        pack: { type: 'boolean', default: false },
      },
    },
    args,
    async ({ places }, { values }) => {
      if (typeof values.out !== 'string') return refuse('portal', 'name the folder of the portal: --out DIR');
      const base = typeof values.base === 'string' ? values.base : undefined;
      if (base !== undefined && !/^https?:\/\/[^\s?#]+$/.test(base))
        return refuse('portal', '--base is the address of the portal, such as https://data.example.org');
      const out = resolve(values.out);
      const built = await buildPortal({
        ...portalApp(places, createApp, base),
        key: pageKeys(places, valueHashes(places), `${productVersion()} ${base ?? ''}`),
        out,
        pack: values.pack === true,
      });
      if (values.json === true) process.stdout.write(`${JSON.stringify(built, null, 1)}\n`);
      else
        process.stdout.write(
          `${built.pages} pages, ${built.bytes} bytes; ${built.made} made, ${built.written} files written, ${built.removed} removed: ${join(out, 'en/index.html')}\n${built.findings.map((finding) => `${findingText(finding)}\n`).join('')}`,
        );
      return built.findings.length === 0 ? exitCode.done : exitCode.findings;
    },
  );
