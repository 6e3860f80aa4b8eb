// Whether a model of the hub can run here, before any of its weights is fetched: from the head of a GGUF file, or from the small files
// that a graph is laid out with.
import { AppError } from '../../errors.ts';
import { isHubLayout } from '../catalog.ts';
import { requestBlob, type Connection } from '../download/request.ts';
import { inspectGguf } from '../gguf/inspect.ts';
import { fileAddress, type HubRepository } from './hub.ts';
import { inspectConfiguration } from './inspect-layout.ts';
import type { Inspection } from './inspect-weights.ts';
import { companionNames, companionsOf } from './layout.ts';
import { readHead } from './read-head.ts';

/** Those of a graph's files that say what it is; a tokenizer of many megabytes does not. */
const TELLING: string[] = [companionNames.config, companionNames.tokenizerConfig, companionNames.chatTemplate];
const MAX_BYTES = 16 << 20;

/** Throws `model-corrupt` for what is none of its kind, `unsupported` with what stands against it, and as `request` does. */
export async function inspectAhead(
  repository: HubRepository,
  path: string,
  endpoint: string,
  connection: Connection,
): Promise<Inspection> {
  const file = repository.files.find((each) => each.path === path);
  if (!file) throw new AppError('download-failed', `${repository.name} has no ${path}`);
  if (isHubLayout(path)) return inspectLayoutAhead(repository, path, endpoint, connection);
  const url = fileAddress(repository, path, endpoint);
  const found = await readHead(url, file.bytes, (bytes) => inspectGguf(bytes, file.bytes), connection);
  if (!found) throw new AppError('model-corrupt', 'GGUF: the file ends in its header');
  if (found.supported !== true) throw new AppError('unsupported', found.supported);
  return found;
}

async function inspectLayoutAhead(
  repository: HubRepository,
  path: string,
  endpoint: string,
  connection: Connection,
): Promise<Inspection> {
  const { files } = repository;
  const companions = companionsOf(path, files);
  const found = new Map<string, Blob>();
  for (const each of companions.filter((file) => TELLING.includes(file.path))) {
    const blob = await requestBlob(fileAddress(repository, each.path, endpoint), MAX_BYTES, connection);
    if (blob) found.set(each.path, blob);
  }
  const graph = [...companions, ...files.filter((file) => file.path === path)].filter(({ path }) =>
    path.includes('.onnx'),
  );
  return inspectConfiguration(
    found,
    graph.reduce((sum, { bytes }) => sum + bytes, 0),
  );
}
