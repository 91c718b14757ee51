import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Signs archives (Ed25519, RFC 8032). */
export interface Signer {
  /** the 32 bytes of the public key in hex */
  publicKey: string;
  /** the signature in hex */
  sign(bytes: Uint8Array): string;
}

/** A signer from a private key: PKCS #8, as PEM or as the Base64 of its DER. @throws Error when it is none of Ed25519 */
export function signerOf(privateKey: string): Signer {
  const text = privateKey.trim();
  const key = text.startsWith('-----')
    ? createPrivateKey(text)
    : createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error(`not an Ed25519 key: ${key.asymmetricKeyType}`);
  return {
    publicKey: rawPublic(key),
    sign: (bytes) => sign(null, bytes, key).toString('hex'),
  };
}

/** The key kept in a file that only its owner may read; made when there is none. */
export function keptSigner(path: string): Signer {
  if (!existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(path, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
  }
  return signerOf(readFileSync(path, 'utf8'));
}

/** Of a public key in DER the last 32 bytes are the key itself. */
const rawPublic = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');

/** What bytes hash to, in hex. */
export const sha256Hex = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
