import { fill, type PlaceholderValues } from '../../subjects/contract/placeholders.ts'

type Settings = Readonly<Record<string, string>>

/** Of these, each says of itself which schemas or tables are captured. */
const SELECTING = ['table.include.list', 'schema.include.list', 'schema.exclude.list']

/** Where our own tables are, in each database of a scenario. */
const OURS = 'eventproof'

/**
 * A declared connector's settings as they are registered here. What names the environment is
 * ours to name; what the environment does by itself elsewhere is said in its settings here:
 *
 * - a replication slot's name is one a server, and several scenarios share ours: `slot.name` is the scenario's;
 * - our broker makes no topics by itself: Connect makes the connector's own (heartbeats, changes that nobody routes);
 * - our own schema is not captured, where the connector captures all of them;
 * - what its producer asks for is watched on the way to the broker (P3), which is the scenario's and may not be the
 *   worker's.
 */
export function connectorSettings(declared: Settings, values: PlaceholderValues): Settings {
  const written = {
    'producer.override.bootstrap.servers': '{kafka.bootstrapServers}',
    ...(SELECTING.some((name) => name in declared) ? {} : { 'schema.exclude.list': OURS }),
    'topic.creation.default.partitions': '1',
    'topic.creation.default.replication.factor': '-1',
    ...declared,
    'slot.name': '{slot}',
  }
  return Object.fromEntries(Object.entries(written).map(([name, text]) => [name, fill(text, values)]))
}
