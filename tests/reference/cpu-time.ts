// What work costs, for tests that hold it to another's cost or to far less than a quadratic one: other work on the machine does not
// lengthen it.

/** CPU time of this process while `work` runs, in milliseconds. */
export async function cpuMs(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  return process.cpuUsage(before).user / 1000;
}
