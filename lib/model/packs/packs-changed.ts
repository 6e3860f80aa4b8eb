// That a pack has come or gone, told to all pages of the extension.
import { onChanged, sayChanged } from '../download/changes.ts';

const CHANNEL = 'packs';

export const sayPacksChanged = (): void => sayChanged(CHANNEL);

/** Calls back after each change. Returns the end of it. */
export const onPacksChanged = (listener: () => void): (() => void) => onChanged(CHANNEL, listener);
