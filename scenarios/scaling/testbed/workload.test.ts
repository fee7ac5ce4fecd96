import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ManifestInvalid } from './manifest-invalid.ts'
import { readWorkload } from './workload.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
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
  const { what, hint } = await refused(DEPLOYMENT.replace('web', 'other'))
  assert.equal(what, 'there is no Deployment web; there is other')
  assert.equal(hint, "name the entry of scaling after its Deployment: did you mean 'other'?")
})

test('no Deployment at all', async () => {
  const { what, hint } = await refused(SCALED)
  assert.equal(what, 'there is no Deployment web')
  assert.equal(hint, 'name the entry of scaling after its Deployment')
})

const POD = (images: readonly string[]) => {
  const containers = images.map((image, n) => `{ name: c${n}, image: '${image}', args: [--n=${n}] }`)
  return `${DEPLOYMENT}spec: { template: { spec: { containers: [${containers}] } } }\n`
}

test('two containers of which nothing says which one is the service', async () => {
  const { what, where, hint } = await refused(POD(['shop/web:1', 'mesh/proxy:2']))
  assert.match(what, /c0 \(shop\/web:1\) and c1 \(mesh\/proxy:2\)/)
  assert.match(where ?? '', /w\.yaml:4/)
  assert.match(hint ?? '', /scaling\.web\.images: \{ 'mesh\/proxy:2'/)
})

test('a second container whose image the config maps, by its name alone', async () => {
  const scaled = `${SCALED}spec: { scaleTargetRef: { name: web }, triggers: [{ type: kafka, metadata: {} }] }\n`
  await writeFile(join(folder, 'w.yaml'), `${POD(['shop/web:1', 'mesh/proxy:2'])}---\n${scaled}`)
  const config = { manifests: ['*.yaml'], consumer: 'c', images: { 'mesh/proxy': ['proxy'] } }
  const { containers } = await readWorkload('web', config, folder)
  assert.deepEqual(
    containers.map(({ name, command }) => [name, command]),
    [
      ['c0', undefined],
      ['c1', ['proxy']],
    ],
  )
})

test('no ScaledObject for it', async () => {
  const other = `${SCALED}spec: { scaleTargetRef: { name: other }, triggers: [] }\n`
  assert.match((await refused(`${DEPLOYMENT}---\n${other}`)).what, /no ScaledObject scales Deployment web/)
})

test('no trigger that tells how much waits', async () => {
  const cron = `${SCALED}spec: { scaleTargetRef: { name: web }, triggers: [{ type: cron, metadata: {} }] }\n`
  assert.match((await refused(`${DEPLOYMENT}---\n${cron}`)).what, /no kafka trigger/)
})
