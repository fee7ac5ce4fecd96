import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Who talks to the API server with a certificate of their own. */
export type KubernetesUser = 'admin' | 'controllers' | 'scheduler' | 'node'

/** How a user reaches an API server: a file that holds all it needs, for kubectl and every client library. */
export async function writeKubeconfig(folder: string, user: KubernetesUser, server: string): Promise<string> {
  const base64 = async (name: string) => (await readFile(join(folder, name))).toString('base64')
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'eventproof', cluster: { server, 'certificate-authority-data': await base64('ca.crt') } },
    ],
    users: [
      {
        name: user,
        user: {
          'client-certificate-data': await base64(`${user}.crt`),
          'client-key-data': await base64(`${user}.key`),
        },
      },
    ],
    contexts: [{ name: 'eventproof', context: { cluster: 'eventproof', user } }],
    'current-context': 'eventproof',
  }
  const path = join(folder, `${user}.kubeconfig`)
  // JSON is YAML, too.
  await writeFile(path, JSON.stringify(config, null, 2), { mode: 0o600 })
  return path
}
