import type { RenderInput } from '../../../model/family.ts';
import type { Rendered } from '../../../model/render.ts';
import { knownSettings, type KnownSettings } from '../../shared/render/known-settings.ts';
import { joined, type Part } from '../../shared/render/part.ts';
import { xmlDefault } from '../../cisco-shared/render/xml-default.ts';
import { loadOf, type Load } from '../load-order.ts';
import { models } from '../models.ts';
import { bootText } from './boot-text.ts';
import { allLookups } from './lookups.ts';
import { mgcpFiles } from './mgcp-files.ts';
import { sccpFiles } from './sccp-files.ts';
import { sipDefaults, sipFiles } from './sip-files.ts';

type Renderer = (input: RenderInput, load: Load, settings: KnownSettings) => Part;

const renderers: Readonly<Record<Load['protocol'], Renderer>> = {
  SCCP: sccpFiles,
  SIP: sipFiles,
  MGCP: (input, load) => ({ files: mgcpFiles(input, load), findings: [] }),
};

/**
 * All files that the phone finds with this order; none without one, so that it is left alone. A
 * trust list (`CTLSEP<MAC>.tlv`) is never generated: only a hand can make one that fits.
 */
export function renderFiles(input: RenderInput): Rendered {
  if (!input.order) return { files: [], defaults: [], findings: [] };
  const load = loadOf(input.order);
  const settings = knownSettings(input.settings, allLookups);
  const { files, findings } = joined([
    { files: bootText(load), findings: settings.findings },
    renderers[load.protocol](input, load, settings),
    { files: conversionFiles(load), findings: [] },
  ]);
  const defaults = load.protocol === 'SIP' ? sipDefaults(files) : [];
  return { files, defaults, findings };
}

/** The loader's name for a phone that still runs SCCP. Upgrade matrix, procedure C, note. */
function conversionFiles({ xmlDefault: loader }: Load) {
  return loader === '' ? [] : [xmlDefault(models, loader, undefined)];
}
