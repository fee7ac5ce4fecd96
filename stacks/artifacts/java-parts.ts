import { readFileSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Cache, Recipe } from '../../core/cache.ts'
import { verifyFolder } from './checksums.ts'
import { javaRuntime } from './java-runtime.ts'
import { findProgram, runTool, TOOLS } from './toolchain.ts'

const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1'

/** Kafka's broker and Connect, with the logging they need: one folder of jars. */
export const kafkaJars = (cache: Cache): Recipe =>
  fromMaven(cache, 'kafka', '4.3.1', async (into, maven) => {
    const goal = [`${PLUGIN}:copy-dependencies`, '-DincludeScope=runtime', `-DoutputDirectory=${into}`]
    await maven(goal)
    await verifyFolder(into, listOf('kafka'))
  })

/** The folder that Connect gets as plugin.path. */
export const debeziumPlugin = (cache: Cache): Recipe =>
  fromMaven(cache, 'debezium', '3.7.0.Final', async (into, maven) => {
    await unpack('debezium', into, maven)
    const plugin = join(into, 'debezium-connector-postgres')
    for (const name of await readdir(plugin)) {
      if (name.endsWith('.md')) await rm(join(plugin, name))
    }
  })

/** The unpacked Quarkus application of Apicurio Registry. */
export const registryApplication = (cache: Cache): Recipe =>
  fromMaven(cache, 'apicurio', '3.3.3', (into, maven) => unpack('apicurio', into, maven))

/** The jars of {@link kafkaJars} in a fixed order: an ahead-of-time cache is bound to the class path. */
export async function classPath(content: string): Promise<string> {
  const jars = (await readdir(content)).filter((name) => name.endsWith('.jar')).sort()
  return jars.map((name) => join(content, name)).join(':')
}

type Maven = (goal: readonly string[]) => Promise<void>

function fromMaven(
  cache: Cache,
  name: string,
  version: string,
  fill: (into: string, maven: Maven) => Promise<void>,
): Recipe {
  return {
    name,
    version,
    inputs: [readFileSync(pomOf(name), 'utf8'), readFileSync(listOf(name), 'utf8')],
    async build(into, { tell, environment }) {
      tell('download')
      await fill(into, async (goal) => {
        // Maven needs some Java: the machine's own where there is one (it knows the machine's certificates).
        const own = process.env.JAVA_HOME || (await findProgram('java'))
        const home = own ? {} : { JAVA_HOME: join(await cache.obtain(javaRuntime), 'runtime') }
        const run = { cwd: into, env: { ...environment, ...home } }
        await oneMavenAtATime(() => runTool(TOOLS.mvn, ['-q', '-B', '-f', pomOf(name), ...goal], run))
      })
    },
  }
}

async function unpack(name: string, into: string, maven: Maven): Promise<void> {
  const archives = join(into, 'archives')
  await mkdir(archives)
  await maven([`${PLUGIN}:copy`, `-DoutputDirectory=${archives}`])
  await verifyFolder(archives, listOf(name))
  for (const archive of await readdir(archives)) {
    await runTool(TOOLS.tar, ['xzf', join(archives, archive), '-C', into, '--no-same-owner'], { cwd: into })
  }
  await rm(archives, { recursive: true })
}

let turn: Promise<unknown> = Promise.resolve()

/** Two Mavens on one local repository can disturb each other, and each uses both cores. */
function oneMavenAtATime(work: () => Promise<unknown>): Promise<unknown> {
  const mine = turn.then(work, work)
  turn = mine.catch(() => {})
  return mine
}

function pomOf(name: string): string {
  return fileURLToPath(new URL(`./maven/${name}.xml`, import.meta.url))
}

function listOf(name: string): string {
  return fileURLToPath(new URL(`./maven/${name}.sha256`, import.meta.url))
}
