import { encodeXmlRingList } from '../../../codec/config/ring-list-xml.ts';
import type { RenderInput } from '../../../model/family.ts';
import type { Finding } from '../../../model/finding.ts';
import type { Rendered, RenderedFile } from '../../../model/render.ts';
import { dialplanFile } from '../../cisco-shared/render/dialplan.ts';
import {
  type KnownSetting,
  type KnownSettings,
  knownSettings,
} from '../../shared/render/known-settings.ts';
import { joined, nothing, type Part } from '../../shared/render/part.ts';
import { ringFile } from '../../cisco-shared/render/rings.ts';
import { commonWord } from '../../cisco-shared/render/sep/common-words.ts';
import { needed, type SepEntry } from '../../cisco-shared/render/sep/sep-entry.ts';
import { sepFile } from '../../cisco-shared/render/sep/sep-file.ts';
import { linePath, memberPath } from '../../cisco-shared/render/sep/sep-paths.ts';
import type { SepProtocol } from '../../cisco-shared/render/sep/sep-servers.ts';
import { unusedSettings } from '../../shared/render/unused-settings.ts';
import { xmlDefault } from '../../cisco-shared/render/xml-default.ts';
import { hardwareProblem, parseImageName } from '../image-name.ts';
import { loadOf, type Load } from '../load-order.ts';
import { allLookups, sepElements, words } from './lookups.ts';

/**
 * `SEP<MAC>.cnf.xml` and what it names. `XMLDefault.cnf.xml` names the load of this phone's model
 * alone: each phone has its own view of it.
 */
export function renderFiles(input: RenderInput): Rendered {
  if (!input.order) return { files: [], defaults: [], findings: [] };
  const settings = knownSettings(input.settings, allLookups);
  const { load, findings: loadFindings } = fittingLoad(input, loadOf(input.order));
  const protocol = load.protocol === '' ? protocolOf(settings) : load.protocol;
  const sep = sepPart(input, settings, load, protocol);
  const file = sep.files[0];
  const { files, findings } = joined([
    { files: [], findings: [...settings.findings, ...loadFindings, ...unused(settings)] },
    sep,
    file ? defaultPart(input, load, file) : nothing,
    file ? planPart(file, settings) : nothing,
    ringFile('Ringlist.xml', settings.byKey.get('ring_list'), encodeXmlRingList),
  ]);
  return { files, defaults: [], findings };
}

/** A load of other hardware is not named. */
function fittingLoad({ model }: RenderInput, load: Load) {
  const image = load.image === '' ? undefined : parseImageName(load.image);
  const problem = image && hardwareProblem(image, model);
  return problem ? { load: { ...load, image: '' }, findings: [problem] } : { load, findings: [] };
}

/** As the settings say, or as they look: servers and no line are SCCP. */
function protocolOf({ byKey }: KnownSettings): SepProtocol {
  const said = byKey.get('deviceProtocol')?.value;
  if (said === 'SIP' || said === 'SCCP') return said;
  const keys = [...byKey.keys()];
  const hasLine = keys.some((key) => key.startsWith(linePath) || /^line\d_name$/.test(key));
  const hasServer = keys.some(
    (key) => key.startsWith(memberPath) || key.startsWith('call_manager'),
  );
  return hasServer && !hasLine ? 'SCCP' : 'SIP';
}

function sepPart(
  { mac, model }: RenderInput,
  settings: KnownSettings,
  load: Load,
  protocol: SepProtocol,
): Part {
  const { file, findings } = sepFile({
    ...{ path: `SEP${mac}.cnf.xml`, protocol, model, settings },
    ...{ sep: sepElements, words },
    fixed: [
      needed('fullConfig', 'true', 'the file is the whole configuration'),
      needed('deviceProtocol', protocol, 'the protocol of the load'),
      ...(load.image === '' ? [] : [loadEntry(load.image)]),
    ],
  });
  return { files: [file], findings };
}

function loadEntry(image: string): SepEntry {
  return { path: 'loadInformation', value: image, origin: { kind: 'order' } };
}

function defaultPart({ model }: RenderInput, { image }: Load, sep: RenderedFile): Part {
  if (image === '') return nothing;
  const server = sep.values.find(
    ({ key }) => key === `${memberPath}[1]/callManager/processNodeName`,
  );
  return { files: [xmlDefault([model], image, server)], findings: [] };
}

/** The dial plan under the name that the phone was told. */
function planPart(sep: RenderedFile, { byKey }: KnownSettings): Part {
  const named = sep.values.find(({ key }) => key === 'sipProfile/dialTemplate');
  if (named === undefined || named.value === '') return nothing;
  if (/^\w[\w.-]*$/.test(named.value)) return dialplanFile(named.value, byKey.get('dial_plan'));
  const finding: Finding = {
    code: 'bad-setting-value',
    severity: 'warning',
    text: `sipProfile/dialTemplate: "${named.value}" is no name of a file`,
    consequence: 'The dial plan is not written; phones use the one that is built in.',
  };
  return { ...nothing, findings: [finding] };
}

/** Two parameters that make one element, and those of which the zone's name takes care. */
const elsewhere = /^(date_format|time_format_24hr|dst_\w+)$/;

function unused({ byKey }: KnownSettings): readonly Finding[] {
  const isUnused = ({ table, parameter, index }: KnownSetting) =>
    table === words.id && !elsewhere.test(parameter.name) && !commonWord(parameter.name, index);
  const settings = [...byKey.values()].filter(isUnused);
  return unusedSettings(settings, 'these phones have nothing like it');
}
