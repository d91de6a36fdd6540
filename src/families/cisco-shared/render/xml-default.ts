import { encodeXmlDefault } from '../../../codec/config/xml-default.ts';
import type { Model } from '../../../model/phone.ts';
import type { RenderedFile } from '../../../model/render.ts';
import type { WrittenValue } from '../../../model/render.ts';
import { CodecError } from '../../../wire/codec-error.ts';

/** `XMLDefault.cnf.xml`: a load for each model, and the first call manager where there is one. */
export function xmlDefault(
  models: readonly Model[],
  image: string,
  callManager: WrittenValue | undefined,
): RenderedFile {
  const numbered = models.flatMap(({ name, number }) =>
    number === undefined || image === '' ? [] : [{ number, model: modelText(name), image }],
  );
  const path = 'XMLDefault.cnf.xml';
  const content = encodeWith(numbered, callManager?.value);
  const values: readonly WrittenValue[] = numbered.map(({ number }) => ({
    key: `loadInformation${number}`,
    value: image,
    origin: { kind: 'order' },
  }));
  return { path, content, values: callManager ? [callManager, ...values] : values };
}

type Loads = Parameters<typeof encodeXmlDefault>[0]['loads'];

function encodeWith(loads: Loads, processNodeName: string | undefined): string {
  if (processNodeName === undefined) return encodeXmlDefault({ loads });
  try {
    return encodeXmlDefault({ loads, processNodeName });
  } catch (error) {
    if (error instanceof CodecError) return encodeXmlDefault({ loads });
    throw error;
  }
}

/** Free text for people; the number is the key. */
export function modelText(name: string): string {
  return `IP Phone ${name}`;
}
