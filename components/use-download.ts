// One download of a pair's models: started, paused, gone on with.
import { useCallback, useRef, useState } from 'preact/hooks';
import { isAbort } from '../lib/errors.ts';
import type { LanguagePair } from '../lib/protocol.ts';
import type { Download } from './PackOffer.tsx';
import type { TranslationPlatform } from '../lib/platform/translation.ts';

const NOTHING_YET: Download = { fraction: 0, paused: false };

export interface DownloadControl {
  download: Download | null;
  /** True once all that the pair needs is here; false where it was paused or dropped. Throws what the platform throws. */
  start: (pair: LanguagePair) => Promise<boolean>;
  /** What is here stays, and is shown. */
  pause: () => void;
  /** As pause, and shows nothing of it. */
  drop: () => void;
}

export function useDownload(platform: TranslationPlatform): DownloadControl {
  const [download, setDownload] = useState<Download | null>(null);
  const running = useRef<AbortController | null>(null);

  const start = useCallback(
    async (pair: LanguagePair) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      const isCurrent = () => running.current === controller;
      setDownload((before) => ({ ...(before ?? NOTHING_YET), paused: false }));
      try {
        for await (const event of platform.download(pair, controller.signal)) {
          if (event.kind === 'progress' && isCurrent()) setDownload({ ...event, paused: false });
        }
        if (isCurrent()) setDownload(null);
        return isCurrent();
      } catch (error) {
        if (!isCurrent() || isAbort(error)) return false;
        setDownload(null);
        throw error;
      }
    },
    [platform],
  );

  const end = useCallback((left: (before: Download | null) => Download | null) => {
    running.current?.abort();
    running.current = null;
    setDownload(left);
  }, []);
  const pause = useCallback(
    () => end((before) => before && { ...before, paused: true, remainingMs: undefined }),
    [end],
  );
  const drop = useCallback(() => end(() => null), [end]);

  return { download, start, pause, drop };
}
