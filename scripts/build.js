// Bundles src into dist: a file for each room, command line and worker, and chunks of what they share, because a thousand
// small modules take Node a second longer to read than eighty; then the browser elements, each by itself.
// Called by `npm install` (prepare), `npm run build`, and by bin/modelcity.js in a checkout when src is newer.
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const src = join(root, 'src');
const dist = join(root, 'dist');
const stamp = join(dist, '.stamp');
const copied = /\.(sql|css|json|typ|conf|svg|yaml)$/;

function* walk(dir) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else yield path;
  }
}

const decorators = { experimentalDecorators: true, useDefineForClassFields: false };

/** What is imported or started by its path: rooms, the command line, workers, and the few files that scripts and benches ask for. */
const asked =
  /(?:^|\/)(?:index|main|[\w-]*worker)\.ts$|^(?:cli\/portal-app|publish\/(?:publish|sample|signing-key)|store\/(?:seed|engine-\w+))\.ts$/;
const isEntry = (file) => {
  const name = relative(src, file).replaceAll('\\', '/');
  return asked.test(name) && (!name.endsWith('index.ts') || name.split('/').length === 2);
};

/** A file that asks for its own address gets the one it has in src, also when it has become part of a chunk. */
const ownAddress = {
  name: 'own-address',
  setup(of) {
    of.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes('import.meta.url')) return null;
      const name = relative(src, path)
        .replaceAll('\\', '/')
        .replace(/\.tsx?$/, '.js');
      const address = `new URL(${JSON.stringify(name)}, import.meta.url.slice(0, import.meta.url.lastIndexOf('/dist/') + 6)).href`;
      return {
        contents: text.replaceAll('import.meta.url', address),
        loader: path.endsWith('x') ? 'tsx' : 'ts',
      };
    });
  },
};

/** What the build reads, as one line a file: path, size and modification time. Equal text means nothing to do. */
function inputs() {
  const files = [...walk(src), join(root, 'scripts/build.js'), join(root, 'package.json')].sort();
  return files
    .map((file) => {
      const { size, mtimeMs } = statSync(file);
      return `${relative(root, file)} ${size} ${mtimeMs}`;
    })
    .join('\n');
}

export function isFresh() {
  try {
    return readFileSync(stamp, 'utf8') === inputs();
  } catch {
    return false;
  }
}

function put(target, bytes) {
  mkdirSync(dirname(target), { recursive: true });
  const partial = `${target}.${process.pid}`;
  writeFileSync(partial, bytes);
  renameSync(partial, target);
}

export async function build() {
  const esbuild = await import('esbuild');
  const read = inputs();
  const wanted = new Set([stamp]);
  for (const file of walk(src)) {
    if (!copied.test(file)) continue;
    const target = join(dist, relative(src, file));
    wanted.add(target);
    put(target, readFileSync(file));
  }
  const { outputFiles } = await esbuild.build({
    entryPoints: [...walk(src)].filter(isEntry),
    outdir: dist,
    outbase: src,
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    jsx: 'automatic',
    jsxImportSource: 'hono/jsx',
    sourcemap: 'linked',
    sourcesContent: false,
    tsconfigRaw: { compilerOptions: { ...decorators, verbatimModuleSyntax: true } },
    plugins: [ownAddress],
    write: false,
  });
  for (const { path, contents } of outputFiles) {
    wanted.add(path);
    put(path, contents);
  }
  for (const entry of [...walk(src)].filter((file) => file.endsWith('.entry.ts'))) {
    const outfile = join(dist, relative(src, entry).replace('.entry.ts', '.bundle.js'));
    wanted.add(outfile);
    const made = await esbuild.build({
      entryPoints: [entry],
      bundle: true,
      // A classic script also runs in a page opened from a disk, where a browser refuses modules.
      format: entry.endsWith('.classic.entry.ts') ? 'iife' : 'esm',
      minify: true,
      target: 'es2022',
      write: false,
      legalComments: 'none',
      tsconfigRaw: { compilerOptions: decorators },
    });
    put(outfile, made.outputFiles[0].contents);
  }
  try {
    for (const file of walk(dist)) if (!wanted.has(file)) rmSync(file, { force: true });
  } catch {}
  put(stamp, read);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
