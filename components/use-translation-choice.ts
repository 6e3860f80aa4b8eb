// Which part of the panel is in front, the reader's language and where a translation stands: as the last time, kept for the next.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { TranslationChoice, TranslationPlatform } from '../lib/platform/translation.ts';

type Choose = (change: Partial<TranslationChoice>) => void;

/** null until it is known. */
export function useTranslationChoice(platform: TranslationPlatform): [TranslationChoice | null, Choose] {
  const [choice, setChoice] = useState<TranslationChoice | null>(null);
  const chosen = useRef<Partial<TranslationChoice>>({});
  useEffect(() => void platform.loadChoice().then((loaded) => setChoice({ ...loaded, ...chosen.current })), [platform]);
  const choose = useCallback(
    (change: Partial<TranslationChoice>) => {
      chosen.current = { ...chosen.current, ...change };
      setChoice((before) => before && { ...before, ...change });
      void platform.saveChoice(change);
    },
    [platform],
  );
  return [choice, choose];
}
