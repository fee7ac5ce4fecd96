import { basename, dirname, join } from 'node:path'
import { type Cache, keyOf } from '../../../../core/cache.ts'
import { debeziumPlugin, kafkaJars, registryApplication } from '../../../artifacts/java-parts.ts'
import { javaRuntime } from '../../../artifacts/java-runtime.ts'
import { postgresServer } from '../../../artifacts/postgres-server.ts'
import { toxiproxyProgram } from '../../../artifacts/toxiproxy-program.ts'
import { debianRoot } from './debian-root.ts'
import type { ImageName, ImageRecipe } from './image.ts'
import { read, script } from './image-files.ts'
import { nodeImages, type PartOf } from './node-recipes.ts'

/** What the JVMs of a stack have in common: a short life on a small machine. */
const SMALL_JVM = 'JAVA_TOOL_OPTIONS="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Djava.awt.headless=true"'

const TRAIN = '/opt/train.sh'
/** What a training wrote but its record. */
const FORGET = ' && rm -rf /tmp/* /etc/kafka'

/** Every image that can be built here. They are made of the very files that the driver `processes` runs. */
export function imageRecipes(cache: Cache): Readonly<Record<ImageName, ImageRecipe>> {
  const part: PartOf = (recipe, to, below = '') => ({
    key: keyOf(recipe),
    to,
    obtain: async () => {
      const path = join(await cache.obtain(recipe), below)
      return { folder: dirname(path), name: basename(path) }
    },
  })
  const java = part(javaRuntime, '/opt/java', 'runtime')
  const jars = part(kafkaJars(cache), '/opt/kafka')
  const base: ImageRecipe = {
    name: 'base',
    version: debianRoot.version,
    instructions: [],
    parts: [part(debianRoot, '/', 'root.tar')],
    files: {},
  }
  const jvm = { base, version: kafkaJars(cache).version }
  const path =
    'ENV PATH=/opt/java/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8'
  const training = { [TRAIN]: script('train.sh') }
  const broker = {
    '/etc/confluent/docker/run': script('kafka-run.sh'),
    '/opt/train-broker.sh': script('train-broker.sh'),
    ...training,
  }
  const log4j = { '/opt/log4j.xml': { text: read('../../../settings/log4j.xml') } }
  return {
    base,
    kafka: {
      ...jvm,
      name: 'kafka',
      // Confluent's numbers: Testcontainers reads the tag, and 8.x is KRaft. 8.3 is Kafka 4.3.
      version: `8${jvm.version.slice(1)}`,
      parts: [java, jars],
      files: { ...broker, ...log4j },
      instructions: [
        path,
        `ENV ${SMALL_JVM}`,
        `RUN ${TRAIN} /opt/kafka.aot 9092 /opt/train-broker.sh${FORGET}`,
        'CMD ["/etc/confluent/docker/run"]',
      ],
    },
    connect: {
      ...jvm,
      name: 'connect',
      version: debeziumPlugin(cache).version,
      parts: [java, jars, part(debeziumPlugin(cache), '/kafka/connect')],
      files: {
        '/docker-entrypoint.sh': script('connect-entrypoint.sh'),
        '/opt/train-worker.sh': script('train-worker.sh'),
        ...broker,
        ...log4j,
      },
      instructions: [
        path,
        `ENV ${SMALL_JVM}`,
        `RUN ${TRAIN} /opt/connect.aot 8083 /opt/train-worker.sh${FORGET}`,
        'EXPOSE 8083',
        'ENTRYPOINT ["/docker-entrypoint.sh"]',
        'CMD ["start"]',
      ],
    },
    'schema-registry': {
      ...jvm,
      name: 'schema-registry',
      version: registryApplication(cache).version,
      parts: [java, part(registryApplication(cache), '/opt/registry')],
      files: { '/opt/registry-run.sh': script('registry-run.sh'), ...training },
      instructions: [
        path,
        `ENV ${SMALL_JVM}`,
        `RUN ${TRAIN} /opt/registry.aot 8080 /opt/registry-run.sh${FORGET}`,
        'EXPOSE 8080',
        'CMD ["/opt/registry-run.sh"]',
      ],
    },
    postgres: {
      base,
      name: 'postgres',
      version: postgresServer.version,
      parts: [part(postgresServer, '/opt/postgres', 'native')],
      files: {
        '/usr/local/bin/docker-entrypoint.sh': script('postgres-entrypoint.sh'),
        '/usr/local/bin/pg_isready': script('pg-isready.sh'),
      },
      instructions: [
        'RUN groupadd -r postgres && useradd -r -g postgres -d /var/lib/postgresql postgres',
        'ENV PATH=/opt/postgres/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin PGTZ=UTC',
        'EXPOSE 5432',
        'ENTRYPOINT ["docker-entrypoint.sh"]',
        'CMD ["postgres"]',
      ],
    },
    toxiproxy: {
      name: 'toxiproxy',
      version: toxiproxyProgram.version,
      parts: [part(toxiproxyProgram, '/toxiproxy', 'toxiproxy-server')],
      files: {},
      instructions: ['EXPOSE 8474', 'ENTRYPOINT ["/toxiproxy"]', 'CMD ["-host=0.0.0.0"]'],
    },
    node: {
      base,
      name: 'node',
      version: process.versions.node,
      parts: [
        {
          key: `node ${process.versions.node} ${process.arch}`,
          obtain: async () => ({ folder: dirname(process.execPath), name: basename(process.execPath) }),
          to: '/usr/local/bin/node',
        },
      ],
      files: {},
      instructions: ['CMD ["node"]'],
    },
    ...nodeImages(cache, base, part),
  }
}
