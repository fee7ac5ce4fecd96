import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { EventproofError } from '../../../../core/error.ts'

export class CertificatesFailed extends EventproofError {
  override readonly code = 'EVENTPROOF_CERTIFICATES_FAILED'
}

/** What the program `certificates` is asked for; each may be issued by an earlier one. */
export interface CertificateRequest {
  readonly name: string
  /** Without one it is an authority of its own. */
  readonly issuer?: string
  /** To Kubernetes, the name of the user; the organizations are the user's groups. */
  readonly commonName: string
  readonly organization?: readonly string[]
  readonly hosts?: readonly string[]
  readonly addresses?: readonly string[]
}

const CLUSTER = 'cluster.local'
const KEDA_SERVICES = ['keda-operator', 'keda-metrics-apiserver', 'keda-admission-webhooks']

/**
 * Everything that one control plane identifies itself with.
 * @param node the node's name, which the node authorizer reads
 * @param addresses where the node may serve logs, beside 127.0.0.1
 */
export function certificateRequests(node: string, addresses: readonly string[] = []): CertificateRequest[] {
  const inCluster = (name: string) => ['', '.svc', `.svc.${CLUSTER}`].map((end) => `${name}${end}`)
  const keda = KEDA_SERVICES.flatMap((service) => [service, ...inCluster(`${service}.keda`)])
  return [
    { name: 'ca', commonName: 'eventproof' },
    { name: 'front-proxy-ca', commonName: 'eventproof front proxy' },
    { name: 'front-proxy', issuer: 'front-proxy-ca', commonName: 'front-proxy' },
    {
      name: 'kube-apiserver',
      issuer: 'ca',
      commonName: 'kube-apiserver',
      hosts: ['localhost', 'kubernetes', ...inCluster('kubernetes.default')],
      addresses: ['127.0.0.1', '10.96.0.1'],
    },
    { name: 'service-account', issuer: 'ca', commonName: 'service-account' },
    { name: 'admin', issuer: 'ca', commonName: 'admin', organization: ['system:masters'] },
    { name: 'controllers', issuer: 'ca', commonName: 'system:kube-controller-manager' },
    { name: 'scheduler', issuer: 'ca', commonName: 'system:kube-scheduler' },
    {
      name: 'node',
      issuer: 'ca',
      commonName: `system:node:${node}`,
      organization: ['system:nodes'],
      hosts: ['localhost'],
      addresses: ['127.0.0.1', ...addresses],
    },
    // One for the operator's server, the adapter's client and the adapter's server: the names are KEDA's.
    {
      name: 'keda/tls',
      issuer: 'ca',
      commonName: 'keda',
      hosts: ['localhost', ...keda],
      addresses: ['127.0.0.1'],
    },
  ]
}

/**
 * Issues them into `folder`, as `<name>.crt` and `<name>.key`; takes a few milliseconds.
 * @param program the cached program
 * @throws {CertificatesFailed} with what the program said
 */
export async function issueCertificates(
  program: string,
  folder: string,
  requests: readonly CertificateRequest[],
): Promise<void> {
  await mkdir(join(folder, 'keda'), { recursive: true, mode: 0o700 })
  const child = spawn(program, [folder], { stdio: ['pipe', 'ignore', 'pipe'], timeout: 20_000 })
  const ended = Promise.race([once(child, 'close'), once(child, 'error')])
  const said = text(child.stderr).catch(() => '')
  child.stdin.on('error', () => {})
  child.stdin.end(JSON.stringify(requests))
  const [code] = await ended
  if (code !== 0) {
    throw new CertificatesFailed('the control plane’s certificates could not be issued', {
      what: `${program} ended with ${code}: ${(await said).trim()}`,
      where: folder,
    })
  }
  await copyFile(join(folder, 'ca.crt'), join(folder, 'keda', 'ca.crt'))
}
