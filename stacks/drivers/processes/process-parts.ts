import { join } from 'node:path'
import type { Cache } from '../../../core/cache.ts'
import { classPath, debeziumPlugin, kafkaJars, registryApplication } from '../../artifacts/java-parts.ts'
import { javaProgram, javaRuntime } from '../../artifacts/java-runtime.ts'
import { kubernetesProgram } from '../../artifacts/kubernetes-program.ts'
import { postgresServer, postgresTemplate } from '../../artifacts/postgres-server.ts'
import { toxiproxyProgram } from '../../artifacts/toxiproxy-program.ts'
import type { ComponentName } from '../../stack.ts'
import { type Image, imageOf } from './artifacts/images.ts'
import { kafkaStorage } from './artifacts/kafka-storage.ts'
import { type KubernetesPrograms, kubernetesPrograms } from './artifacts/kubernetes-programs.ts'
import { prometheusProgram } from './artifacts/prometheus-program.ts'
import type { ConnectParts } from './components/connect.ts'
import type { KafkaOptions } from './components/kafka.ts'
import type { PostgresOptions } from './components/postgres.ts'
import type { RegistryOptions } from './components/schema-registry.ts'

/** From the cache to what components are started from; obtains what is absent, in parallel. */
export class ProcessParts {
  readonly #cache: Cache

  constructor(cache: Cache) {
    this.#cache = cache
  }

  /** Makes sure of what a component is started from. */
  async of(component: ComponentName): Promise<void> {
    const parts: Record<ComponentName, () => Promise<unknown>> = {
      postgres: () => this.postgres(),
      kafka: () => this.kafka(),
      connect: () => this.connect(),
      'schema-registry': () => this.registry(),
      toxiproxy: () => this.toxiproxy(),
      kubernetes: () => this.kubernetes(),
    }
    await parts[component]()
  }

  async postgres(): Promise<Omit<PostgresOptions, 'name'>> {
    const [server, template] = await this.#all(postgresServer, postgresTemplate(this.#cache))
    return { server, template }
  }

  async kafka(): Promise<KafkaOptions> {
    const [java, jars, storage] = await this.#all(
      javaRuntime,
      kafkaJars(this.#cache),
      kafkaStorage(this.#cache),
    )
    const image = await this.#image('kafka')
    return { java: javaProgram(java), classPath: await classPath(jars), storage, image }
  }

  async connect(): Promise<ConnectParts> {
    const [java, jars, plugins] = await this.#all(
      javaRuntime,
      kafkaJars(this.#cache),
      debeziumPlugin(this.#cache),
    )
    const image = await this.#image('connect')
    return { java: javaProgram(java), classPath: await classPath(jars), plugins, image }
  }

  async registry(): Promise<RegistryOptions> {
    const [java, application] = await this.#all(javaRuntime, registryApplication(this.#cache))
    const image = await this.#image('schema-registry')
    return { java: javaProgram(java), application, image }
  }

  async toxiproxy(): Promise<string> {
    return join(await this.#cache.obtain(toxiproxyProgram), 'toxiproxy-server')
  }

  async kubernetes(): Promise<KubernetesPrograms> {
    return kubernetesPrograms(await this.#cache.obtain(kubernetesProgram(this.#cache)))
  }

  async prometheus(): Promise<string> {
    return join(await this.#cache.obtain(prometheusProgram), 'prometheus')
  }

  async #image(name: Image): Promise<string> {
    return join(await this.#cache.obtain(imageOf(this.#cache, name)), `${name}.aot`)
  }

  #all<const R extends readonly Parameters<Cache['obtain']>[0][]>(
    ...recipes: R
  ): Promise<{ [K in keyof R]: string }> {
    return Promise.all(recipes.map((recipe) => this.#cache.obtain(recipe))) as Promise<{
      [K in keyof R]: string
    }>
  }
}
