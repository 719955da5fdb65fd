// Turns src/**/*.ts(x) into dist/**/*.js, file by file (no bundling), and bundles the browser elements.
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
  await Promise.all(
    [...walk(src)].map(async (file) => {
      const name = relative(src, file);
      if (/\.test\.tsx?$/.test(name)) return;
      const target = join(dist, name.replace(/\.tsx?$/, '.js'));
      if (copied.test(name)) {
        wanted.add(target);
        put(target, readFileSync(file));
      } else if (/\.tsx?$/.test(name) && !name.endsWith('.d.ts')) {
        if (wanted.has(target)) throw new Error(`two sources are built to ${target}: rename one`);
        wanted.add(target);
        const { code } = await esbuild.transform(readFileSync(file, 'utf8'), {
          loader: name.endsWith('x') ? 'tsx' : 'ts',
          format: 'esm',
          target: 'node20',
          jsx: 'automatic',
          jsxImportSource: 'hono/jsx',
          sourcefile: file,
          sourcemap: 'inline',
          sourcesContent: false,
          tsconfigRaw: {
            compilerOptions: {
              experimentalDecorators: true,
              useDefineForClassFields: false,
              verbatimModuleSyntax: true,
            },
          },
        });
        put(
          target,
          code.replace(/((?:from|import)\s*\(?\s*["'])(\.{1,2}\/[^"']+?)\.tsx?(["'])/g, '$1$2.js$3'),
        );
      }
    }),
  );
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
      tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: false } },
    });
    put(outfile, made.outputFiles[0].contents);
  }
  try {
    for (const file of walk(dist)) if (!wanted.has(file)) rmSync(file, { force: true });
  } catch {}
  put(stamp, read);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
