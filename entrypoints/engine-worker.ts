// The engine's worker, at the address that every host knows. Everything that computes happens in here.
import '../lib/engine/worker.ts';
import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';

export default defineUnlistedScript(() => undefined);
