// The browser's own model, as the options page finds it, and its download, which the browser does when the reader asks for it here.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { toWire, type WireError } from '../lib/errors.ts';
import type { BrowserModelState } from '../lib/model/browser-language-model.ts';
import type { BrowserModelPlatform } from '../lib/platform/options.ts';

export interface BrowserModel {
  state: BrowserModelState;
  /** 0 to 1 while its download is followed from here. */
  fraction: number | null;
  error: WireError | null;
  download: () => void;
}

export function useBrowserModel(platform: BrowserModelPlatform): BrowserModel {
  const [state, setState] = useState<BrowserModelState>('unavailable');
  const [fraction, setFraction] = useState<number | null>(null);
  const [error, setError] = useState<WireError | null>(null);
  const left = useRef(new AbortController());
  useEffect(() => {
    void platform.readState().then(setState);
    const { current } = left;
    return () => current.abort();
  }, [platform]);

  const download = useCallback(() => {
    // First in the click, or the browser refuses.
    const done = platform.download(setFraction, left.current.signal);
    setFraction(0);
    setError(null);
    void done
      .catch((thrown: unknown) => setError(toWire(thrown)))
      .then(() => platform.readState())
      .then(setState)
      .finally(() => setFraction(null));
  }, [platform]);

  return { state, fraction, error, download };
}
