/** Node strips no types below `node_modules`: installed as a package, it is told how to. */
const loader = import.meta.url.includes('/node_modules/')
  ? [
      '--disable-warning=ExperimentalWarning',
      `--import=${new URL('../../../core/strip-types.mjs', import.meta.url)}`,
    ]
  : []

/**
 * The command that starts a service of this repository. `node` on PATH may be too old for its TypeScript, so it names
 * the Node that reads the config.
 * kafkajs 2.2.4 sets timers that are due already, and Node warns of the first one: nobody could do anything about it.
 * @param file relative to the config file's folder
 */
export function node(file: string): string[] {
  return [process.execPath, '--disable-warning=TimeoutNegativeWarning', ...loader, file]
}
