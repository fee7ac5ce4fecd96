import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Cache, keyOf, type Recipe } from '../../../../core/cache.ts'
import { classPath, kafkaJars } from '../../../artifacts/java-parts.ts'
import { javaProgram, javaRuntime } from '../../../artifacts/java-runtime.ts'
import { runProgram } from '../../../artifacts/toolchain.ts'

/** Any id does: each run writes its own into its copy. */
const TEMPLATE_CLUSTER = 'AAAAAAAAAAAAAAAAAAAAAA'

/** A formatted log folder: two small files, whose copy saves each start a second of a JVM. */
export const kafkaStorage = (cache: Cache): Recipe => ({
  name: 'kafka-storage',
  version: '4.3.1',
  inputs: [keyOf(kafkaJars(cache)), keyOf(javaRuntime)],
  async build(into, { tell, environment }) {
    const [java, jars] = await Promise.all([cache.obtain(javaRuntime), cache.obtain(kafkaJars(cache))])
    tell('build')
    const properties = join(into, 'server.properties')
    await writeFile(properties, formatProperties(into))
    const format = ['kafka.tools.StorageTool', 'format', '-t', TEMPLATE_CLUSTER, '-c', properties]
    await runProgram(javaProgram(java), ['-cp', await classPath(jars), ...format], {
      cwd: into,
      env: environment,
    })
    await rm(properties)
  },
})

function formatProperties(into: string): string {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    'controller.quorum.voters=1@127.0.0.1:1',
    'listeners=INTERNAL://127.0.0.1:2,CONTROLLER://127.0.0.1:1',
    'listener.security.protocol.map=INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'inter.broker.listener.name=INTERNAL',
    'controller.listener.names=CONTROLLER',
    `log.dirs=${into}`,
  ].join('\n')
}
