import { join, resolve } from 'node:path'
import { KUBERNETES_VERSIONS } from '../../../artifacts/kubernetes-program.ts'
import { ArtifactFailed, findProgram, runProgram } from '../../../artifacts/toolchain.ts'

export type KubernetesRole =
  | 'etcd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'keda-operator'
  | 'keda-adapter'
  | 'keda-webhooks'

/** What a control plane is started from. */
export interface KubernetesPrograms {
  /** The command of each server, without its arguments. */
  readonly commands: Readonly<Record<KubernetesRole, readonly [string, ...string[]]>>
  /** Issues certificates. */
  readonly certificates: string
  /** KEDA's resource definitions, a JSON array. */
  readonly definitions: string
  readonly versions: Readonly<Record<'etcd' | 'kubernetes' | 'keda', string>>
}

/**
 * From the content of the cached entry. Where `KUBEBUILDER_ASSETS` names a folder, as it does for envtest, etcd and
 * kube-apiserver are those found there.
 * @throws {ArtifactFailed} when that folder lacks one of them, or one does not tell its version
 */
export async function kubernetesPrograms(
  content: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<KubernetesPrograms> {
  const own = (role: KubernetesRole) => [join(content, 'kubernetes'), role] as const
  const given = env.KUBEBUILDER_ASSETS ? await assetsIn(resolve(env.KUBEBUILDER_ASSETS)) : undefined
  return {
    commands: {
      etcd: given ? [given.etcd] : own('etcd'),
      'kube-apiserver': given ? [given.apiserver] : own('kube-apiserver'),
      'kube-controller-manager': own('kube-controller-manager'),
      'kube-scheduler': own('kube-scheduler'),
      'keda-operator': own('keda-operator'),
      'keda-adapter': own('keda-adapter'),
      'keda-webhooks': own('keda-webhooks'),
    },
    certificates: join(content, 'certificates'),
    definitions: join(content, 'crds.json'),
    versions: { ...KUBERNETES_VERSIONS, ...given?.versions },
  }
}

async function assetsIn(folder: string) {
  const [etcd, apiserver] = await Promise.all(
    ['etcd', 'kube-apiserver'].map(async (name) => {
      const program = await findProgram(name, folder)
      if (program) return program
      throw new ArtifactFailed('KUBEBUILDER_ASSETS is of no use', {
        what: `${folder} holds no program ${name}`,
        hint: 'name the folder that setup-envtest printed, or unset KUBEBUILDER_ASSETS',
      })
    }),
  )
  if (!etcd || !apiserver) throw new TypeError('two programs were looked for')
  const versions = {
    etcd: `${await versionOf(etcd)} (KUBEBUILDER_ASSETS)`,
    kubernetes: `${KUBERNETES_VERSIONS.kubernetes}, apiserver ${await versionOf(apiserver)} (KUBEBUILDER_ASSETS)`,
  }
  return { etcd, apiserver, versions }
}

async function versionOf(program: string): Promise<string> {
  const said = await runProgram(program, ['--version'], { cwd: '/', deadline: 20_000 })
  return /\d+\.\d+\.\d+\S*/.exec(said)?.[0] ?? 'of an unknown version'
}
