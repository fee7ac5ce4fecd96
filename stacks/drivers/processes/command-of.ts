import { ProgramRefused } from '../../program-refused.ts'
import type { Command, Program } from '../../stack.ts'

/** @throws {ProgramRefused} for an image: there is no container runtime here */
export function commandOf(name: string, program: Program): Command {
  if ('command' in program && 'cwd' in program) return program
  const image = 'image' in program ? program.image : ''
  throw new ProgramRefused(`${name} is an image`, {
    what: `the driver "processes" runs commands, not images such as ${image}`,
    hint: 'say in the config by which `command` it runs on this machine, or choose a driver that runs images with --stack',
  })
}
