// A repository of the hub as its files are listed, and as they turn out when they are looked into: the one to take is looked into
// before it is said to fit, another only when it is asked for.
import { useEffect, useRef, useState } from 'preact/hooks';
import { isAbort, throwIfAborted, toWire, type WireError } from '../lib/errors.ts';
import { proposeFile } from '../lib/model/hub/repository-files.ts';
import type { ModelsPlatform, Repository } from '../lib/platform/models.ts';
import { isRefusal } from './models.ts';

export interface RepositoryView {
  repository: Repository | null;
  /** Path of the file to take unless the reader knows better; null where none can run, or that is not known yet. */
  proposed: string | null;
  /** Path of the file that is being looked into. */
  inspecting: string | null;
  /** Why a file cannot run here, by path. */
  refused: ReadonlyMap<string, WireError>;
  error: WireError | null;
  isAsking: boolean;
  list: (name: string) => void;
}

type Found = Pick<RepositoryView, 'proposed' | 'inspecting' | 'refused'>;

const NOTHING: Found = { proposed: null, inspecting: null, refused: new Map() };
/** The files of a repository are mostly of one kind: where so many cannot run, the others are not looked into. */
const MOST_INSPECTED = 3;

export function useRepository(platform: ModelsPlatform): RepositoryView {
  const [repository, setRepository] = useState<Repository | null>(null);
  const [found, setFound] = useState(NOTHING);
  const [error, setError] = useState<WireError | null>(null);
  const [isAsking, setAsking] = useState(false);
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);

  const list = async (name: string) => {
    asking.current?.abort();
    const controller = (asking.current = new AbortController());
    const { signal } = controller;
    setError(null);
    setRepository(null);
    setFound(NOTHING);
    setAsking(true);
    try {
      const listed = await platform.readRepository(name, signal);
      setRepository(listed);
      setAsking(false);
      await propose(platform, listed, signal, setFound);
    } catch (failure) {
      if (!isAbort(failure)) setError(toWire(failure));
    } finally {
      if (asking.current === controller) setAsking(false);
    }
  };
  return { repository, ...found, error, isAsking, list: (name) => void list(name) };
}

/** The best file by its name, then the next one where it turns out that it cannot run. Throws `aborted`. */
async function propose(
  platform: ModelsPlatform,
  { name, files }: Repository,
  signal: AbortSignal,
  onFound: (found: Found) => void,
): Promise<void> {
  const refused = new Map<string, WireError>();
  while (refused.size < MOST_INSPECTED) {
    const path = proposeFile(files.filter((file) => !refused.has(file.path)))?.path;
    if (path === undefined) break;
    onFound({ proposed: null, inspecting: path, refused: new Map(refused) });
    const refusal = await refusalOf(platform.inspectFile(name, path, signal));
    throwIfAborted(signal);
    if (!refusal) {
      onFound({ proposed: path, inspecting: null, refused });
      return;
    }
    refused.set(path, refusal);
  }
  onFound({ proposed: null, inspecting: null, refused });
}

/** What stands against a file; null where nothing does, or it could not be found out. */
async function refusalOf(inspecting: Promise<void>): Promise<WireError | null> {
  try {
    await inspecting;
    return null;
  } catch (failure) {
    const error = toWire(failure);
    return isRefusal(error) ? error : null;
  }
}
