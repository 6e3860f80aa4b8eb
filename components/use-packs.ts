// The packs as the platform tells of them.
import { useEffect, useState } from 'preact/hooks';
import type { LanguagePack } from '../lib/protocol.ts';
import type { TranslationPlatform } from '../lib/platform/translation.ts';

/** Empty until the platform has told. */
export function usePacks(platform: TranslationPlatform): readonly LanguagePack[] {
  const [packs, setPacks] = useState<readonly LanguagePack[]>([]);
  useEffect(() => platform.onPacks(setPacks), [platform]);
  return packs;
}
