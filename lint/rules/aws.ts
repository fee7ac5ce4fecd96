import type { Field } from '../field.ts'
import { refused } from '../refused.ts'
import type { Complaint, Rule } from '../rule.ts'
import type { Trigger } from '../trigger.ts'

/** The scalers of AWS services, which all find their credentials in one way. */
export const aws: Rule = {
  name: 'aws',
  text: {
    finds: 'AWS triggers (aws-*, Kafka with MSK IAM) without credentials; a queueURL that names no queue',
    keda: 'without identityOwner: operator, KEDA wants keys or a role, and makes no scaler',
    source:
      'pkg/scalers/aws/aws_common.go, GetAwsAuthorization; aws_sqs_queue_scaler.go, parseAwsSqsQueueMetadata',
    write:
      'an authenticationRef to a TriggerAuthentication with podIdentity.provider: aws, or identityOwner: operator',
  },
  *check({ triggers }) {
    for (const trigger of triggers.filter(({ type, scaler }) => type.startsWith('aws-') && scaler)) {
      yield* withoutCredentials(trigger, trigger.metadata.present ? trigger.metadata : trigger.field)
      if (trigger.type === 'aws-sqs-queue') yield* queueOf(trigger)
    }
  },
}

/** What GetAwsAuthorization of KEDA has to say. */
export function* withoutCredentials(trigger: Trigger, at: Field): Iterable<Complaint> {
  const { metadata, authentication, setting } = trigger
  const owner = metadata.get('identityOwner').text ?? ''
  const { values, complete, identity } = authentication
  // Of any other word it makes neither the one nor the other, and goes on without credentials.
  if (!complete || identity !== 'none' || !['', 'pod'].includes(owner)) return
  const given = (key: string) => values.has(key) && values.get(key) !== ''
  if (given('awsRoleArn')) return
  const fix =
    'write identityOwner: operator in the metadata, or authenticationRef to a TriggerAuthentication with podIdentity.provider: aws'
  if (given('awsAccessKeyID') || given('awsAccessKeyId')) {
    if (!given('awsSecretAccessKey'))
      yield refused(
        'scaler',
        at,
        'awsAccessKeyID without awsSecretAccessKey',
        'give both in the TriggerAuthentication',
      )
    return
  }
  const id = metadata.get('awsAccessKeyID').text ? undefined : setting('awsAccessKeyID')
  if (id !== undefined && !id.given) yield refused('scaler', at, 'no AWS credentials', fix)
  else if (!setting('awsSecretAccessKey').given && !metadata.get('awsSecretAccessKeyFromEnv').text)
    yield refused('scaler', at, 'awsAccessKeyID without awsSecretAccessKeyFromEnv', fix)
}

/** The queue is the third part of the path: https://sqs.<region>.amazonaws.com/<account>/<queue>. */
function* queueOf({ setting }: Trigger): Iterable<Complaint> {
  const { value, at } = setting('queueURL')
  const parts = value === undefined ? undefined : pathOf(value)?.split('/')
  if (parts === undefined) return
  if (parts.length !== 3 || parts[2] === '')
    yield refused(
      'scaler',
      at,
      `queueURL is "${value}"`,
      'write https://sqs.<region>.amazonaws.com/<account>/<queue>, or the name of the queue',
    )
}

/** Of what Go's url.ParseRequestURI takes for a URL; all else is the name of a queue. */
function pathOf(text: string): string | undefined {
  const [, scheme, rest = ''] = /^(?:([a-z][a-z0-9+.-]*):)?(.*)$/is.exec(text) ?? []
  const [withoutQuery = ''] = rest.split('?')
  if (withoutQuery.startsWith('/')) return withoutQuery.replace(/^\/\/[^/]*/, '')
  return scheme === undefined || rest === '' ? undefined : ''
}
