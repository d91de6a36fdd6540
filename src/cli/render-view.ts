import { planSteps } from '../core/plan.ts';
import { previewRevised } from '../core/revisions.ts';
import { ordersFor, renderPhone, samePath, type Orders } from '../core/view.ts';
import { familyOfModel } from '../core/inventory.ts';
import { AppError } from '../errors.ts';
import type { PhoneFamily } from '../model/family.ts';
import type { Finding } from '../model/finding.ts';
import type { Phone } from '../model/phone.ts';
import type { Rendered } from '../model/render.ts';
import type { Mac } from '../wire/mac.ts';
import { phoneOf, type Cli } from './command.ts';
import type { Workspace } from './operations.ts';

/** What a phone would find: generated files, those that are hidden from it, firmware. */
export type View = {
  readonly rendered: Rendered;
  readonly absent: readonly string[];
  readonly firmware: readonly string[];
};

type Now = { readonly orders: Orders; readonly firmware: readonly string[] };

/** As at its next request, or as if it ran the image `from`. */
export async function viewOf(
  cli: Cli,
  workspace: Workspace,
  mac: Mac,
  from: string | undefined,
): Promise<View> {
  const phone = await phoneOf(workspace, mac);
  const { family } = familyOfModel(cli.ops.families, phone.model);
  const { orders, firmware } = await ordersNow(workspace, phone, family, from);
  const rendered = await previewRevised(workspace.store, phone, family, (revisions) =>
    renderPhone(phone, family, workspace.layersFor(phone), orders.order, { revisions }),
  );
  const covered = await coveredByHand(workspace, rendered);
  const findings = [...rendered.findings, ...covered];
  return { rendered: { ...rendered, findings }, absent: orders.absent, firmware };
}

/** What the server would tell the phone at its next request, given what it runs. */
async function ordersNow(
  workspace: Workspace,
  phone: Phone,
  family: PhoneFamily,
  said: string | undefined,
): Promise<Now> {
  const progress = await workspace.store.progressGet(phone.mac);
  const from = said ?? (progress?.state === 'under-way' ? undefined : phone.running);
  const to = phone.image ?? phone.running;
  if (to === undefined) return settingsAlone(family);
  if (from === undefined && progress?.state === 'under-way')
    return {
      orders: ordersFor(phone, family, progress),
      firmware: progress.steps[progress.step]?.firmware ?? [],
    };
  const plan =
    from === undefined ? undefined : planSteps(family, from, to, await workspace.planning());
  if (plan?.possible === false)
    throw new AppError('not-possible', `${plan.reason.code}: ${plan.reason.text}`);
  const step = plan?.steps[0];
  if (step) return { orders: step, firmware: step.firmware };
  return { orders: { order: family.steadyOrder(to), absent: [] }, firmware: family.imageFiles(to) };
}

function settingsAlone(family: PhoneFamily): Now {
  const order = family.settingsOrder(undefined);
  if (order) return { orders: { order, absent: [] }, firmware: [] };
  throw new AppError('not-possible', 'It has no image to run: phone set MAC --image …');
}

/** Generated files that the phone never sees, because a hand wrote others. */
async function coveredByHand(
  workspace: Workspace,
  { files }: Rendered,
): Promise<readonly Finding[]> {
  const paths = [...new Set(files.map(({ path }) => path))];
  const found = await Promise.all(
    paths.map(async (path) => ((await workspace.handMadeFile(path)) ? [path] : [])),
  );
  return found.flat().map((path) => ({
    code: 'hand-made-wins',
    severity: 'note',
    text: `files/ has ${path} too`,
    consequence: 'The phone gets that one.',
  }));
}

/** Whether the step hides a path from the phone. */
export function isHidden({ absent }: View, path: string): boolean {
  return absent.some((hidden) => samePath(hidden) === samePath(path));
}
