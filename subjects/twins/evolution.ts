import type { SubjectConfig, VersionedConfig } from '../../scenarios/config.ts'
import { serviceNamed } from '../contract/config.ts'
import { node } from '../reference/service/command.ts'
import { withFulfillment } from './fulfillment-twin.ts'
import type { TwinEntry } from './twin.ts'

const SCHEMAS = 'order-schemas'
const OURS = 'subjects/twins/schemas'

interface Change {
  readonly schemas?: Partial<VersionedConfig>
  readonly env?: Readonly<Record<string, string>>
  /** Below `subjects/twins/schemas`. */
  readonly program?: string
}

const READING = { control: 'D4', windows: ['D4'] } as const

/** Version 1 of an order event: what the first producers wrote, and what an old consumer knows. */
const VERSION_1 = {
  orderId: '{key}',
  customerId: 'customer-of-{key}',
  totalAmount: '{amount}',
  version: '{version}',
} as const

/** How schemas are registered and changed: variants that break readers, and some that are unusual but correct. */
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
  {
    ...READING,
    name: 'newest-only',
    mutant: 'E34',
    expected: 'version-not-read',
    says: 'knows the newest version of its events alone, and passes over all others',
    config: withFulfillment('newest-only'),
  },
  {
    ...READING,
    name: 'another-unit',
    mutant: 'E35',
    expected: 'version-misread',
    says: 'brings events of version 1 up to date and takes their amounts for another unit',
    config: withFulfillment('another-unit'),
  },
  {
    ...READING,
    name: 'by-shape',
    mutant: 'B72',
    expected: 'HELD',
    says: 'tells versions by the fields that are there, and looks at no header',
    config: withFulfillment('by-shape'),
  },
  {
    ...READING,
    name: 'one-version-behind',
    mutant: 'B73',
    expected: 'HELD',
    says: 'was built for version 1, and is fed by producers that have added fields since',
    config: (reference) =>
      withFulfillment('one-version-behind', {
        consumer: {
          event: {
            headers: { ...reference.consumers?.fulfillment?.event.headers, eventVersion: '1' },
            json: VERSION_1,
            versions: {
              'with-currency': {
                headers: { eventVersion: '2' },
                json: { ...VERSION_1, currency: 'KRW', coupon: null },
              },
            },
          },
        },
      })(reference),
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
