// A proxy that lets nothing through and writes down who asked for what: the proof that nothing leaves the machine. Browsers go
// past it only to the loopback addresses.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the browsers ask for by themselves, in an empty window without any extension. */
const OF_THE_BROWSERS = [
  // Chromium: sign-in, clock, updates, form hints
  'accounts.google.com',
  'clients2.google.com',
  'update.googleapis.com',
  'redirector.gvt1.com',
  'content-autofill.googleapis.com',
  // Firefox: settings
  'firefox.settings.services.mozilla.com',
];

export interface RecordingProxy {
  port: number;
  /** Addresses that were asked for, refused. */
  requests: string[];
  close(): void;
}

export async function startRecordingProxy(): Promise<RecordingProxy> {
  const requests: string[] = [];
  const record = (address = '') => {
    const host = new URL(address.includes('://') ? address : `https://${address}`).hostname;
    if (!OF_THE_BROWSERS.includes(host)) requests.push(address);
  };
  const server = createServer((request, response) => {
    record(request.url);
    response.writeHead(403).end();
  });
  server.on('connect', (request, socket) => {
    record(request.url);
    // A browser that closes may cut its connections: nobody else listens to this one.
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    requests,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
