import type { Variables } from './environment.ts'

export interface Address {
  readonly host: string
  readonly port: number
}

/**
 * The variables by which Kubernetes tells a container where a service is: `ORDERS_DB_SERVICE_HOST`,
 * `ORDERS_DB_SERVICE_PORT` and the older `ORDERS_DB_PORT=tcp://…`. Nothing routes a cluster's own service addresses on
 * this machine, so only services with an address that answers are told.
 */
export function serviceVariables(services: Readonly<Record<string, Address>>): Variables {
  const variables = Object.entries(services).flatMap(([service, { host, port }]) => {
    const name = service.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')
    return [
      [`${name}_SERVICE_HOST`, host],
      [`${name}_SERVICE_PORT`, String(port)],
      [`${name}_PORT`, `tcp://${host}:${port}`],
    ]
  })
  return Object.fromEntries(variables)
}
