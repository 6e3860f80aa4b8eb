// A MessagePort, to or in a worker, in the form of a runtime port.
import { AppError } from '../errors.ts';
import type { Port } from './port.ts';

/**
 * A MessagePort as a Port. Its `close` event is not in all browsers, so a null says that an end closes; an end that has closed
 * still hears the other do so, and only then the port is let go.
 */
export function fromMessagePort(port: MessagePort): Port {
  let closed = false;
  let otherClosed = false;
  const listen = (listener: (data: unknown) => void) => {
    port.addEventListener('message', (event: MessageEvent<unknown>) => listener(event.data));
    port.start();
  };
  const letGo = () => {
    if (closed && otherClosed) port.close();
  };
  return {
    postMessage(message) {
      if (closed) throw new AppError('host-gone');
      port.postMessage(message);
    },
    disconnect() {
      if (!closed) port.postMessage(null);
      closed = true;
      letGo();
    },
    onMessage: { addListener: (listener) => listen((data) => data !== null && listener(data)) },
    onDisconnect: {
      addListener: (listener) =>
        listen((data) => {
          if (data !== null) return;
          otherClosed = true;
          listener();
          letGo();
        }),
    },
  };
}
