import assert from 'node:assert/strict'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Cache, keyOf } from '../../../../core/cache.ts'
import { expectDisk, expectMemory } from '../../../artifacts/kubernetes-go.ts'
import { importable, KUBERNETES_VERSIONS, kubernetesProgram } from '../../../artifacts/kubernetes-program.ts'
import { ArtifactFailed } from '../../../artifacts/toolchain.ts'
import { kubernetesPrograms } from './kubernetes-programs.ts'

const folder = await mkdtemp(join(tmpdir(), 'eventproof-kubernetes-test-'))
after(() => rm(folder, { recursive: true }))

test('the recipe does not depend on where the cache is, and names what is in it', () => {
  const recipe = kubernetesProgram(new Cache('/one'))
  assert.equal(keyOf(recipe), keyOf(kubernetesProgram(new Cache('/other'))))
  assert.equal(recipe.version, '1.36.3-keda-2.21.0')
})

test('the versions are those of go.mod', () => {
  const goMod = String((kubernetesProgram(new Cache('/one')).inputs as unknown[])[0])
  for (const required of [
    `github.com/kedacore/keda/v2 v${KUBERNETES_VERSIONS.keda}`,
    `go.etcd.io/etcd/server/v3 v${KUBERNETES_VERSIONS.etcd}`,
    `k8s.io/kubernetes v${KUBERNETES_VERSIONS.kubernetes}`,
  ]) {
    assert.ok(goMod.includes(`\t${required}\n`), required)
  }
})

const MAIN = '// Hello\n\npackage main\n\nfunc main() {\n\tlisten(":%v", port)\n}\n'

test('a main package is made importable and bound to loopback, and not changed otherwise', () => {
  const changed = importable(MAIN, 'thing', ['":%v"', '"127.0.0.1:%v"'])
  assert.equal(changed, '// Hello\n\npackage thing\n\nfunc Main() {\n\tlisten("127.0.0.1:%v", port)\n}\n')
  assert.equal(importable(MAIN, 'thing').replace('thing', 'main').replace('Main', 'main'), MAIN)
})

test('a main package that is not as expected is an error, not a listener on every interface', () => {
  assert.throws(() => importable(MAIN, 'thing', ['":%d"', '"127.0.0.1:%d"']), ArtifactFailed)
})

test('too little memory is said before an hour of work', () => {
  expectMemory(6e9)
  assert.throws(
    () => expectMemory(2e9),
    (error: unknown) => error instanceof ArtifactFailed && /4\.5 GB.* 2\.0 GB/.test(error.detail.what),
  )
})

test('too little disk is, too', () => {
  expectDisk(9e9)
  assert.throws(
    () => expectDisk(3e9),
    (error: unknown) => error instanceof ArtifactFailed && /8\.0 GB.* 3\.0 GB/.test(error.detail.what),
  )
})

test('all servers come from the one program', async () => {
  const { commands, versions } = await kubernetesPrograms('/content', {})
  for (const [role, command] of Object.entries(commands)) {
    assert.deepEqual(command, ['/content/kubernetes', role])
  }
  assert.deepEqual(versions, KUBERNETES_VERSIONS)
})

test('etcd and the API server are those of KUBEBUILDER_ASSETS, where it is set', async () => {
  for (const [name, says] of [
    ['etcd', 'etcd Version: 3.5.9'],
    ['kube-apiserver', 'Kubernetes v1.34.1'],
  ] as const) {
    await writeFile(join(folder, name), `#!/bin/sh\necho ${says}\n`)
    await chmod(join(folder, name), 0o755)
  }
  const { commands, versions } = await kubernetesPrograms('/content', { KUBEBUILDER_ASSETS: folder })
  assert.deepEqual(commands.etcd, [join(folder, 'etcd')])
  assert.deepEqual(commands['kube-apiserver'], [join(folder, 'kube-apiserver')])
  assert.deepEqual(commands['kube-scheduler'], ['/content/kubernetes', 'kube-scheduler'])
  assert.match(versions.etcd, /^3\.5\.9 /)
  assert.match(versions.kubernetes, /^1\.36\.3, apiserver 1\.34\.1 /)
})

test('a KUBEBUILDER_ASSETS without the programs is an error', async () => {
  await assert.rejects(
    kubernetesPrograms('/content', { KUBEBUILDER_ASSETS: join(folder, 'absent') }),
    ArtifactFailed,
  )
})
