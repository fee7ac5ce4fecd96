import { glob, readFile } from 'node:fs/promises'
import { isAbsolute, resolve } from 'node:path'
import { nearest } from '../../core/nearest.ts'
import type { Manifest } from '../../lint/manifest.ts'
import { type ManifestFile, readManifests } from '../../lint/read-manifests.ts'
import type { CommonConfig } from '../../subjects/contract/index.ts'
import { type ScalingConfig, scaling } from './config.ts'
import { ManifestInvalid } from './testbed/manifest-invalid.ts'

/**
 * Looks, as soon as a config is read, whether each workload is called as a Deployment of its manifests. Files that are
 * missing or can't be read are told where the workload is needed: others can be proved without them.
 * @throws {ManifestInvalid} with the name that is meant
 */
export async function checkDeployments(config: CommonConfig, folder: string): Promise<void> {
  for (const [name, declared] of Object.entries(scaling.of(config))) {
    const files = await manifestFiles(name, declared, folder).catch(() => [])
    const read = files.map(readManifests)
    const broken = read.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))
    if (files.length === 0 || broken) continue
    deploymentOf(
      name,
      read.flatMap(({ manifests }) => manifests),
      files,
    )
  }
}

/** The Deployment that a workload is called by. @throws {ManifestInvalid} */
export function deploymentOf(
  name: string,
  manifests: readonly Manifest[],
  files: readonly ManifestFile[],
): Manifest {
  const deployments = manifests.filter(({ kind }) => kind === 'Deployment')
  const deployment = deployments.find((each) => each.name === name)
  if (deployment) return deployment
  const names = deployments.map((each) => each.name)
  const close = nearest(name, names) ?? (names.length === 1 ? names[0] : undefined)
  throw lacking(
    name,
    files,
    `there is no Deployment ${name}${names.length === 0 ? '' : `; there is ${names.join(', ')}`}`,
    `name the entry of scaling after its Deployment${close === undefined ? '' : `: did you mean '${close}'?`}`,
  )
}

/** Something that scaling needs is not in the manifests of a workload. */
export function lacking(
  name: string,
  files: readonly ManifestFile[],
  what: string,
  hint: string,
): ManifestInvalid {
  const where = files.map(({ file }) => file).join(', ')
  return new ManifestInvalid(`the manifests of scaling.${name} lack something`, { what, where, hint })
}

/** The files of a workload, each once. @throws {ManifestInvalid} where nothing matches one of its patterns */
export async function manifestFiles(
  name: string,
  { manifests }: ScalingConfig,
  folder: string,
): Promise<ManifestFile[]> {
  const files = new Map<string, ManifestFile>()
  for (const pattern of manifests) {
    const found: string[] = []
    for await (const path of glob(pattern, { cwd: folder })) found.push(path)
    if (found.length === 0) {
      throw new ManifestInvalid(`a manifest of scaling.${name} is missing`, {
        what: `no file matches '${pattern}'`,
        where: folder,
      })
    }
    for (const file of found.sort()) {
      const path = isAbsolute(file) ? file : resolve(folder, file)
      files.set(path, { file, text: await readFile(path, 'utf8') })
    }
  }
  return [...files.values()]
}
