// The models as the platform tells of them, and the downloads that run from this page.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { isAbort, toWire, type WireError } from '../lib/errors.ts';
import type { ModelsPlatform, OfferedModel } from '../lib/platform/models.ts';

export interface ModelWork {
  /** loading: bytes come. checking: all are here. failed: see `error`. */
  phase: 'loading' | 'checking' | 'failed';
  fraction: number;
  loadedBytes?: number;
  totalBytes?: number;
  remainingMs?: number;
  error?: WireError;
}

export interface Storage {
  usedBytes: number;
  freeBytes: number | null;
}

/** Of a file of a repository. */
export interface HubFileName {
  repository: string;
  file: string;
}

export interface Models {
  models: readonly OfferedModel[];
  storage: Storage | null;
  /** By `workKey`. */
  work: ReadonlyMap<string, ModelWork>;
  download: (from: HubFileName) => void;
  pause: (from: HubFileName) => void;
  remove: (id: string) => void;
}

export function workKey({ repository, file }: HubFileName): string {
  return `${repository}/${file}`;
}

export function useModels(platform: ModelsPlatform): Models {
  const [models, setModels] = useState<readonly OfferedModel[]>([]);
  const [storage, setStorage] = useState<Storage | null>(null);
  const [work, setWork] = useState<ReadonlyMap<string, ModelWork>>(new Map());
  const running = useRef(new Map<string, AbortController>());
  /** By the reader, here: not begun again by itself. */
  const paused = useRef(new Set<string>());

  const set = useCallback((key: string, next: ModelWork | null) => {
    setWork((before) => {
      const changed = new Map(before);
      if (next) changed.set(key, next);
      else changed.delete(key);
      return changed;
    });
  }, []);

  const download = useCallback(
    async (from: HubFileName) => {
      const key = workKey(from);
      if (running.current.has(key)) return;
      const controller = new AbortController();
      running.current.set(key, controller);
      paused.current.delete(key);
      const isCurrent = () => running.current.get(key) === controller;
      set(key, { phase: 'loading', fraction: 0 });
      try {
        for await (const event of platform.download(from.repository, from.file, controller.signal)) {
          if (event.kind !== 'progress' || !isCurrent()) continue;
          set(key, { ...event, phase: event.phase === 'checking' ? 'checking' : 'loading' });
        }
        if (isCurrent()) set(key, null);
      } catch (error) {
        if (isCurrent()) set(key, isAbort(error) ? null : { phase: 'failed', fraction: 0, error: toWire(error) });
      } finally {
        if (isCurrent()) running.current.delete(key);
      }
    },
    [platform, set],
  );

  useEffect(
    () =>
      platform.onModels((told) => {
        setModels(told);
        // Begun by another page, perhaps one that is closed by now: it goes on, and is shown.
        for (const { entry, isComing } of told) {
          const from = entry.origin.kind === 'hub' ? entry.origin : null;
          if (isComing && from && !paused.current.has(workKey(from))) void download(from);
        }
        void platform.readStorage().then(setStorage, () => setStorage(null));
      }),
    [platform, download],
  );

  const pause = useCallback(
    (from: HubFileName) => {
      const key = workKey(from);
      running.current.get(key)?.abort();
      running.current.delete(key);
      paused.current.add(key);
      set(key, null);
    },
    [set],
  );

  const remove = useCallback((id: string) => void platform.deleteModel(id), [platform]);
  return { models, storage, work, download: (from) => void download(from), pause, remove };
}
