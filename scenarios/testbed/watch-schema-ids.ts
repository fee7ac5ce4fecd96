import type { ScenarioHistory } from '../../proof/history/scenario-history.ts'
import type { Stack } from '../../stacks/stack.ts'
import { OwnSubjects } from './own-subjects.ts'
import { SchemaIds } from './schema-ids.ts'
import { SchemaRegistry } from './schema-registry.ts'

/** What the registry says of one topic's records. */
export interface WatchedSchemas {
  readonly schemaIds: SchemaIds
  readonly subjects: OwnSubjects
}

/** From before the first record on. */
export async function watchSchemaIds(
  stack: Stack,
  history: ScenarioHistory,
  topic: string,
  parts: AsyncDisposableStack,
): Promise<WatchedSchemas> {
  await stack.need(['schema-registry'])
  const registry = new SchemaRegistry(stack.schemaRegistry.url('host'))
  return {
    schemaIds: parts.use(new SchemaIds(history, registry, topic)),
    subjects: new OwnSubjects(history.events, registry, topic),
  }
}
