// Every ordered pair of images over real TFTP on loopback, some at a time.
import { loadsFor, models } from './java-matrix-loads.ts';
import { realJavaJourney, realJourney } from './real-site.ts';
import { matrixImages } from './upgrade-matrix-table.ts';
import { firmwareOf, javaFirmwareOf } from './virtual-site.ts';

type Journey = { readonly name: string; readonly run: () => Promise<void> };

const atOnce = 16;

function pairsOf(images: readonly string[]): readonly (readonly [from: string, to: string])[] {
  return images.flatMap((from) =>
    images.filter((to) => to !== from).map((to) => [from, to] as const),
  );
}

const firmware = firmwareOf(matrixImages);
const all: readonly Journey[] = [
  ...pairsOf(matrixImages).map(([from, to]) => ({
    name: `7960 from ${from} to ${to}`,
    run: () => realJourney(from, to, firmware),
  })),
  ...models.flatMap((model) => {
    const loads = loadsFor(model.hardware);
    const ownFirmware = javaFirmwareOf(loads);
    return pairsOf(loads).map(([from, to]) => ({
      name: `${model.name} from ${from} to ${to}`,
      run: () => realJavaJourney(model, from, to, ownFirmware),
    }));
  }),
];
const start = performance.now();
const left = [...all];
let failures = 0;

async function runSome(): Promise<void> {
  for (let journey = left.pop(); journey !== undefined; journey = left.pop())
    try {
      await journey.run();
    } catch (error) {
      failures++;
      console.error(journey.name, error instanceof Error ? error.message : error);
    }
}

await Promise.all(Array.from({ length: atOnce }, runSome));
const seconds = ((performance.now() - start) / 1000).toFixed(0);
console.log(`${all.length} pairs over TFTP in ${seconds} s, ${failures} failed`);
if (failures > 0) process.exitCode = 1;
