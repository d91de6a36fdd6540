import { joinFacts, lintFiles, lintTree, sortFindings } from '../src/core/lint/lint.ts';
import { lints } from '../src/families/lints.ts';
import type { Finding } from '../src/model/finding.ts';
import type { TreeFile } from '../src/model/lint.ts';
import type { Tree } from './lint-base-tree.ts';

/** What is found in files that are in memory. */
export function lintMemory(tree: Tree): readonly Finding[] {
  const files = [...tree].map(([path, content]): TreeFile => {
    const bytes = Buffer.from(content as string);
    return { path, size: bytes.length, read: (most) => bytes.subarray(0, most) };
  });
  const linted = lintFiles(lints, files);
  return sortFindings([...linted.findings, ...lintTree(lints, joinFacts([linted]))]);
}

/** `file:line code`, and `file code` where no line is named. */
export function placed({ place, code }: Finding): string {
  const where = [place?.file, place?.line].filter((part) => part !== undefined).join(':');
  return `${where} ${code}`;
}
