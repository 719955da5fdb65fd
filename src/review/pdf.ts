import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { Finding } from '../model/index.ts';
import type { ReviewDocument } from './document.ts';
import { foreignFonts } from './pdf-fonts.ts';
import { shippedFonts } from './shipped-fonts.ts';
import { typstSource } from './typst.ts';

/** PDF/UA-1 is the one to read (tagged, alternative texts), PDF/A-2a the one to archive. */
export type PdfStandard = 'ua-1' | 'a-2a';

let shared: NodeCompiler | null = null;

/**
 * The Typst compiler with our fonts and no others. It would also load every font of the machine; while it is made,
 * fontconfig is pointed at an empty set, so that a font of the same name installed there cannot take the place of ours.
 */
export function compiler(): NodeCompiler {
  if (shared !== null) return shared;
  const fontBlobs = shippedFonts().map((file) => readFileSync(file));
  const before = process.env.FONTCONFIG_FILE;
  process.env.FONTCONFIG_FILE = fileURLToPath(new URL('./fonts.conf', import.meta.url));
  try {
    shared = NodeCompiler.create({
      fontArgs: [{ fontBlobs }],
      workspace: fileURLToPath(new URL('.', import.meta.url)),
    });
  } finally {
    if (before === undefined) delete process.env.FONTCONFIG_FILE;
    else process.env.FONTCONFIG_FILE = before;
  }
  return shared;
}

export interface PdfOutcome {
  /** Null when the document cannot be printed; the findings say why. */
  readonly pdf: Uint8Array | null;
  readonly findings: readonly Finding[];
}

/** The review as PDF of one standard: {@link renderPdfs}. */
export function renderPdf(
  document: ReviewDocument,
  { standard }: { readonly standard: PdfStandard },
): PdfOutcome {
  return renderPdfs(document, [standard])[0] ?? { pdf: null, findings: [] };
}

/**
 * The review as PDF, once for each standard; the pages are laid out once, which takes ten times as long as writing them.
 * Same document, same bytes. A character that our fonts do not have, or a font that is not ours in the result, is a
 * finding and no file.
 */
export function renderPdfs(
  document: ReviewDocument,
  standards: readonly PdfStandard[],
): readonly PdfOutcome[] {
  const file = `${document.city}-${document.review}.${document.language}.pdf`;
  return typesetPdfs(file, typstSource(document), standards);
}

/** One document of another kind, given as Typst source, by the same rules. */
export function typesetPdf(file: string, source: string, standard: PdfStandard): PdfOutcome {
  return typesetPdfs(file, source, [standard])[0] ?? { pdf: null, findings: [] };
}

function typesetPdfs(file: string, source: string, standards: readonly PdfStandard[]): readonly PdfOutcome[] {
  const typst = compiler();
  try {
    const compiled = typst.compile({ mainFileContent: source });
    const { result } = compiled;
    if (result === null) {
      const problem = compiled.takeDiagnostics() ?? compiled.takeError();
      const texts = (problem?.shortDiagnostics ?? []).map((each: unknown) => messageOf(each));
      const failed = refused(file, 'pdf.layout', `the page layout failed: ${texts.slice(0, 3).join('; ')}`);
      return standards.map(() => failed);
    }
    return standards.map((standard) => {
      try {
        return checked(file, new Uint8Array(typst.pdf(result, { pdfStandard: standard })));
      } catch (error) {
        return failedStandard(file, error);
      }
    });
  } catch (error) {
    const failed = failedStandard(file, error);
    return standards.map(() => failed);
  } finally {
    typst.evictCache(0);
  }
}

function checked(file: string, pdf: Uint8Array): PdfOutcome {
  const foreign = foreignFonts(pdf);
  return foreign.length > 0
    ? refused(file, 'pdf.font', `the document would hold fonts that are not ours: ${foreign.join(', ')}`)
    : { pdf, findings: [] };
}

function failedStandard(file: string, error: unknown): PdfOutcome {
  const message = error instanceof Error ? error.message : String(error);
  const texts = [...message.matchAll(/message: "((?:[^"\\]|\\.)*)"/g)].map(([, each = '']) =>
    each.replace(/`\\"(.*?)\\"`/g, '$1').replaceAll('\\"', ''),
  );
  const unique = [...new Set(texts.length > 0 ? texts : [message])];
  return refused(file, 'pdf.standard', unique.slice(0, 5).join('; ').slice(0, 600));
}

function messageOf(diagnostic: unknown): string {
  if (typeof diagnostic === 'object' && diagnostic !== null && 'message' in diagnostic)
    return String(diagnostic.message);
  return String(diagnostic);
}

function refused(file: string, rule: string, what: string): PdfOutcome {
  return {
    pdf: null,
    findings: [
      {
        rule,
        severity: 'error',
        where: { file },
        what,
        why: 'a published document shows every character, in fonts that it carries with it, and is accessible',
        mend: 'replace characters such as emoji in the text or the names; if it says nothing of characters, report it',
      },
    ],
  };
}
