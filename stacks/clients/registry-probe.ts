const PROBE_SUBJECT = 'eventproof-probe'

/**
 * Registers a schema and removes it again, and sets the compatibility that is assumed where none is chosen.
 * @param base of Confluent's API
 */
export async function exerciseRegistry(base: string): Promise<void> {
  const schema = { schema: JSON.stringify({ type: 'record', name: 'probe', fields: [] }) }
  await call(base, 'POST', `/subjects/${PROBE_SUBJECT}/versions`, schema)
  await call(base, 'DELETE', `/subjects/${PROBE_SUBJECT}`)
  // Confluent's default, and what the guide assumes; Apicurio's own is NONE.
  await call(base, 'PUT', '/config', { compatibility: 'BACKWARD' })
}

async function call(base: string, method: string, path: string, body?: unknown): Promise<void> {
  const response = await fetch(`${base}${path}`, {
    method,
    signal: AbortSignal.timeout(5000),
    ...(body === undefined
      ? {}
      : {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/vnd.schemaregistry.v1+json' },
        }),
  })
  if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${await response.text()}`)
  await response.body?.cancel()
}
