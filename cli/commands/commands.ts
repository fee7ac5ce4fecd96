import { join } from 'node:path'
import type { Output } from '../output.ts'
import type { Commands } from '../program.ts'

/** Each command is loaded when it is called: `--help` and `twins` must not wait for the engine. */
export function commandsFor(argv: readonly string[], output: Output, version: string): Commands {
  const cwd = process.cwd()
  const runs = join(cwd, '.eventproof', 'runs')
  return {
    prove: async (selection, typed) =>
      (await import('./prove.ts')).proveCommand(selection, typed, { cwd, argv, output, version }),
    doctor: async (options) => (await import('./doctor.ts')).doctorCommand(options, output),
    report: async (run, typed) =>
      (await import('./report.ts')).reportCommand(run, typed, { runs, cwd, output }),
    compare: async (pair, { json }) =>
      (await import('./compare.ts')).compareCommand(pair, json === true, { runs, cwd, output }),
    attest: async (run, typed) =>
      (await import('./attest.ts')).attestCommand(run, typed, { runs, cwd, output }),
    verify: async (run, typed) =>
      (await import('./verify.ts')).verifyCommand(run, typed, { runs, cwd, output }),
    logs: async (words, typed) =>
      (await import('./logs.ts')).logsCommand(words, typed, { runs, cwd, output }),
    topology: async (run, typed) =>
      (await import('./topology.ts')).topologyCommand(run, typed, { runs, cwd, output }),
    lint: async (paths, typed) =>
      (await import('./lint.ts')).lintCommand(paths, typed, { cwd, output, stdin: process.stdin, version }),
    schemas: async (names, typed) =>
      (await import('./schemas.ts')).schemasCommand(names, typed, { cwd, argv, output }),
    images: async (deed, file, { json, cluster }) => {
      const asked = { deed, file, cluster: cluster === true, json: json === true, cwd }
      return (await import('./images.ts')).imagesCommand(asked, output)
    },
    gc: async (typed) => (await import('./gc.ts')).gcCommand(typed, cwd, output),
    twins: async ({ json }) => (await import('./twins.ts')).twinsCommand(json === true, output),
  }
}
