import type { RenderInput } from '../../../model/family.ts';
import type { KnownSettings } from '../../shared/render/known-settings.ts';
import type { Part } from '../../shared/render/part.ts';
import { needed, type SepEntry } from '../../cisco-shared/render/sep/sep-entry.ts';
import { sepFile } from '../../cisco-shared/render/sep/sep-file.ts';
import { memberPath } from '../../cisco-shared/render/sep/sep-paths.ts';
import { modelText, xmlDefault } from '../../cisco-shared/render/xml-default.ts';
import type { Load } from '../load-order.ts';
import { models } from '../models.ts';
import { sepLookupOf7900, sipLookup } from './lookups.ts';

/**
 * `SEP<MAC>.cnf.xml` and `XMLDefault.cnf.xml` for SCCP. Protocol and load are all that a 7940/7960
 * needs of the first; the elements are those of the Java phones.
 */
export function sccpFiles({ mac, model }: RenderInput, load: Load, settings: KnownSettings): Part {
  const { file, findings } = sepFile({
    ...{ path: `SEP${mac}.cnf.xml`, protocol: 'SCCP', model, settings },
    ...{ sep: sepLookupOf7900, words: sipLookup },
    fixed: [
      needed('deviceProtocol', 'SCCP', 'the protocol of the load'),
      ...loadEntries(load, modelText(model.name)),
    ],
  });
  const server = file.values.find(
    ({ key }) => key === `${memberPath}[1]/callManager/processNodeName`,
  );
  return { files: [file, xmlDefault(models, load.image, server)], findings };
}

function loadEntries({ image }: Load, text: string): readonly SepEntry[] {
  if (image === '') return [];
  return [
    { path: 'loadInformation', value: image, origin: { kind: 'order' } },
    needed('loadInformation/@model', text, 'as in files that these phones boot with'),
  ];
}
