// That something on the disk has come or gone, told to all pages of the extension: the disk tells nobody.

export function sayChanged(channelName: string): void {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage(null);
  channel.close();
}

/** Calls back after each change. Returns the end of it. */
export function onChanged(channelName: string, listener: () => void): () => void {
  const channel = new BroadcastChannel(channelName);
  channel.addEventListener('message', listener);
  return () => channel.close();
}
