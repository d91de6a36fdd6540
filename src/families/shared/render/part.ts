import type { Finding } from '../../../model/finding.ts';
import type { Rendered, RenderedFile } from '../../../model/render.ts';

/** Some of a phone's files and what could not be written into them. */
export type Part = Pick<Rendered, 'files' | 'findings'>;

export const nothing: Part = { files: [], findings: [] };

export function joined(parts: readonly Part[]): Part {
  return {
    files: parts.flatMap(({ files }) => files),
    findings: parts.flatMap(({ findings }) => findings),
  };
}

export function filePart(file: RenderedFile, findings: readonly Finding[] = []): Part {
  return { files: [file], findings };
}
