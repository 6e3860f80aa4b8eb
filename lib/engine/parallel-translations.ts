// How many translations run at once: a worker for each core, of which each holds a model or two, some 85 MB.

const MOST = 3;

export function parallelTranslations(logicalCores = navigator.hardwareConcurrency): number {
  return Math.min(logicalCores, MOST);
}
