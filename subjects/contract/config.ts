import { z } from 'zod'
import { PARTS } from './compose/part.ts'
import type { Declared } from './declared.ts'
import { duration, name, path, text, texts, topic } from './words.ts'

const build = z.strictObject({
  context: text,
  dockerfile: text,
  target: text.exactOptional(),
  args: texts.exactOptional(),
})

const compose = z.strictObject({
  /** From the config file on; variables in it are those of the environment, and of a file .env beside it. */
  file: text,
  /** Its name in that file. */
  service: text,
  /** Which of its other services a run gives a part of its own for, where the image's name does not tell: `{ db: 'postgres' }`. */
  parts: z.record(text, z.enum(PARTS)).exactOptional(),
  /** Those that it does without here, although it depends on them. */
  without: z.array(text).exactOptional(),
})

const service = z
  .strictObject({
    /** What is run on this machine; with `image`, what is run in its container in the place of the image's own. */
    command: z.array(text).min(1).exactOptional(),
    /**
     * What is run as a container, on a stack that can: `acme/orders:1.4`, or how it is made: `{ context, dockerfile }`, from
     * the config file on. It must listen on {port}, or else on `port`, at 0.0.0.0.
     */
    image: z
      .union([text, build], "the name of an image, or { context: '.', dockerfile: 'Dockerfile' }")
      .exactOptional(),
    /**
     * The service of a compose file that it is: its image, command, environment, health check and port are taken from there,
     * and addresses of the Kafka, Postgres, … of that file are replaced by those of the run. Other fields here come first.
     */
    compose: compose.exactOptional(),
    /** With an image: in the place of its own entry point. */
    entrypoint: z.array(text).min(1).exactOptional(),
    /** With an image: where it listens inside, where that is a literal. */
    port: z.int().min(1).max(65535).exactOptional(),
    /** With an image: by whom it is run, in the place of the image's own. */
    user: text.exactOptional(),
    /**
     * How an image is made in which `command` runs where there are only images: in the pods of a kind cluster. Paths start
     * at the config file; a Dockerfile may have `ARG EVENTPROOF_NODE` for an image with the Node that runs this.
     */
    build: build.exactOptional(),
    /**
     * Folder that the command runs in, relative to the config file. Default: the config file's folder. With an image: a
     * folder in it.
     */
    cwd: text.exactOptional(),
    env: texts.exactOptional(),
    /**
     * How to tell that it is ready: an answer 2xx to GET, a line of its log, a port that is open, or a command that ends
     * with 0 where the service runs. Left out only with `compose`: its health check, else its port.
     */
    ready: z
      .union(
        [
          z.strictObject({ http: path }),
          z.strictObject({ log: z.union([text, z.instanceof(RegExp)]) }),
          z.strictObject({ tcp: z.literal(true) }),
          z.strictObject({ check: z.array(text).min(1) }),
        ],
        "{ http: '/path' }, { log: /pattern/ }, { tcp: true } or { check: ['command', …] }",
      )
      .exactOptional(),
    /**
     * The name of its database where that is a literal: each scenario then has a Postgres of its own with a database of
     * this name. Default: what stands behind {postgres.port} in an address: `…:{postgres.port}/shop`; else a name of ours.
     */
    database: text.exactOptional(),
    /** Time to get ready; a service that is not ready by then is an error, not a verdict. Default 30s. */
    startWithin: duration.exactOptional(),
    /** SQL files, in order, run once on the scenario's database before the service starts; globs allowed. */
    migrations: z.array(text).exactOptional(),
    /**
     * Its AsyncAPI 3 document, YAML or JSON: what it sends and receives, in the place of what `publishers` and `consumers`
     * say of it. Topics without the topic prefix (D1).
     */
    asyncapi: text.exactOptional(),
    /** Further topics that it writes and reads on purpose, without the topic prefix (D1). */
    topics: z
      .strictObject({ writes: z.array(topic).exactOptional(), reads: z.array(topic).exactOptional() })
      .exactOptional(),
  })
  .refine(({ command, image, compose }) => [command, image, compose].some((run) => run !== undefined), {
    path: ['command'],
    message: 'a list of words, not empty; or an `image`, or a service of a `compose` file',
  })
  .refine(({ image, compose }) => image === undefined || compose === undefined, {
    path: ['compose'],
    message: 'one of `image` and `compose`: the compose file says what is run',
  })
  .refine(
    ({ command, image, compose, build }) =>
      build === undefined || (command !== undefined && image === undefined && compose === undefined),
    {
      path: ['build'],
      message:
        'an image for a `command`; what is run as a container has `image: { context, dockerfile }`, or `compose`',
    },
  )
  .refine(({ ready, compose }) => ready !== undefined || compose !== undefined, {
    path: ['ready'],
    message: "{ http: '/path' }, { log: /pattern/ }, { tcp: true } or { check: ['command', …] }",
  })
  .refine(
    ({ image, compose, ...only }) =>
      image !== undefined ||
      compose !== undefined ||
      (only.entrypoint === undefined && only.port === undefined && only.user === undefined),
    {
      path: ['image'],
      message: 'an `image` or `compose`, where `entrypoint`, `port` or `user` are given',
    },
  )

