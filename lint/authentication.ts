import type { Environment } from './environment.ts'
import type { Field } from './field.ts'
import { KEDA_API, type Manifest } from './manifest.ts'
import type { Manifests } from './manifests.ts'

/** What a trigger is given by its authenticationRef, as far as the manifests tell. */
export interface Authentication {
  /** By parameter; undefined: it is given, and what it holds is in no manifest. */
  readonly values: ReadonlyMap<string, string | undefined>
  /** No parameter can come from elsewhere. */
  readonly complete: boolean
  /** The pod identity's provider; undefined where that is not known either. */
  readonly identity: string | undefined
  /** The object that is referred to, where it is among the manifests. */
  readonly manifest: Manifest | undefined
}

const NOTHING: Authentication = { values: new Map(), complete: true, identity: 'none', manifest: undefined }
const UNKNOWN: Authentication = { ...NOTHING, complete: false, identity: undefined }

/** Sources whose parameters the manifests do not tell (resolveAuthRef of scale_resolvers.go). */
const ELSEWHERE = [
  'hashiCorpVault',
  'azureKeyVault',
  'gcpSecretManager',
  'awsSecretManager',
  'boundServiceAccountToken',
  'oauth2',
  'azureServicePrincipal',
  'filePath',
] as const

/** What `authenticationRef` of a trigger comes to. */
export function authenticationOf(
  reference: Field,
  namespace: string,
  manifests: Manifests,
  environment: Environment,
): Authentication {
  const name = reference.get('name').text
  if (name === undefined || name === '') return NOTHING
  const kind = reference.get('kind').text ?? 'TriggerAuthentication'
  const manifest = manifests
    .ofKind(kind)
    .find(
      (each) =>
        each.apiVersion === KEDA_API &&
        each.name === name &&
        (kind === 'ClusterTriggerAuthentication' || each.namespace === namespace),
    )
  if (manifest === undefined) return UNKNOWN
  const spec = manifest.root.get('spec')
  const identity = spec.get('podIdentity', 'provider').text ?? 'none'
  // Those of a ClusterTriggerAuthentication are in KEDA's own namespace.
  const holder = kind === 'ClusterTriggerAuthentication' ? undefined : namespace
  const read = (source: string, value: (each: Field) => string | undefined) =>
    spec
      .get(source)
      .items()
      .map((each) => [each.get('parameter').text ?? '', value(each)] as const)
  return {
    values: new Map([
      ...read('env', (each) => valueIn(environment, each.get('name').text)),
      ...read('configMapTargetRef', (each) => held(each, 'ConfigMap', holder, manifests)),
      ...read('secretTargetRef', (each) => held(each, 'Secret', holder, manifests)),
    ]),
    complete: !ELSEWHERE.some((source) => spec.get(source).present),
    identity,
    manifest,
  }
}

function valueIn({ values, complete }: Environment, name: string | undefined): string | undefined {
  return values.get(name ?? '') ?? (complete && !values.has(name ?? '') ? '' : undefined)
}

/** What a key of a Secret or ConfigMap holds; empty where the object is here and has no such key. */
function held(
  reference: Field,
  kind: 'Secret' | 'ConfigMap',
  namespace: string | undefined,
  manifests: Manifests,
): string | undefined {
  const name = reference.get('name').text
  const key = reference.get('key').text
  const holder = manifests.ofKind(kind).find((each) => each.name === name && each.namespace === namespace)
  if (holder === undefined || key === undefined) return undefined
  const plain = holder.root.get(kind === 'Secret' ? 'stringData' : 'data', key).text
  const encoded = kind === 'Secret' ? holder.root.get('data', key).text : undefined
  return plain ?? (encoded === undefined ? '' : decoded(encoded))
}

function decoded(base64: string): string | undefined {
  try {
    return atob(base64)
  } catch {
    return undefined
  }
}
