/** Where something listens, as the one who asked reaches it. */
export interface Endpoint {
  readonly host: string
  readonly port: number
}

/** `host:port`. */
export function endpointText({ host, port }: Endpoint): string {
  return `${host}:${port}`
}

/** The first of `host:port,host:port`, as clients of Kafka are given them. */
export function firstEndpoint(servers: string): Endpoint {
  const [first = ''] = servers.split(',')
  const colon = first.lastIndexOf(':')
  return { host: first.slice(0, colon), port: Number(first.slice(colon + 1)) }
}
