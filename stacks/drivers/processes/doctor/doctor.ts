import { availableParallelism, freemem, totalmem } from 'node:os'
import { Cache, type Recipe } from '../../../../core/cache.ts'
import { cacheFolder } from '../../../../core/cache-folder.mjs'
import { EventproofError, messageOf } from '../../../../core/error.ts'
import { Ports } from '../../../../core/ports.ts'
import { debeziumPlugin, kafkaJars, registryApplication } from '../../../artifacts/java-parts.ts'
import { javaRuntime } from '../../../artifacts/java-runtime.ts'
import { kubernetesProgram } from '../../../artifacts/kubernetes-program.ts'
import { postgresServer, postgresTemplate } from '../../../artifacts/postgres-server.ts'
import { findProgram, runProgram, TOOLS, type Tool } from '../../../artifacts/toolchain.ts'
import { toxiproxyProgram } from '../../../artifacts/toxiproxy-program.ts'
import type { DiagnoseOptions, DoctorLine } from '../../../driver.ts'
import { freeDisk } from '../../../local/free-disk.ts'
import { imageOf } from '../artifacts/images.ts'
import { kafkaStorage } from '../artifacts/kafka-storage.ts'
import { prometheusProgram } from '../artifacts/prometheus-program.ts'
import { expectReachable } from '../reachable.ts'
import { kubernetesLines } from './doctor-kubernetes.ts'

const GIGABYTE = 1e9
/** Milliseconds for a program to say its version; a machine may be busy, and pip is slow. */
const ANSWER = 20_000

/** Looks at everything that the `processes` stack needs of this machine; changes nothing. */
export async function diagnose(options: DiagnoseOptions = {}): Promise<DoctorLine[]> {
  const env = options.env ?? process.env
  const cache = new Cache(options.cache ?? cacheFolder(env))
  const entries = await Promise.all(
    recipesOf(cache).map((recipe) => entryLine(cache, recipe, options.thorough)),
  )
  const obtained = (...names: string[]) =>
    names.every((name) => entries.find(({ subject }) => subject === `cache ${name}`)?.state === 'ok')
  const lines = await Promise.all([
    nodeLine(),
    toolLine(TOOLS.npm, ['--version'], obtained('postgres'), env),
    toolLine(TOOLS.python3, ['-m', 'pip', '--version'], obtained('java'), env),
    toolLine(TOOLS.mvn, undefined, obtained('kafka', 'debezium', 'apicurio'), env),
    toolLine(TOOLS.go, ['version'], obtained('toxiproxy'), env),
    toolLine(TOOLS.tar, undefined, obtained('postgres', 'debezium', 'apicurio'), env),
    coresLine(),
    memoryLine(),
    diskLine(cache.root),
    portsLine(),
    reachLine(cache.root),
  ])
  const room = { memory: process.availableMemory(), disk: await freeDisk(cache.root) }
  return [...lines, ...(await kubernetesLines(cache, env, room)), ...entries]
}

function nodeLine(): DoctorLine {
  const { node } = process.versions
  const ok = Number(node.split('.')[0]) >= 24
  const fix = { costs: 'everything', fix: 'npm ci, then start through npm: it brings Node 24' }
  return { subject: 'node', state: ok ? 'ok' : 'missing', found: node, ...(ok ? {} : fix) }
}

/** @param cached what the tool is needed for is obtained already: then its absence costs nothing today */
async function toolLine(
  tool: Tool,
  version: readonly string[] | undefined,
  cached: boolean,
  env: NodeJS.ProcessEnv,
): Promise<DoctorLine> {
  const { program: subject, costs, controls, fix } = tool
  const program = await findProgram(subject, env.PATH)
  try {
    if (!program) throw new Error('not on PATH')
    // A JVM only to print its version would cost a second: being there is enough where no version is asked for.
    const output = version ? await runProgram(program, version, { cwd: '/', deadline: ANSWER }) : program
    return { subject, state: 'ok', found: output.trim().split('\n')[0] ?? '' }
  } catch (error) {
    const found = error instanceof EventproofError ? (error.detail.what ?? error.message) : messageOf(error)
    if (cached)
      return { subject, state: 'warn', found: `${found}; what it is needed for is in the cache`, fix }
    return controls
      ? { subject, state: 'warn', found, costs, controls, fix }
      : { subject, state: 'missing', found, costs, fix }
  }
}

