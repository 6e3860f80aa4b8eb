// When what the panel shows has reached the screen: what is not part of it can begin then.

/** A window that is covered may draw nothing, and does not say so. */
const NO_FRAME_MS = 100;

/** Resolves once the frame that has all changes so far is painted; where none is drawn, soon. */
export function painted(): Promise<void> {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    setTimeout(resolve, NO_FRAME_MS);
    // What is posted in a frame comes when that has been painted.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
  });
}
