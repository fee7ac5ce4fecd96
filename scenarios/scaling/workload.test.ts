import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ManifestInvalid } from './manifest-invalid.ts'
import { readWorkload } from './workload.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const REFERENCE = { manifests: ['subjects/reference/k8s/*.yaml'], consumer: 'fulfillment' }

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'eventproof-workload-'))
})
after(() => rm(folder, { recursive: true }))

const refused = async (text: string | undefined): Promise<ManifestInvalid['detail']> => {
  await (text === undefined
    ? rm(join(folder, 'w.yaml'), { force: true })
    : writeFile(join(folder, 'w.yaml'), text))
  const reading = readWorkload('web', { manifests: ['*.yaml'], consumer: 'c' }, folder)
  return reading.then(
    () => assert.fail('it was taken'),
    (error) => {
      assert.ok(error instanceof ManifestInvalid)
      return error.detail
    },
  )
}

const DEPLOYMENT = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\n'
const SCALED = 'apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata: { name: s }\n'

test('the reference’s manifests say what the guide says', async () => {
  const { deployment, scaledObject, trigger } = await readWorkload('order-consumer', REFERENCE, root)
  assert.equal(deployment.name, 'order-consumer')
  assert.equal(scaledObject.pollingInterval, 15)
  assert.equal(scaledObject.cooldownPeriod, 60)
  assert.equal(scaledObject.maxReplicas, 20)
  assert.equal(trigger.lagThreshold, 50)
  assert.equal(trigger.activationLagThreshold, 5)
  assert.equal(trigger.offsetResetPolicy, 'earliest')
})

test('no manifest at all', async () => {
  assert.match((await refused(undefined)).what, /no file matches '\*\.yaml'/)
})

test('a manifest that can not be read, with its place', async () => {
  assert.match((await refused(`${DEPLOYMENT}spec: [`)).where ?? '', /w\.yaml:\d+:\d+/)
})

test('no Deployment of that name', async () => {
  assert.match((await refused(DEPLOYMENT.replace('web', 'other'))).what, /no Deployment web/)
})

test('no ScaledObject for it', async () => {
  const other = `${SCALED}spec: { scaleTargetRef: { name: other }, triggers: [] }\n`
  assert.match((await refused(`${DEPLOYMENT}---\n${other}`)).what, /no ScaledObject scales Deployment web/)
})

test('no trigger that tells how much waits', async () => {
  const cron = `${SCALED}spec: { scaleTargetRef: { name: web }, triggers: [{ type: cron, metadata: {} }] }\n`
  assert.match((await refused(`${DEPLOYMENT}---\n${cron}`)).what, /no kafka trigger/)
})
