import { resolve } from 'node:path'
import parseArguments from 'string-argv'
import { milliseconds } from '../../../core/duration.ts'
import type { CommonConfig, ServiceConfig } from '../config.ts'
import { placeholdersOf } from '../placeholders.ts'
import { ComposeFile, WRITE_OUT } from './compose-file.ts'
import { type ComposeService, hostsOf, pairsOf } from './compose-service.ts'
import { ComposeUnfit } from './compose-unfit.ts'
import { readinessOf } from './health-check.ts'
import { partOf } from './part.ts'
import { type Provided, readdressed } from './readdressed.ts'
import { imageOf, portOf } from './run-from.ts'
import { checkAddresses, type Other } from './unmet.ts'
import { variablesFile } from './variables-file.ts'

/** What a service of a config says of the compose file that describes it. */
type Composed = NonNullable<ServiceConfig['compose']>

export interface FromCompose {
  readonly config: CommonConfig
  /** For people: what each service takes from its file, what was replaced in it and what is left out. */
  readonly told: readonly string[]
}

/** Fields that say nothing about how one container of it runs here, or are read elsewhere. */
const ELSEWHERE = new Set(
  `image build command entrypoint environment env_file working_dir user healthcheck depends_on container_name hostname
  networks ports expose links extends restart labels annotations logging profiles pull_policy deploy develop attach
  stdin_open tty scale stop_grace_period`.split(/\s+/),
)

/**
 * The same config, in which each service that a compose file describes says itself how it is run, with the addresses of
 * that file's own parts replaced by placeholders.
 * @param folder where paths of the config start
 * @throws {ComposeUnfit}
 */
