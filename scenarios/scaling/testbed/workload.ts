import { type KafkaTrigger, kafkaTriggers } from '../../../lint/kafka-trigger.ts'
import type { Manifest } from '../../../lint/manifest.ts'
import { Manifests } from '../../../lint/manifests.ts'
import { type ManifestFile, readManifests } from '../../../lint/read-manifests.ts'
import { isScaledObject, type ScaledObject, scaledObjectOf } from '../../../lint/scaled-object.ts'
import type { ScalingConfig } from '../config.ts'
import { deploymentOf, lacking, manifestFiles } from '../declared-deployments.ts'
import { ManifestInvalid } from './manifest-invalid.ts'
import { containersOf, type WorkloadContainer } from './workload-containers.ts'

/** What the manifests of one `scaling` entry say. */
export interface Workload {
  readonly files: readonly ManifestFile[]
  /** Every object of the files, in their order. */
  readonly manifests: readonly Manifest[]
  readonly deployment: Manifest
  readonly scaledObject: ScaledObject
  /** Of the Deployment's pods; at most one of them is the service, the others have what stands for their image. */
  readonly containers: readonly WorkloadContainer[]
  /** The trigger that scales by the consumer's lag. */
  readonly trigger: KafkaTrigger
}

/**
 * Reads the manifests of a workload.
 * @param name the Deployment's name
 * @throws {ManifestInvalid} with file and line
 */
export async function readWorkload(name: string, config: ScalingConfig, folder: string): Promise<Workload> {
  const files = await manifestFiles(name, config, folder)
  const read = files.map(readManifests)
  const broken = read.flatMap(({ findings }) => findings).find(({ severity }) => severity === 'error')
  if (broken) {
    throw new ManifestInvalid(`a manifest of scaling.${name} can not be read`, {
      what: broken.found,
      where: `${broken.file}:${broken.line}:${broken.column}`,
      hint: broken.fix,
    })
  }
  const manifests = read.flatMap((each) => each.manifests)
  const lacks = (what: string, hint: string) => lacking(name, files, what, hint)
  const deployment = deploymentOf(name, manifests, files)
  const containers = containersOf(deployment, config.images)
  const unmapped = containers.filter(({ command }) => command === undefined)
  if (unmapped.length > 1) {
    const [first, second] = unmapped.map((each) => `${each.name} (${each.image})`)
    throw new ManifestInvalid(`nothing says what runs in a container of Deployment ${name}`, {
      what: `containers ${first} and ${second} can not both be the service of the consumer`,
      where: `${deployment.file}:${unmapped[1]?.line}`,
      hint: `map the other's image to a command: scaling.${name}.images: { '${unmapped[1]?.image}': ['…'] }`,
    })
  }
  const scaledObject = manifests
    .filter(isScaledObject)
    .map((manifest) => scaledObjectOf(manifest, new Manifests(manifests)))
    .find(({ target }) => target.kind === 'Deployment' && target.name === name)
  if (!scaledObject)
    throw lacks(`no ScaledObject scales Deployment ${name}`, `write spec.scaleTargetRef.name: ${name}`)
  const [trigger] = kafkaTriggers(scaledObject)
  if (!trigger)
    throw lacks(
      `ScaledObject ${scaledObject.manifest.name} has no kafka trigger`,
      'without one nothing tells how much waits',
    )
  return { files, manifests, deployment, containers, scaledObject, trigger }
}
