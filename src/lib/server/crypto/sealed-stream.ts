import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';

const VERSION = 1;
const SALT_BYTES = 32;
const HEAD_BYTES = 1 + SALT_BYTES;
const TAG_BYTES = 16;
/** So much plain text stands in one piece; each piece has a tag of its own, so that none is given out unproven. */
const PIECE = 64 * 1024;

/**
 * Encrypts bytes as they come with AES-256-GCM, piece by piece: a byte of version, a random salt, then the pieces. Each stream has a
 * key of its own, derived from `key` (32 bytes) and the salt; a piece's nonce is its number and whether it is the last, so that
 * pieces can be neither swapped nor cut off. `context` binds the whole to its place: under another it does not open.
 *
 * @param used is given each buffer of the source once nothing needs it any more
 */
export async function* sealStream(
	source: AsyncIterable<Uint8Array>,
	key: Uint8Array,
	context: string,
	used: (bytes: Uint8Array) => void = () => undefined,
): AsyncGenerator<Buffer> {
	const salt = randomBytes(SALT_BYTES);
	const streamKey = keyOf(key, salt, context);
	yield Buffer.concat([Buffer.of(VERSION), salt]);
	let pieces = 0;
	let held: Uint8Array[] = [];
	let length = 0;
	const piece = (last: boolean) => {
		const cipher = createCipheriv('aes-256-gcm', streamKey, nonceOf(pieces++, last));
		// What is held is encrypted where it lies: putting it together would copy every byte once more.
		const parts = held.map((each) => cipher.update(each));
		// The last one may go on in the next piece.
		held.slice(0, last ? undefined : -1).forEach(used);
		held = [];
		length = 0;
		return [...parts, cipher.final(), cipher.getAuthTag()];
	};
	for await (let chunk of source) {
		// A full piece is held back until more has come: it might be the last.
		while (length + chunk.length > PIECE) {
			held.push(chunk.subarray(0, PIECE - length));
			chunk = chunk.subarray(PIECE - length);
			yield* piece(false);
		}
		held.push(chunk);
		length += chunk.length;
	}
	yield* piece(true);
}

/**
 * Decrypts what `sealStream` made with the same key and context. It fails where anything was changed, swapped, cut off or
 * added, and gives out no byte that is not proven; what came before the fault was right.
 */
export function openStream(key: Uint8Array, context: string): Transform {
	let head = Buffer.alloc(0);
	let streamKey: Buffer | undefined;
	let pieces = 0;
	const open = inPieces(PIECE + TAG_BYTES, (sealed, last) => {
		if (!streamKey || sealed.length < TAG_BYTES) throw new Error('a stored file is cut short');
		const decipher = createDecipheriv('aes-256-gcm', streamKey, nonceOf(pieces++, last), { authTagLength: TAG_BYTES });
		decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
		const plain = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
		decipher.final();
		if (plain.length > 0) open.push(plain);
	});
	const write = open._transform.bind(open);
	open._transform = (chunk: Buffer, encoding, done) => {
		if (streamKey) return write(chunk, encoding, done);
		head = Buffer.concat([head, chunk]);
		if (head.length < HEAD_BYTES) return done();
		if (head[0] !== VERSION) return done(new Error('a stored file was not sealed by this portal'));
		streamKey = keyOf(key, head.subarray(1, HEAD_BYTES), context);
		return write(head.subarray(HEAD_BYTES), encoding, done);
	};
	return open;
}

/** Cuts what comes into pieces of one size; the last may be shorter, and is known to be the last. */
function inPieces(size: number, take: (piece: Buffer, last: boolean) => void): Transform {
	let held: Buffer[] = [];
	let length = 0;
	const attempt = (done: TransformCallback, run: () => void) => {
		try {
			run();
			done();
		} catch (fault) {
			done(fault as Error);
		}
	};
	return new Transform({
		transform(chunk: Buffer, _encoding, done) {
			attempt(done, () => {
				held.push(chunk);
				length += chunk.length;
				// A full piece is held back until more has come: it might be the last.
				if (length <= size) return;
				let rest = Buffer.concat(held);
				for (; rest.length > size; rest = rest.subarray(size)) take(rest.subarray(0, size), false);
				held = [rest];
				length = rest.length;
			});
		},
		flush(done) {
			attempt(done, () => take(Buffer.concat(held), true));
		},
	});
}

function keyOf(key: Uint8Array, salt: Uint8Array, context: string): Buffer {
	return Buffer.from(hkdfSync('sha256', key, salt, `stored file\n${context}`, 32));
}

function nonceOf(number: number, last: boolean): Buffer {
	const nonce = Buffer.alloc(12);
	nonce.writeUInt32BE(number, 7);
	nonce[11] = last ? 1 : 0;
	return nonce;
}
