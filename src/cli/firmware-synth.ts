import { AppError } from '../errors.ts';
import { command, type Cli, type MakeCommand } from './command.ts';

type Flags = { readonly out: string; readonly json?: boolean };

export const firmwareSynth: MakeCommand = (cli) =>
  command('synth', 'make synthetic images, for virtual phones and tests')
    .argument('<IMAGE...>', 'image names, e.g. P0S3-08-12-00')
    .requiredOption('--out <FOLDER>', "where to; a workspace's firmware folder serves them")
    .action((images: readonly string[], flags: Flags) => synth(cli, images, flags));

async function synth({ io, ops }: Cli, images: readonly string[], flags: Flags): Promise<void> {
  const files = images.flatMap((image) => {
    const family = ops.families.find((candidate) => candidate.parseImage(image));
    if (family) return family.synthesize(image);
    throw new AppError('wrong-usage', `"${image}" is not an image name of any family`);
  });
  const written = await ops.writeFiles(flags.out, files);
  if (flags.json) return io.out(JSON.stringify({ written }));
  for (const path of written) io.out(path);
}
