// Where a model can run, and in words (message keys) why it does not run on the GPU. Types and keys only.

export interface Backend {
  device: 'gpu' | 'cpu';
  /** WebAssembly threads; 1 where there is no shared memory. */
  threads: number;
  /** A GPU that computes on the CPU: for tests only. */
  software?: true;
}

/** What a reader should know of the choice, mostly why not the GPU: keys of the message catalogue (public/_locales). */
export const BACKEND_REASONS = [
  'gpuMissing', // no adapter, or only a software one
  'gpuLacksFeatures', // an adapter whose features or limits do not suffice
  'gpuWrongNumbers', // its known-answer test failed
  'gpuOutOfMemory',
  'gpuLost', // the device went away during a run
  'gpuSilent', // it stopped answering and was ended
  'gpuFailed', // the model could not be set up on it
  'gpuCrashed', // the browser went down the last time that it was tried
  'gpuNotWanted', // the reader wants the CPU
  'modelCrashed', // the host went down the last time that the model was loaded, and there is no other device for it
] as const;
export type BackendReason = (typeof BACKEND_REASONS)[number];

/** What the probe found: the backends to try, best first, and why the GPU is not among them. */
export interface Ranking {
  backends: Backend[];
  reason?: BackendReason;
  /** Which GPU it is, and which browser drives it: what was found out about it holds as long as both stay. */
  gpu?: string;
}
