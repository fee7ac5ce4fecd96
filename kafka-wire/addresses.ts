import type { Struct } from './codec/value.ts'
import type { ApiName } from './schemas/api.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

/** Where a decoded answer names a broker: `struct` has the fields host and port. */
export interface Endpoint extends Address {
  readonly struct: Struct
}

/** The brokers that an answer names. Coordinators that were not found (no host, port −1) are none. */
export function endpointsIn(api: ApiName, body: Struct): Endpoint[] {
  return structsIn(api, body)
    .map((struct) => ({ struct, host: struct.host as string, port: struct.port as number }))
    .filter(({ host, port }) => host !== '' && port >= 0)
}

function structsIn(api: ApiName, body: Struct): readonly Struct[] {
  switch (api) {
    case 'metadata':
    case 'describe-cluster':
      return body.brokers as readonly Struct[]
    case 'find-coordinator':
      return (body.coordinators as readonly Struct[] | undefined) ?? [body]
    case 'produce':
    case 'fetch':
      return (body.nodeEndpoints as readonly Struct[] | undefined) ?? []
    default:
      return []
  }
}
