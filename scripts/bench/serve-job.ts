// The worker's half of browser.ts: times the given engine once and posts the result.
import type { Job } from './browser.ts';
import type { Peer } from './peer.ts';
import { measure } from './peer.ts';

export function serveJob(peerFor: (threads: number) => Peer): void {
  self.onmessage = (event: MessageEvent<Job>) => {
    const { threads, plan } = event.data;
    measure(peerFor(threads), plan).then(
      (timing) => self.postMessage(timing),
      (error: unknown) =>
        self.postMessage({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  };
}
