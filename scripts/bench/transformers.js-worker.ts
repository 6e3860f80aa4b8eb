import { serveJob } from './serve-job.ts';
import { transformersPeer } from './transformers-peer.ts';

serveJob((threads) =>
  transformersPeer({ models: '/weights/', ort: '/transformers-ort/', id: 'smollm2-135m' }, threads),
);
