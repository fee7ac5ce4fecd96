import { readFile } from 'node:fs/promises'
import { Registry } from '../../reference/schemas/registry.ts'
import { required } from '../../reference/service/environment.ts'

// B77: who deploys the order service registers the schema of its events; the relay may not.
const schema = await readFile(required('SCHEMA'), 'utf8')
await new Registry(required('SCHEMA_REGISTRY_URL')).register(required('SUBJECT'), 'AVRO', schema)

await import('../../reference/orders/main.ts')