function coresLine(): DoctorLine {
  const cores = availableParallelism()
  if (cores >= 2) return { subject: 'cores', state: 'ok', found: String(cores) }
  return {
    subject: 'cores',
    state: 'warn',
    found: String(cores),
    costs: 'time: two or more were measured',
    fix: 'a larger machine',
  }
}

function memoryLine(): DoctorLine {
  const found = `${gigabytes(freemem())} free of ${gigabytes(totalmem())}`
  if (totalmem() >= 2 * GIGABYTE) return { subject: 'memory', state: 'ok', found }
  return {
    subject: 'memory',
    state: 'warn',
    found,
    costs: 'Connect and the schema registry may not fit',
    fix: '2 GB or more',
  }
}

async function diskLine(root: string): Promise<DoctorLine> {
  const subject = 'disk'
  const free = await freeDisk(root)
  const found = `${gigabytes(free)} free for ${root}`
  if (free >= 2 * GIGABYTE) return { subject, state: 'ok', found }
  return {
    subject,
    state: 'warn',
    found,
    costs: 'first set-up needs 1 GB',
    fix: 'EVENTPROOF_CACHE=<a larger disk>',
  }
}

async function portsLine(): Promise<DoctorLine> {
  const subject = 'ports'
  await using ports = new Ports()
  try {
    const wanted = await Promise.all(Array.from({ length: 40 }, () => ports.allocate()))
    return { subject, state: 'ok', found: `${wanted.length} of 20000–31999 can be had on 127.0.0.1` }
  } catch (error) {
    return {
      subject,
      state: 'missing',
      found: messageOf(error),
      costs: 'every control',
      fix: 'end what listens there',
    }
  }
}

function reachLine(root: string): DoctorLine {
  const subject = 'cache folder'
  try {
    expectReachable(root, 'EVENTPROOF_CACHE')
    return { subject, state: 'ok', found: root }
  } catch (error) {
    const fix = 'EVENTPROOF_CACHE=<a folder open to others>'
    return { subject, state: 'missing', found: messageOf(error), costs: 'Postgres: every control', fix }
  }
}

async function entryLine(cache: Cache, recipe: Recipe, thorough = false): Promise<DoctorLine> {
  const subject = `cache ${recipe.name}`
  const entry = await cache.inspect(recipe, thorough ? 'hashes' : 'sizes')
  if (entry.state === 'present') {
    return { subject, state: 'ok', found: `${recipe.version}, ${Math.ceil(entry.bytes / 1e6)} MB` }
  }
  if (entry.state === 'absent') {
    return {
      subject,
      state: 'warn',
      found: `${recipe.version} is not there yet`,
      fix: 'nothing: it is obtained at first need',
    }
  }
  // What has its size is taken as it is when it is needed: nobody reads a gigabyte to start a broker.
  const found = await cache.inspect(recipe)
  const fix =
    found.state === 'corrupted'
      ? 'nothing: it is built anew at next need'
      : `rm -r ${cache.folderOf(recipe)}   then it is built anew at next need`
  return { subject, state: 'warn', found: `${recipe.version} is damaged: ${entry.damage}`, fix }
}

function recipesOf(cache: Cache): Recipe[] {
  const images = (['kafka', 'connect', 'schema-registry'] as const).map((image) => imageOf(cache, image))
  const fromMaven = [kafkaJars(cache), debeziumPlugin(cache), registryApplication(cache)]
  return [
    postgresServer,
    postgresTemplate(cache),
    javaRuntime,
    ...fromMaven,
    kafkaStorage(cache),
    toxiproxyProgram,
    prometheusProgram,
    kubernetesProgram(cache),
    ...images,
  ]
}

function gigabytes(bytes: number): string {
  return `${(bytes / GIGABYTE).toFixed(1)} GB`
}
