import { parseArgs } from 'node:util';
import { findingText } from '../../model/index.ts';
import { verifyEdition } from '../../publish/index.ts';
import type { Command } from '../command.ts';
import { exitCode } from '../exit.ts';
import { refuse } from '../place-command.ts';

const help = `modelcity verify PATH [--fingerprint HEX] [--since PATH] [--json]

Checks an edition, a folder or a ZIP archive, without a network: the signature, the log of editions, every file against its
hash, every figure from its contributions and anew from the workspaces inside. The first line names the first difference.

  --fingerprint HEX  the fingerprint of the city's key, as the city prints it elsewhere
  --since PATH       an earlier edition at hand: the log must continue it
  --json             the result as one JSON document on standard output

Exit code: 0 all agrees, 1 something differs, 2 bad words.
`;

export const verify: Command = async (args) => {
  let line: ReturnType<typeof read>;
  try {
    line = read(args);
  } catch (error) {
    return refuse('verify', error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = line;
  const [path] = positionals;
  if (values.help) {
    process.stdout.write(help);
    return exitCode.done;
  }
  if (path === undefined || positionals.length > 1)
    return refuse('verify', 'name one edition: a folder or an archive');
  const earlier = values.since === undefined ? null : verifyEdition(values.since);
  if (earlier !== null && earlier.findings.length > 0)
    return refuse('verify', `the earlier edition ${values.since} does not verify itself`);
  const verified = verifyEdition(path, {
    fingerprint: values.fingerprint,
    earlierHead: earlier?.seal?.head,
  });
  const { findings, files, figures, root, seal } = verified;
  if (values.json) {
    const told = {
      agrees: findings.length === 0,
      files,
      figures,
      root,
      editions: seal?.log.length ?? 0,
      findings,
    };
    process.stdout.write(`${JSON.stringify(told, null, 1)}\n`);
  } else if (findings.length === 0)
    process.stdout.write(
      `All agrees: ${files} files, ${figures} figures, edition ${seal?.log.length ?? 0} of ${seal?.log[0]?.city ?? ''}\n  root ${root ?? ''}\n${
        values.fingerprint === undefined
          ? '  the key is the edition’s own word; compare its fingerprint (README.txt) with the city’s\n'
          : ''
      }`,
    );
  else process.stdout.write(findings.map((finding) => `${findingText(finding)}\n`).join(''));
  return findings.length === 0 ? exitCode.done : exitCode.findings;
};

function read(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      fingerprint: { type: 'string' },
      since: { type: 'string' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
}
