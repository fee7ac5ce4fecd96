import { nearest } from '../../core/nearest.ts'
import { authenticationKeys } from '../keda/scaler.ts'
import type { Manifests } from '../manifests.ts'
import type { Complaint, Rule } from '../rule.ts'
import type { ScaledObject } from '../scaled-object.ts'
import type { Trigger } from '../trigger.ts'

/** A trigger that is authenticated by an object which is not there, or by parameters that its scaler does not read. */
export const authentication: Rule = {
  name: 'authentication',
  text: {
    finds:
      'an authenticationRef to an object that is not among those given (of its kind and namespace), parameters that the scaler does not read',
    keda: 'it goes on without the authentication and logs it; a parameter that no scaler reads is ignored',
    source: 'pkg/scaling/resolver/scale_resolvers.go, resolveAuthRef and getTriggerAuthSpec',
    write:
      'the name and kind of a TriggerAuthentication of the same namespace, parameters by the names of the scaler',
  },
  *check(object, { manifests }) {
    for (const trigger of object.triggers) {
      const name = trigger.field.get('authenticationRef', 'name').text
      if (name === undefined) continue
      if (trigger.authentication.manifest === undefined) yield* missing(name, trigger, object, manifests)
      else yield* unread(trigger)
    }
  },
}

function* missing(
  name: string,
  { field }: Trigger,
  { manifest: { namespace } }: ScaledObject,
  manifests: Manifests,
): Iterable<Complaint> {
  const kind = field.get('authenticationRef', 'kind').text ?? 'TriggerAuthentication'
  const others = ['TriggerAuthentication', 'ClusterTriggerAuthentication'].flatMap((each) =>
    manifests.ofKind(each),
  )
  const same = others.filter(
    (each) => each.kind === kind && (kind === 'ClusterTriggerAuthentication' || each.namespace === namespace),
  )
  const elsewhere = others.find((each) => each.name === name)
  const near = nearest(
    name,
    same.map((each) => each.name),
  )
  // Where none of this namespace was given they may be applied apart.
  if (same.length === 0 && (elsewhere === undefined || elsewhere.kind === kind)) return
  const otherKind = elsewhere !== undefined && elsewhere.kind !== kind
  yield {
    severity: near !== undefined || otherKind ? 'error' : 'warning',
    at: field.get('authenticationRef', otherKind ? 'kind' : 'name'),
    found: `no ${kind} ${name} ${kind === 'TriggerAuthentication' ? `in namespace ${namespace} ` : ''}among the manifests`,
    why: 'KEDA goes on without it: the scaler is given no credentials',
    fix: otherKind
      ? `write kind: ${elsewhere.kind}`
      : near === undefined
        ? 'lint it together with its TriggerAuthentication'
        : `write name: ${near}`,
  }
}

function* unread({
  authentication: { manifest, values },
  scaler,
  type,
  field,
}: Trigger): Iterable<Complaint> {
  if (scaler === undefined || scaler.any || manifest === undefined) return
  const known = authenticationKeys(scaler)
  for (const parameter of values.keys()) {
    if (known.includes(parameter)) continue
    const near = nearest(parameter, known)
    yield {
      severity: near === undefined ? 'warning' : 'error',
      at: field.get('authenticationRef', 'name'),
      found: `${manifest.kind} ${manifest.name} gives parameter ${parameter}, which the ${type} scaler does not read (${manifest.file}:${manifest.root.line})`,
      why: 'KEDA ignores it; what it was meant to be stays empty',
      fix: near === undefined ? `known: ${known.join(', ')}` : `write parameter: ${near}`,
    }
  }
}
