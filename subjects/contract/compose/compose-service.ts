import { z } from 'zod'

// A service of a compose file, as far as it is read here.

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const words = z.union([z.string(), z.array(scalar)])
const pairs = z.union([z.record(z.string(), scalar.nullable()), z.array(scalar)])
const list = z.union([scalar.transform((one) => [one]), z.array(scalar)])

const envFile = z.looseObject({ path: z.string(), required: z.boolean().optional() })

export const composeService = z.looseObject({
  image: z.string().optional(),
  build: z
    .union([
      z.string().transform((context) => ({ context })),
      z.looseObject({
        context: z.string().optional(),
        dockerfile: z.string().optional(),
        dockerfile_inline: z.string().optional(),
        target: z.string().optional(),
        args: pairs.optional(),
      }),
    ])
    .optional(),
  command: words.optional(),
  entrypoint: words.optional(),
  environment: pairs.optional(),
  env_file: z
    .union([
      z.string().transform((path) => [{ path }]),
      z.array(z.union([z.string().transform((path) => ({ path })), envFile])),
    ])
    .optional(),
  working_dir: z.string().optional(),
  user: scalar.optional(),
  healthcheck: z
    .looseObject({
      test: words.optional(),
      disable: z.boolean().optional(),
      start_period: z.string().optional(),
    })
    .optional(),
  depends_on: z
    .union([z.array(z.string()), z.record(z.string(), z.unknown()).transform(Object.keys)])
    .optional(),
  container_name: z.string().optional(),
  hostname: z.string().optional(),
  networks: z.unknown().optional(),
  ports: z.array(z.union([scalar, z.looseObject({ target: scalar })])).optional(),
  expose: list.optional(),
  extends: z.unknown().optional(),
})

export type ComposeService = z.output<typeof composeService>

/** `{ A: '1' }` and `['A=1']` alike; a name without a value is null. */
export function pairsOf(
  given: Readonly<Record<string, string | null>> | readonly string[] = {},
): Record<string, string | null> {
  if (!isList(given)) return { ...given }
  return Object.fromEntries(
    given.map((pair) => {
      const equals = pair.indexOf('=')
      return equals < 0 ? [pair, null] : [pair.slice(0, equals), pair.slice(equals + 1)]
    }),
  )
}

/** The ports on which it listens inside. */
export function portsOf({ ports = [], expose = [] }: ComposeService): readonly number[] {
  const targets = ports.map((port) =>
    typeof port === 'string' ? (port.split(':').at(-1) ?? '') : port.target,
  )
  const numbers = [...targets, ...expose].map((text) => Number(text.split('/', 1)[0]))
  return [...new Set(numbers.filter((port) => Number.isInteger(port) && port > 0))]
}

/** By which the others of its file reach it. */
export function hostsOf(
  name: string,
  { container_name, hostname, networks }: ComposeService,
): readonly string[] {
  const aliases = z
    .record(
      z.string(),
      z
        .looseObject({ aliases: z.array(z.string()) })
        .nullable()
        .catch(null),
    )
    .safeParse(networks)
  const more = Object.values(aliases.data ?? {}).flatMap((network) => network?.aliases ?? [])
  return [name, container_name, hostname, ...more].filter((host) => host !== undefined)
}

function isList<T>(given: T | readonly string[]): given is readonly string[] {
  return Array.isArray(given)
}