export interface ServiceConfig extends Declared<typeof service> {}

const day = z.iso.date("a day as 'YYYY-MM-DD'")

const attestation = z.strictObject({
  /** What is so, in words: it can only be declared. */
  statement: text,
  /** A file that shows it, from the config file on. Its hash goes into the run. */
  evidence: text,
  /** Of the file as it was attested: another content is not attested. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'the SHA-256 of the file, 64 small hex digits')
    .exactOptional(),
  /** Who answers for it. */
  by: text,
  /** Until when it counts, YYYY-MM-DD. */
  until: day,
})

export interface Attestation extends Declared<typeof attestation> {}

const waiver = z.strictObject({
  /** The name of the violation: 'duplicate-effect'. */
  violation: text,
  /** The publisher, consumer or scaled workload in which it is known. */
  subject: text,
  /** Why it is lived with. */
  reason: text,
  /** Who answers for it. */
  by: text,
  /** Until when, YYYY-MM-DD. */
  until: day,
})

export interface Waiver extends Declared<typeof waiver> {}

const stack = z.strictObject({
  /** A cluster's listeners without TLS and SASL, as clients are told them: 'broker-1:9092,broker-2:9092'. */
  kafka: z
    .strictObject({
      bootstrapServers: z
        .string()
        .regex(/^[^\s,:/]+:\d+(,[^\s,:/]+:\d+)*$/, "'host:port', or several with commas"),
    })
    .exactOptional(),
  /** A server without TLS. Its user needs CREATEDB; REPLICATION and being a superuser for what observes and holds commits. */
  postgres: z
    .strictObject({
      url: z
        .string()
        .regex(
          /^postgres(ql)?:\/\/[^:@/]+(:[^@/]*)?@[^:@/]+(:\d+)?\/[^/]+$/,
          "'postgres://user:password@host:5432/postgres'",
        ),
    })
    .exactOptional(),
  /**
   * A cluster with KEDA, whose pods reach `kafka` and `postgres`: it needs both beside it. Each scenario has a namespace
   * of its own there; nothing else is written.
   */
  kubernetes: z
    .strictObject({
      /** A file as kubectl reads it; paths start at the config file. */
      kubeconfig: text,
      /** The context in it that counts; default: its current one. */
      context: text.exactOptional(),
    })
    .exactOptional(),
})

/** What every config may have, whatever kinds of subjects it declares: each of those has a section of its own. */
export const common = z.strictObject({
  services: z.record(name, service),
  /**
   * What keeps the topics and groups of scenarios apart that run side by side: {topicPrefix} before their names, or for
   * each a broker of its own, on which they have the names of the config. Default: 'broker' for a subject whose services
   * have {topicPrefix} nowhere.
   */
  isolation: z.enum(['prefix', 'broker'], "'prefix' or 'broker'").exactOptional(),
  /**
   * Parts that run already, by their addresses, in the place of those that a run starts. Topics, groups, slots,
   * databases and namespaces are made there under a prefix of the run, and removed afterwards; nothing else is written, cut or killed.
   */
  stack: stack.exactOptional(),
  /** What can only be declared, by a control's id or a name. It is shown as attested: no verdict depends on it. */
  attestations: z.record(text, attestation).exactOptional(),
  /** Violations that are known and lived with for a while. They stay VIOLATED; see `--waivers`. */
  waivers: z.array(waiver).exactOptional(),
  /** Thresholds of anti-patterns by their ids, where others than ours are meant: `'fat-events': 131072`. */
  antiPatterns: z.record(name, z.number().positive()).exactOptional(),
  /** Files of further kinds of subjects, each of which exports a `kind`. Paths start at the config file, as below. */
  kinds: z.array(text).exactOptional(),
  /** Globs of features of your own. */
  features: z.array(text).exactOptional(),
  /** Globs of modules that define steps for them. */
  steps: z.array(text).exactOptional(),
})

export interface CommonConfig extends Declared<typeof common> {}

/** The name that the database of these services must have, if it must have one. */
export function databaseNamed(services: readonly ServiceConfig[]): string | undefined {
  const [name] = services.flatMap(({ command = [], env = {}, database }) => {
    const texts = [...command, ...Object.values(env)]
    return database ?? texts.flatMap((text) => /\{postgres\.port\}\/([A-Za-z_][\w-]*)/.exec(text)?.[1] ?? [])
  })
  return name
}

/** A service that another field names: that there is one was checked when the config was parsed. */
export function serviceNamed({ services }: CommonConfig, name: string): ServiceConfig {
  const service = services[name]
  if (service === undefined) throw new Error(`the config has no service '${name}'`)
  return service
}
