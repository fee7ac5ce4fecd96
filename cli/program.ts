import { Argument, Command, CommanderError, Option } from 'commander'
import { nearest } from '../core/nearest.ts'
import { UsageError } from '../core/usage-error.ts'
import { AUTO } from '../stacks/choose-driver.ts'
import { DRIVER_NAMES } from '../stacks/open-stack.ts'
import type { TypedGcOptions } from './commands/gc.ts'
import type { TypedImagesOptions } from './commands/images.ts'
import type { TypedLintOptions } from './commands/lint.ts'
import type { TypedLogsOptions } from './commands/logs.ts'
import type { TypedSchemasOptions } from './commands/schemas.ts'
import type { TypedTopologyOptions } from './commands/topology.ts'
import type { TypedRunOptions } from './commands/verify.ts'
import { COUNTED } from './counted-options.ts'
import { EXIT_CODES, examples, LINT_EXIT_CODES } from './help-text.ts'
import { IMAGE_DEEDS, type ImageDeed } from './image-deeds.ts'
import { LINT_FORMATS } from './lint/format.ts'
import { type TypedProveOptions, wholeNumber } from './option-parsing.ts'
import type { Output } from './output.ts'
import { addSchemas } from './schema-words.ts'

/** What the commands do; the words around them are here, the deeds in commands/. */
export interface Commands {
  prove(selection: readonly string[], options: TypedProveOptions): Promise<number>
  doctor(options: { readonly json?: true; readonly thorough?: true }): Promise<number>
  report(run: string, options: TypedRunOptions): Promise<number>
  compare(runs: readonly [earlier: string, later: string], options: { readonly json?: true }): Promise<number>
  attest(run: string, options: { readonly key: string }): Promise<number>
  verify(run: string, options: TypedRunOptions): Promise<number>
  logs(words: readonly (string | undefined)[], options: TypedLogsOptions): Promise<number>
  twins(options: { readonly json?: true }): Promise<number>
  images(deed: ImageDeed, file: string | undefined, options: TypedImagesOptions): Promise<number>
  gc(options: TypedGcOptions): Promise<number>
  topology(run: string, options: TypedTopologyOptions): Promise<number>
  lint(paths: readonly string[], options: TypedLintOptions): Promise<number>
  schemas(names: readonly string[], options: TypedSchemasOptions): Promise<number>
}

/**
 * Reads the command line and runs the command that it names.
 * @returns the exit code
 * @throws {UsageError} for an unknown command or option, or a value that is not allowed.
 */
