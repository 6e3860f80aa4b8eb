// That a pack has come or gone, told to all pages of the extension: the disk tells nobody.

const CHANNEL = 'packs';

export function sayPacksChanged(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(null);
  channel.close();
}

/** Calls back after each change. Returns the end of it. */
export function onPacksChanged(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', listener);
  return () => channel.close();
}
