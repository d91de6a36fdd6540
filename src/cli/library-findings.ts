import { firmwareLibrary } from '../core/firmware/library.ts';
import { wantedImageFindings } from '../core/firmware/wanted-image.ts';
import type { Finding } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import type { Cli } from './command.ts';
import type { Workspace } from './operations.ts';

/** Whether the library has the image that was just asked for. */
export async function libraryFindings(
  { ops }: Cli,
  workspace: Workspace,
  asked: string | undefined,
  { family: id, image }: Phone,
): Promise<readonly Finding[]> {
  const family = ops.families.find((each) => each.id === id);
  if (asked === undefined || image === undefined || !family) return [];
  const { files } = await ops.firmwareFolder(workspace).scan();
  return wantedImageFindings(family, image, firmwareLibrary(ops.families, files));
}
