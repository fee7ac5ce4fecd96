import type { ScenarioHistory } from '../../proof/history/scenario-history.ts'
import type { Stack } from '../../stacks/stack.ts'
import { SchemaIds } from './schema-ids.ts'
import { SchemaRegistry } from './schema-registry.ts'

/** From before the first record on. */
export async function watchSchemaIds(
  stack: Stack,
  history: ScenarioHistory,
  topic: string,
  parts: AsyncDisposableStack,
): Promise<SchemaIds> {
  await stack.need(['schema-registry'])
  return parts.use(new SchemaIds(history, new SchemaRegistry(stack.schemaRegistry.url('host')), topic))
}
