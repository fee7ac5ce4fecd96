import { ProgramRefused } from '../../program-refused.ts'
import type { Command, Program } from '../../stack.ts'

/** @throws {ProgramRefused} for an image: there is no container runtime here */
export function commandOf(name: string, program: Program): Command {
  if (!('image' in program)) return program
  const { image } = program
  throw new ProgramRefused(`${name} is an image`, {
    what: `the driver "processes" runs commands, and no images (${typeof image === 'string' ? image : image.dockerfile})`,
    hint: 'choose `--stack containers`, which needs Docker (`eventproof doctor` says what is missing), or say in the config by which `command` it runs on this machine',
  })
}
