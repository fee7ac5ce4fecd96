import { refused } from '../refused.ts'
import type { Rule } from '../rule.ts'

const LONGEST_LABEL = 63
const PREFIX = 'keda-hpa-'

/** The names that KEDA makes labels of. */
export const objectName: Rule = {
  name: 'object-name',
  text: {
    finds:
      'a name that is none, one above 63 characters, one whose autoscaler’s name would be (`keda-hpa-` stands before it)',
    keda: 'the webhook refuses the object: both names become the value of a label',
    source: 'apis/keda/v1alpha1/scaledobject_webhook.go, verifyName',
    write: 'a name of at most 54 characters, or a shorter advanced.horizontalPodAutoscalerConfig.name',
  },
  *check({ root, autoscaler }) {
    const at = root.get('metadata', 'name')
    const { value } = at
    if (typeof value !== 'string' || value === '') {
      if (root.get('metadata', 'generateName').present) return
      const found =
        value === undefined || value === ''
          ? 'metadata.name is missing'
          : `metadata.name is ${at.text}, a ${typeof value}`
      yield refused(
        'api-server',
        at,
        found,
        value === undefined ? 'add metadata.name' : `write name: "${at.text}"`,
      )
      return
    }
    if (!SUBDOMAIN.test(value) || value.length > 253) {
      yield refused(
        'api-server',
        at,
        `metadata.name is "${value}"`,
        'write small letters, digits, - and . , with a letter or digit at both ends',
      )
    } else if (value.length > LONGEST_LABEL) {
      yield refused(
        'webhook',
        at,
        `a name of ${value.length} characters`,
        `write a name of at most ${LONGEST_LABEL - PREFIX.length}`,
      )
    } else if (autoscaler.name.length > LONGEST_LABEL) {
      yield refused(
        'webhook',
        autoscaler.at ?? at,
        `an autoscaler whose name has ${autoscaler.name.length} characters: ${autoscaler.name}`,
        `write a name of at most ${LONGEST_LABEL - PREFIX.length} characters, or a shorter advanced.horizontalPodAutoscalerConfig.name`,
      )
    } else if (!SUBDOMAIN.test(autoscaler.name)) {
      yield refused(
        'autoscaler',
        autoscaler.at ?? at,
        `an autoscaler named "${autoscaler.name}"`,
        'write small letters, digits, - and .',
      )
    }
  },
}

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
