import type { Field } from '../field.ts'
import type { LintFinding, Refusal } from '../finding.ts'
import { SCHEMAS } from '../keda/schema.ts'
import { KEDA_API, type Manifest } from '../manifest.ts'
import { meant } from '../meant.ts'
import type { Scope } from '../rule.ts'
import { violations } from '../violations.ts'

/** TriggerAuthentications among the manifests: their fields, and what KEDA's webhook refuses of them. */
export function authenticationFindings({ manifests }: Scope): LintFinding[] {
  return [...manifests.ofKind('TriggerAuthentication'), ...manifests.ofKind('ClusterTriggerAuthentication')]
    .filter(({ apiVersion }) => apiVersion === KEDA_API)
    .flatMap((manifest) => [...fieldsOf(manifest), ...podIdentityOf(manifest)])
}

function fieldsOf(manifest: Manifest): LintFinding[] {
  const { kind, root } = manifest
  const schema = SCHEMAS[kind]
  if (schema === undefined || !root.get('spec').present) return []
  return [...violations(root.get('spec'), schema)].map(({ field, key, known, found, fix }) => {
    if (known === undefined) return finding(manifest, 'api-server', field, found, fix)
    const name = meant(key, known)
    const instead =
      name === undefined ? `KEDA has no such field; known here: ${known.join(', ')}` : `write ${name}`
    return finding(manifest, 'api-server', field, `${field.path} is no field of a ${kind}`, instead)
  })
}

/** validateSpec of KEDA's triggerauthentication_webhook.go. */
function podIdentityOf(manifest: Manifest): LintFinding[] {
  const identity = manifest.root.get('spec', 'podIdentity')
  const text = (key: string) => identity.get(key).text ?? ''
  const refuse = (key: string, found: string, fix: string) => [
    finding(manifest, 'webhook', identity.get(key), found, fix),
  ]
  switch (identity.get('provider').text) {
    case 'aws':
      if (text('roleArn') !== '' && text('identityOwner') === 'workload')
        return refuse(
          'roleArn',
          'roleArn with identityOwner: workload',
          'write one of them: the role is KEDA’s or the workload’s',
        )
      if (text('externalID') !== '' && text('roleArn') === '')
        return refuse('externalID', 'externalID without roleArn', 'write the roleArn')
      return []
    case 'azure-workload': {
      const empty = ['identityId', 'identityTenantId'].find(
        (key) =>
          identity.get(key).present &&
          text(key) === '' &&
          (key === 'identityId' || text('identityAuthorityHost') === ''),
      )
      if (empty !== undefined) return refuse(empty, `${empty} is empty`, `write it, or leave ${empty} out`)
      if (text('identityAuthorityHost') !== '' && text('identityTenantId') === '')
        return refuse(
          'identityAuthorityHost',
          'identityAuthorityHost without identityTenantId',
          'write the identityTenantId',
        )
      return []
    }
    default:
      return []
  }
}

function finding(
  { file, kind, namespace, name }: Manifest,
  refusedBy: Refusal,
  { line, column }: Field,
  found: string,
  fix: string,
): LintFinding {
  const why = `such a ${kind} is refused, and the triggers that name it are given nothing`
  const object = kind === 'ClusterTriggerAuthentication' ? name : `${namespace}/${name}`
  return {
    rule: 'authentication-object',
    severity: 'error',
    file,
    line,
    column,
    object,
    found,
    why,
    fix,
    refusedBy,
  }
}
