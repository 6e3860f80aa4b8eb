// One timed run of native llama.cpp. Arguments: GGUF, threads, plan. Prints the figures as JSON in its last line.
import { readFileSync } from 'node:fs';
import { nativePeer } from './native-peer.ts';
import { measure } from './peer.ts';
import type { Plan } from './peer.ts';

const [gguf, threads, planFile] = process.argv.slice(2);
const plan = JSON.parse(readFileSync(planFile, 'utf8')) as Plan;
const timing = await measure(nativePeer(gguf, Number(threads)), plan);
console.log(JSON.stringify({ ...timing, peakBytes: process.resourceUsage().maxRSS * 1024 }));
process.exit(0);
