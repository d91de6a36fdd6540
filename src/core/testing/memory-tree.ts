import type { TreeFile } from '../../model/lint.ts';

/** Files of these texts or bytes, by their paths. */
export function memoryTree(
  files: Readonly<Record<string, string | Uint8Array>>,
): readonly TreeFile[] {
  return Object.entries(files).map(([path, content]) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    return { path, size: bytes.length, read: (most) => bytes.subarray(0, most) };
  });
}
