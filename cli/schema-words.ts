import { Argument, type Command, Option } from 'commander'
import { AUTO } from '../stacks/choose-driver.ts'
import { DRIVER_NAMES } from '../stacks/open-stack.ts'
import type { TypedSchemasOptions } from './commands/schemas.ts'
import { examples } from './help-text.ts'

/** The words of `eventproof schemas`. */
export function addSchemas(
  program: Command,
  run: (names: readonly string[], options: TypedSchemasOptions) => Promise<void>,
): void {
  program
    .command('schemas')
    .description(
      'check schemas and how they may change, in a registry of its own, without a service (docs/schemas.md)',
    )
    .addArgument(new Argument('<deed>', 'try them').choices(['check']))
    .argument('[names...]', "entries of the config's `schemas`; default: all")
    .option('--config <file>', 'default: eventproof.config.ts here, else the shipped reference services')
    .addOption(
      new Option('--stack <driver>', 'how the registry runs').choices([AUTO, ...DRIVER_NAMES]).default(AUTO),
    )
    .option('--junit <file>', 'for a CI')
    .option('--out <dir>', 'where the run directory is made; default: .eventproof/runs')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      examples([
        [
          'eventproof schemas check',
          'exit code 1 where a version breaks readers, or nothing keeps it from that',
        ],
        ['eventproof schemas check orders --junit schemas.xml', 'one entry, for a CI'],
      ]),
    )
    .action((_, names, options) => run(names, options))
}
