import { meant } from '../meant.ts'
import { refused } from '../refused.ts'
import type { Rule } from '../rule.ts'

/** Fields of every object's metadata. */
const FIELDS = [
  ...['name', 'generateName', 'namespace', 'labels', 'annotations', 'finalizers', 'ownerReferences'],
  ...['creationTimestamp', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'generation', 'managedFields'],
  ...['resourceVersion', 'selfLink', 'uid'],
]

/** The object's own metadata: labels and annotations are texts, and other keys belong elsewhere. */
export const objectMetadata: Rule = {
  name: 'object-metadata',
  text: {
    finds: 'labels and annotations that are no text (`paused: true`), unknown keys of metadata',
    keda: 'the API server refuses the object',
    source: 'Kubernetes: ObjectMeta of k8s.io/apimachinery/pkg/apis/meta/v1',
    write: 'annotations in quotes: `autoscaling.keda.sh/paused: "true"`',
  },
  *check({ root }) {
    const metadata = root.get('metadata')
    for (const [key, field] of metadata.entries()) {
      if (FIELDS.includes(key)) continue
      const name = meant(key, FIELDS)
      const fix =
        name === undefined ? 'write it below labels or annotations, or leave it out' : `write ${name}`
      yield refused('api-server', field, `metadata.${key} is no field of an object`, fix)
    }
    for (const holder of ['labels', 'annotations']) {
      for (const [key, field] of metadata.get(holder).entries()) {
        if (typeof field.value === 'string' || field.isNull) continue
        const text = field.text
        const found = `${holder}: ${key} is ${text === undefined ? `a ${field.kind}` : `a ${typeof field.value}: ${text}`}`
        yield refused(
          'api-server',
          field,
          found,
          `write ${key}: "${text ?? '…'}"`,
          `${holder} hold text only`,
        )
      }
    }
  },
}
