import type { SubjectConfig, VersionedConfig } from '../../scenarios/config.ts'
import { serviceNamed } from '../contract/config.ts'
import { node } from '../reference/service/command.ts'
import type { TwinEntry } from './twin.ts'

const SCHEMAS = 'order-schemas'
const OURS = 'subjects/twins/schemas'

interface Change {
  readonly schemas?: Partial<VersionedConfig>
  readonly env?: Readonly<Record<string, string>>
  /** Below `subjects/twins/schemas`. */
  readonly program?: string
}

/** How schemas are registered and changed: variants that break readers, and one that is unusual but correct. */
export const EVOLUTION: readonly TwinEntry[] = [
  {
    name: 'level-inherited',
    mutant: 'E30',
    control: 'D4',
    expected: 'level-not-set',
    says: 'registers its schemas and leaves the level to what the registry assumes',
    windows: ['D4'],
    config: (reference) => {
      const { level: _, ...rest } = fromFiles(reference)
      return schemasOnly(rest)
    },
  },
  {
    name: 'level-forward',
    mutant: 'E31',
    control: 'D4',
    expected: 'breaking-change-accepted',
    says: 'agreed on BACKWARD, and sets FORWARD',
    windows: ['D4'],
    config: byService({ env: { LEVEL: 'FORWARD' } }),
  },
  {
    name: 'level-last',
    mutant: 'E32',
    control: 'D4',
    expected: 'version-breaks-older',
    says: 'registers a version that breaks readers while there is no level, and sets the level then',
    windows: ['D4'],
    config: byService({ program: 'level-last.ts', env: { SCHEMAS_DIR: `${OURS}/amount-as-text` } }),
  },
  {
    name: 'amount-as-text',
    mutant: 'E33',
    control: 'D4',
    expected: 'version-breaks-older',
    says: 'proposes a version in which an amount became a text',
    windows: ['D4'],
    config: (reference) => schemasOnly({ ...fromFiles(reference), dir: `${OURS}/amount-as-text` }),
  },
  {
    name: 'grown-types',
    mutant: 'B70',
    control: 'D4',
    expected: 'HELD',
    says: 'lets an int grow to a long and adds an alias, under a subject that its record names, for all versions',
    windows: ['D4'],
    config: byService({
      env: {
        SCHEMAS_DIR: `${OURS}/grown-types`,
        SUBJECT: 'order-events-com.example.orders.OrderChanged',
        LEVEL: 'BACKWARD_TRANSITIVE',
      },
      schemas: {
        strategy: 'topic-record',
        record: 'com.example.orders.OrderChanged',
        level: 'BACKWARD_TRANSITIVE',
      },
    }),
  },
]

/** The reference's schemas of orders, from files. */
function fromFiles(reference: SubjectConfig): VersionedConfig {
  const { service: _, ...declared } = declaredIn(reference)
  return { ...declared, dir: 'subjects/reference/schemas/order-events' }
}

/** The reference's deployment of schemas, changed. */
function byService({ schemas, env, program }: Change) {
  return (reference: SubjectConfig): SubjectConfig => {
    const declared = declaredIn(reference)
    const { service = '' } = declared
    const own = serviceNamed(reference, service)
    return schemasOnly(
      { ...declared, ...schemas },
      {
        [service]: {
          ...own,
          ...(program === undefined ? {} : { command: node(`${OURS}/${program}`) }),
          env: { ...own.env, ...env },
        },
      },
    )
  }
}

function declaredIn(reference: SubjectConfig): VersionedConfig {
  const declared = reference.schemas?.[SCHEMAS]
  if (declared === undefined) throw new Error(`the reference declares no schemas '${SCHEMAS}'`)
  return declared
}

function schemasOnly(declared: VersionedConfig, services: SubjectConfig['services'] = {}): SubjectConfig {
  return { services, schemas: { [SCHEMAS]: declared } }
}