export async function fromCompose(
  config: CommonConfig,
  folder: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<FromCompose> {
  const described = Object.values(config.services).flatMap(({ compose }) => compose?.service ?? [])
  const told: string[] = []
  const services: Record<string, ServiceConfig> = {}
  for (const [name, service] of Object.entries(config.services)) {
    const { compose, ...own } = service
    if (compose === undefined) {
      services[name] = service
      continue
    }
    const unset = new Set<string>()
    const file = await ComposeFile.read(resolve(folder, compose.file), env, (missing) => unset.add(missing))
    const one = await composed(`services.${name}`, file, compose, own, described)
    services[name] = one.service
    told.push(
      `services.${name} is ${compose.service} of ${compose.file}: ${one.told.join('; ') || 'nothing is replaced'}`,
    )
    if (unset.size > 0) told.push(`${compose.file}: without a value, and so empty: ${[...unset].join(', ')}`)
  }
  return { config: { ...config, services }, told }
}

async function composed(
  at: string,
  file: ComposeFile,
  compose: Composed,
  own: Omit<ServiceConfig, 'compose'>,
  described: readonly string[],
): Promise<{ readonly service: ServiceConfig; readonly told: readonly string[] }> {
  const found = file.service(compose.service)
  if (found.extends !== undefined)
    throw new ComposeUnfit(`${at}: ${compose.service} extends another service`, {
      what: 'the file it comes from is not read',
      where: file.path,
      hint: WRITE_OUT,
    })
  const others = othersOf(file, compose)
  const provided = others.filter((other): other is Provided => other.part !== undefined)
  const given = { ...(await environmentOf(found, file)), ...own.env }
  const fromFile = Object.fromEntries(Object.entries(given).filter(([name]) => own.env?.[name] === undefined))
  const changed = readdressed(fromFile, provided)
  const words = (list: readonly string[] | undefined) =>
    list?.map((text) => readdressed({ '': text }, provided)[''] ?? text)
  const command = own.command ?? words(wordsOf(found.command))
  const entrypoint = own.entrypoint ?? words(wordsOf(found.entrypoint))
  const env = { ...changed, ...own.env }
  const texts = [
    ...Object.entries(changed),
    ...[...(command ?? []), ...(entrypoint ?? [])].map((text) => ['', text] as const),
  ]
  checkAddresses(at, file, compose.service, { texts, others, depends: found.depends_on ?? [], described })
  checkLiterals(at, file, fromFile)
  const port = own.port ?? portOf(at, file, compose.service, found)
  const ready =
    own.ready ?? readinessOf(found, port) ?? (port === undefined ? undefined : { tcp: true as const })
  if (ready === undefined)
    throw new ComposeUnfit(`${at}: nothing tells when ${compose.service} is ready`, {
      what: 'it has no health check and no port in the compose file',
      where: file.path,
      hint: `add \`ready\` to ${at}: { http: '/health' }, { log: /started/ } or { tcp: true }`,
    })
  const patience = found.healthcheck?.start_period
  return {
    service: {
      ...own,
      image: imageOf(at, file, found),
      env,
      ready,
      ...(command && command.length > 0 ? { command } : {}),
      ...(entrypoint && entrypoint.length > 0 ? { entrypoint } : {}),
      ...(own.cwd === undefined && found.working_dir !== undefined ? { cwd: found.working_dir } : {}),
      ...(own.user === undefined && found.user !== undefined ? { user: found.user } : {}),
      ...(port === undefined ? {} : { port }),
      ...(own.startWithin === undefined && patience !== undefined && isLong(patience)
        ? { startWithin: patience }
        : {}),
    },
    told: [
      ...Object.entries(changed)
        .filter(([name, text]) => text !== fromFile[name])
        .map(([name, text]) => `${name} → ${text}`),
      ...leftOut(found),
    ],
  }
}

/** The other services of the file, each with the part that stands in its place here. */
function othersOf(file: ComposeFile, { service, parts = {}, without = [] }: Composed): readonly Other[] {
  for (const name of [...Object.keys(parts), ...without])
    file.service(name, { ...file.variables, unset: () => {} })
  return file.names
    .filter((name) => name !== service && !without.includes(name))
    .map((name) => {
      const other = file.glance(name)
      const part = parts[name] ?? partOf(other.image)
      const hosts = hostsOf(name, other)
      return { service: name, part, hosts, ...(part === 'postgres' ? { login: loginOf(other) } : {}) }
    })
}

function loginOf(database: ComposeService): NonNullable<Provided['login']> {
  const env = pairsOf(database.environment)
  const user = env.POSTGRES_USER ?? env.POSTGRESQL_USERNAME ?? 'postgres'
  const password = env.POSTGRES_PASSWORD ?? env.POSTGRESQL_PASSWORD ?? undefined
  return { user, password, database: env.POSTGRES_DB ?? env.POSTGRESQL_DATABASE ?? user }
}

/** As Docker Compose has it: files first, then what stands in the service itself; a name alone is taken from outside. */
async function environmentOf(found: ComposeService, file: ComposeFile): Promise<Record<string, string>> {
  const env: Record<string, string> = {}
  for (const { path, required = true } of (found.env_file ?? []) as readonly {
    path: string
    required?: boolean
  }[]) {
    const read = await variablesFile(resolve(file.folder, path), file.variables)
    if (read === undefined && required)
      throw new ComposeUnfit('a file of variables is not there', {
        what: `env_file names ${path}`,
        where: file.path,
        hint: `write ${resolve(file.folder, path)}, or say \`required: false\` there`,
      })
    Object.assign(env, read)
  }
  for (const [name, text] of Object.entries(pairsOf(found.environment))) {
    const value = text ?? file.variables.values[name]
    if (value !== undefined) env[name] = value
  }
  return env
}

/** What reads as a placeholder of ours would be filled. @throws {ComposeUnfit} */
function checkLiterals(at: string, file: ComposeFile, env: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(env)) {
    const [first] = placeholdersOf(text)
    if (first === undefined) continue
    throw new ComposeUnfit(`${at}: ${name} of the compose file reads as a placeholder`, {
      what: `found {${first}} in '${text}'`,
      where: file.path,
      hint: `say another value in ${at}.env: { ${name}: '…' }`,
    })
  }
}

function leftOut(found: ComposeService): string[] {
  const fields = Object.keys(found).filter((field) => !ELSEWHERE.has(field) && !field.startsWith('x-'))
  return fields.length === 0 ? [] : [`not taken over: ${fields.join(', ')}`]
}

function wordsOf(given: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof given === 'string' ? parseArguments(given) : given
}

/** Longer than what every service is given. */
function isLong(period: string): boolean {
  return /^\d+(\.\d+)?(ms|s|m|h)$/.test(period) && milliseconds(period) > 30_000
}
