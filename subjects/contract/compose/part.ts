/** What a run gives a service in the place of one of its compose file; `none`: what nothing needs to be given for. */
export const PARTS = ['kafka', 'postgres', 'schemaRegistry', 'connect', 'otlp', 'none'] as const

export type Part = (typeof PARTS)[number]

/** By the last words of an image's name. */
const IMAGES: readonly (readonly [Part, RegExp])[] = [
  ['kafka', /^(kafka|kafka-native|cp-kafka|cp-server|redpanda)$/],
  ['postgres', /^(postgres|postgresql|postgis|pgvector|timescaledb(-ha)?)$/],
  ['schemaRegistry', /^(cp-schema-registry|schema-registry|karapace|apicurio-registry(-\w+)*)$/],
  ['connect', /^(connect|kafka-connect|cp-kafka-connect(-base)?|cp-server-connect(-base)?)$/],
  ['otlp', /^(opentelemetry-collector(-\w+)*|otel-lgtm|jaeger|all-in-one|tempo)$/],
  ['none', /^(zookeeper|cp-zookeeper)$/],
]

/** The part that such an image is; undefined where its name does not tell. */
export function partOf(image: string | undefined): Part | undefined {
  const name = image?.split('@', 1)[0]?.split('/').at(-1)?.split(':', 1)[0] ?? ''
  return IMAGES.find(([, names]) => names.test(name))?.[0]
}
