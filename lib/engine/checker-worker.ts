// The worker's script for checking grammar.
import { Checker } from './checker.ts';
import { CheckerEngine } from './checker-engine.ts';
import { serveWorker } from './serve-worker.ts';
import type { StartMessage } from './worker-link.ts';

serveWorker<StartMessage>(self, ({ assetsUrl }) => new CheckerEngine(new Checker(assetsUrl)));
