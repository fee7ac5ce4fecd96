import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { externalKubernetes } from './external-kubernetes.ts'
import { readKubeconfig } from './kubeconfig.ts'

const folder = await mkdtemp(join(tmpdir(), 'eventproof-kubeconfig-'))
after(() => rm(folder, { recursive: true, force: true }))

async function kubeconfig(server: string): Promise<string> {
  const path = join(folder, 'config')
  const context = { name: 'shared', context: { cluster: 'one', user: 'prover' } }
  const text = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'one', cluster: { server } }],
    users: [{ name: 'prover', user: { token: 'secret' } }],
    contexts: [context],
    'current-context': 'shared',
  }
  await writeFile(path, JSON.stringify(text))
  return path
}

const UNFIT = { code: 'EVENTPROOF_EXTERNAL_UNFIT' }

test('a kubeconfig that is not there, or has no such context, is told with what there is', async () => {
  await assert.rejects(readKubeconfig(join(folder, 'nowhere')), UNFIT)
  const path = await kubeconfig('https://127.0.0.1:1')
  await assert.rejects(readKubeconfig(path, 'other'), (error: Error & { detail?: { what?: string } }) =>
    /'other' names no cluster; there are shared/.test(error.detail?.what ?? ''),
  )
  const { text, server } = await readKubeconfig(path, 'shared')
  assert.equal(server, 'https://127.0.0.1:1')
  assert.match(text, /"current-context":\s*"shared"/)
})

test('a cluster that does not answer is unfit, and is told where it was looked for', async () => {
  const gone = createServer().listen(0, '127.0.0.1')
  const address = gone.address()
  const port = typeof address === 'object' ? address?.port : 0
  await new Promise((resolve) => gone.close(resolve))
  const path = await kubeconfig(`https://127.0.0.1:${port}`)
  await assert.rejects(externalKubernetes({ kubeconfig: path }, 'evp1'), {
    ...UNFIT,
    message: /can not be asked/,
  })
})