export async function runProgram(
  argv: readonly string[],
  commands: Commands,
  version: string,
  output: Output,
): Promise<number> {
  let exitCode = 0
  const ends = async (work: Promise<number>) => {
    exitCode = await work
  }
  const program = new Command('eventproof')
    .description(
      'Proves, on real components and under real faults, that event-driven services keep their promises.',
    )
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => output.result(text.trimEnd()), writeErr: () => {} })
    .showHelpAfterError(false)
    .enablePositionalOptions()

  const prove = program
    .command('prove')
    .description('bring the stack up, hurt the service in every window, judge it and write a report')
    .argument(
      '[selection...]',
      'control ids (P1), features (outbox-atomicity), @tags or names of subjects; default: all',
    )
    .addOption(
      new Option('--stack <driver>', 'how components run; auto: by the first driver that can, here and now')
        .choices([AUTO, ...DRIVER_NAMES])
        .default(AUTO),
    )
    .option(
      '--config <file>',
      'your services; default: eventproof.config.ts here, else the shipped reference services',
    )
    .option('--subject <names...>', 'only these of your publishers, consumers and scaled workloads')
    .option(
      '--twin <name>',
      'put that broken or unusual variant in place of the reference service (see `twins`)',
    )
    .option('--features <globs...>', 'features of your own, beside ours (docs/own-features.md)')
    .option('--steps <globs...>', 'modules that define their steps')
    .option('--seed <text>', 'repeat the choices of an earlier run; default: a fresh one')
    .option('--repeat <n>', 'run each scenario so many times', wholeNumber(1), 1)
    .option('--jobs <n>', 'scenarios at a time; default: cores + 1, up to 8 while idle', wholeNumber(1))
    .addOption(
      new Option('--profile <name>', 'how many trials, and how soon')
        .choices(['quick', 'full', 'guide'])
        .default('quick'),
    )
    .option('--events <n>', 'commands of the load of each scenario', wholeNumber(1))
    .option(
      '--disarm [fault...]',
      'switch faults and gates off, all or some: the verdict must then be VACUOUS',
    )
    .option('--out <dir>', 'where the run directory is made; default: .eventproof/runs')
    .option('--keep', 'leave a cluster of containers for the next run, which finds it; `gc` removes it')
    .option('--list', 'only print what is selected: each scenario with its subject, controls and tags')
    .option('--json', 'one JSON event a line on stdout, the last one the result')
    .addHelpText(
      'after',
      examples([
        ['eventproof prove', 'everything, on the reference services'],
        ['eventproof prove C5 --list', 'what that would run, and the tags that select less of it'],
        ['eventproof prove P1 --config eventproof.config.ts', 'one control, on your services'],
        ['eventproof prove C1 --subject fulfillment', 'one control, on one of them'],
        ['eventproof prove P1 --twin mark-then-publish', 'a service that loses events: VIOLATED'],
        ['eventproof prove --seed 1f9c03aa --jobs 1', 'an earlier run again, one scenario at a time'],
      ]) + EXIT_CODES,
    )
    .action((selection: string[], options: TypedProveOptions) => ends(commands.prove(selection, options)))
  for (const option of COUNTED) prove.addOption(option)

  program
    .command('doctor')
    .description('what this machine can prove, what is missing and how to get it')
    .option('--thorough', 'read and hash every cached file, instead of comparing sizes')
    .option('--json', 'as JSON')
    .action((options) => ends(commands.doctor(options)))

  program
    .command('report')
    .description('render the report of a run again, from its directory alone')
    .argument('[run]', 'a run id, a path, or latest', 'latest')
    .option(
      '--config <file>',
      'where the run is about a kind of subject of your own: the config that names it',
    )
    .option('--json', 'as JSON')
    .option('--diff <earlier>', 'compare with an earlier run instead: what got better and what got worse')
    .addHelpText(
      'after',
      examples([
        ['eventproof report latest', 'prints the path of report.html'],
        ['eventproof report --diff main-run latest', 'exit code 1 when anything got worse'],
      ]),
    )
    .action((run, { diff, ...options }) =>
      ends(diff === undefined ? commands.report(run, options) : commands.compare([diff, run], options)),
    )

  program
    .command('attest')
    .description('print what a run found as an in-toto statement, signed, in a DSSE envelope')
    .argument('[run]', 'a run id, a path, or latest', 'latest')
    .requiredOption('--key <file>', 'a private key in PEM: Ed25519, ECDSA or RSA')
    .addHelpText(
      'after',
      examples([
        [
          'eventproof attest latest --key key.pem > attestation.json',
          'the statement’s SHA-256 covers the evidence',
        ],
      ]),
    )
    .action((run, options) => ends(commands.attest(run, options)))

  program
    .command('verify')
    .description("check a run's hashes and judge its history again, offline")
    .argument('[run]', 'a run id, a path, or latest', 'latest')
    .option(
      '--config <file>',
      'where the run is about a kind of subject of your own: the config that names it',
    )
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      examples([['eventproof verify ./downloaded-run', 'exit code 1 when anything differs']]),
    )
    .action((run, options) => ends(commands.verify(run, options)))

  program
    .command('logs')
    .description('what the components, services and pods of a run wrote, also of one that is under way')
    .argument('[run]', 'a run id, a path, or latest', 'latest')
    .argument('[name]', 'whose; a pod’s first words will do. Without it: the names that there are')
    .option('--tail <n>', 'only the last lines of each', wholeNumber(1))
    .option('--json', 'names, paths and sizes as JSON')
    .addHelpText(
      'after',
      examples([
        ['eventproof logs', 'what has a log in the newest run'],
        ['eventproof logs kafka --tail 50', 'the end of one of them'],
        ['eventproof logs latest order-consumer', 'the logs of all pods of a workload'],
      ]),
    )
    .action((run, name, options) => ends(commands.logs([run, name], options)))

  program
    .command('images')
    .description('the images of a stack of containers, built from the package registries')
    .addArgument(new Argument('<deed>', 'build, or move all as one archive').choices(IMAGE_DEEDS))
    .argument('[file]', 'of the archive')
    .option('--cluster', "also a cluster's node, which takes half an hour where nothing is cached")
    .option('--json', 'one JSON event a line on stdout')
    .addHelpText(
      'after',
      examples([
        ['eventproof images build', 'where no image registry answers'],
        ['eventproof images build --cluster', 'and the node of a kind cluster, for O1'],
        ['eventproof images export images.tar', 'for a machine that has nothing'],
        ['eventproof images import images.tar', 'there'],
      ]),
    )
    .action((deed, file, options) => ends(commands.images(deed, file, options)))

  program
    .command('gc')
    .description('remove what runs left behind that were ended by force, and nothing else')
    .option('--config <file>', 'whose `stack` says how to reach parts by their addresses')
    .action((options) => ends(commands.gc(options)))

  program
    .command('topology')
    .description('what a run saw of topics, as an AsyncAPI 3 document to start from')
    .argument('[run]', 'a run id, a path, or latest', 'latest')
    .option('--of <subject>', 'of one subject only: a document that its service can name as `asyncapi`')
    .addHelpText(
      'after',
      examples([
        ['eventproof topology --of orders > orders.asyncapi.json', 'what orders sends and receives'],
      ]),
    )
    .action((run, options) => ends(commands.topology(run, options)))

  program
    .command('twins')
    .description('the shipped broken and unusual variants, and what each must be judged')
    .option('--json', 'as JSON')
    .addHelpText('after', examples([['eventproof twins --json | jq -r .[].name', 'their names']]))
    .action((options) => ends(commands.twins(options)))

  program
    .command('lint')
    .description('check ScaledObjects in Kubernetes manifests, without a cluster (rules: docs/lint.md)')
    .argument('[paths...]', "files, folders, or - for stdin; default: the manifests of the config's scaling")
    .option(
      '--config <file>',
      'your services, to compare with; default: eventproof.config.ts here, else none',
    )
    .option('--json', 'the same as --format json')
    .addOption(
      new Option(
        '--format <format>',
        'json: a finding a line, the last line the result; sarif: for code scanning',
      )
        .choices(LINT_FORMATS)
        .conflicts('json'),
    )
    .addHelpText(
      'after',
      examples([
        ['eventproof lint k8s/', 'every manifest below a folder'],
        ['kustomize build overlays/live | eventproof lint -', 'what the cluster will be given'],
        ['eventproof lint k8s/ --format sarif > lint.sarif', 'for code scanning'],
      ]) + LINT_EXIT_CODES,
    )
    .action((paths, options) => ends(commands.lint(paths, options)))

  addSchemas(program, (names, options) => ends(commands.schemas(names, options)))

  if (argv.length === 0) {
    output.result(program.helpInformation().trimEnd())
    return 64
  }
  try {
    await program.parseAsync([...argv], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return 0
    throw usage(error, argv, program)
  }
  return exitCode
}

function usage(error: CommanderError, argv: readonly string[], program: Command): UsageError {
  const [said = '', suggested] = error.message.replace(/^error: /, '').split('\n')
  const command = program.commands.find((each) => each.name() === argv[0])
  const meant =
    suggested?.match(/Did you mean (?:one of )?(.+)\?/)?.[1] ??
    (command
      ? undefined
      : nearest(
          argv[0] ?? '',
          program.commands.map((each) => each.name()),
        ))
  const help = command ? `eventproof ${command.name()} --help` : 'eventproof --help'
  return new UsageError('the command line is not understood', {
    what: said,
    hint: meant === undefined ? help : `did you mean ${meant}? All: ${help}`,
    cause: error,
  })
}
