import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { EventproofError, messageOf } from '../core/error.ts'

/** A key file that no signature can be made with. */
export class KeyUnreadable extends EventproofError {
  override readonly code = 'EVENTPROOF_KEY_UNREADABLE'
  override readonly exitCode = 64
}

/** A DSSE envelope, as in-toto's and sigstore's tools read it. */
export interface Envelope {
  readonly payloadType: string
  /** Base64. */
  readonly payload: string
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[]
}

const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

/** @throws {KeyUnreadable} where the file is missing, is no private key, or is protected by a passphrase. */
export async function readSigningKey(file: string): Promise<KeyObject> {
  try {
    return createPrivateKey(await readFile(file))
  } catch (cause) {
    throw new KeyUnreadable('the key can’t be used to sign', {
      what: messageOf(cause),
      where: file,
      hint: 'a private key in PEM without a passphrase, such as `openssl genpkey -algorithm ed25519 -out key.pem` makes one',
      cause,
    })
  }
}

/** Over DSSE's pre-authentication encoding of the payload; Ed25519 as it is, other keys with SHA-256. */
export function signed(payload: Buffer, key: KeyObject): Envelope {
  const encoded = Buffer.concat([
    Buffer.from(`DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `),
    payload,
  ])
  const algorithm = key.asymmetricKeyType === 'ed25519' || key.asymmetricKeyType === 'ed448' ? null : 'sha256'
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' })
  return {
    payloadType: PAYLOAD_TYPE,
    payload: payload.toString('base64'),
    signatures: [
      {
        keyid: createHash('sha256').update(spki).digest('hex'),
        sig: sign(algorithm, encoded, key).toString('base64'),
      },
    ],
  }
}
